import type { AccessRule } from './access-rule.ts'

const anyone: AccessRule = { who: 'anyone' }

/** Every route under `/api` and who may use it; the server does not start with a route missing here, or one too many. */
export const accessRules: Readonly<Record<string, AccessRule>> = {
  'GET /api/v1/openapi.json': anyone,

  'POST /api/v1/auth/register': anyone,
  'POST /api/v1/auth/login': anyone,
  'POST /api/v1/auth/refresh': anyone,
  'POST /api/v1/auth/logout': anyone,
  'GET /api/v1/auth/keys': anyone,

  'GET /api/v1/workspaces': { who: 'user', scope: 'read' },
  'POST /api/v1/workspaces': { who: 'user', scope: 'admin' },
}
