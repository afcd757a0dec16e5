import type { AccessRule } from './access-rule.ts'

const anyone: AccessRule = { who: 'anyone' }
/** For the person alone: no API key reaches what could lock them out. */
const ownSession: AccessRule = { who: 'user', scope: 'admin', sessionOnly: true }
/** What decides how an account is signed in to: no key may, whatever its scopes. */
const signedIn: AccessRule = { who: 'user', scope: 'admin', sessionOnly: true }

// What is in a workspace: viewers read it, members write it, guests get at what is assigned to them.
const readRecords: AccessRule = { who: 'workspace', least: 'viewer', scope: 'read' }
const writeRecords: AccessRule = { who: 'workspace', least: 'member', scope: 'write' }
const readQuests: AccessRule = { ...readRecords, guests: 'assigned' }
const doQuests: AccessRule = { ...writeRecords, guests: 'assigned' }

/** Every route under `/api` and who may use it; the server does not start with a route missing here, or one too many. */
export const accessRules: Readonly<Record<string, AccessRule>> = {
  'GET /api/v1/openapi.json': anyone,

  'POST /api/v1/auth/register': anyone,
  'POST /api/v1/auth/login': anyone,
  'POST /api/v1/auth/refresh': anyone,
  'POST /api/v1/auth/logout': anyone,
  'GET /api/v1/auth/keys': anyone,
  'POST /api/v1/auth/verify-email': anyone,
  'POST /api/v1/auth/verify-email/resend': ownSession,
  'POST /api/v1/auth/email/change': ownSession,
  'POST /api/v1/auth/password/forgot': anyone,
  'POST /api/v1/auth/password/reset': anyone,
  'POST /api/v1/auth/password/change': ownSession,
  'GET /api/v1/auth/sessions': ownSession,
  'DELETE /api/v1/auth/sessions': ownSession,
  'DELETE /api/v1/auth/sessions/:sessionId': ownSession,

  'GET /api/v1/users/me': { who: 'user', scope: 'read' },
  'PATCH /api/v1/users/me': ownSession,
  'GET /api/v1/users/me/export': ownSession,
  'DELETE /api/v1/users/me': ownSession,

  'GET /api/v1/workspaces': { who: 'user', scope: 'read', narrows: true },
  'POST /api/v1/workspaces': { who: 'user', scope: 'admin' },
  'GET /api/v1/workspaces/:workspaceId': { who: 'workspace', least: 'guest', scope: 'read' },
  'PATCH /api/v1/workspaces/:workspaceId': { who: 'workspace', least: 'admin', scope: 'admin' },
  'DELETE /api/v1/workspaces/:workspaceId': { who: 'workspace', least: 'owner', scope: 'admin', sessionOnly: true },
  'POST /api/v1/workspaces/:workspaceId/leave': { who: 'workspace', least: 'guest', scope: 'admin' },
  'POST /api/v1/workspaces/:workspaceId/transfer-ownership': {
    who: 'workspace',
    least: 'owner',
    scope: 'admin',
    sessionOnly: true,
  },
  'GET /api/v1/workspaces/:workspaceId/members': { who: 'workspace', least: 'viewer', scope: 'read' },
  'PATCH /api/v1/workspaces/:workspaceId/members/:userId': { who: 'workspace', least: 'admin', scope: 'admin' },
  'DELETE /api/v1/workspaces/:workspaceId/members/:userId': { who: 'workspace', least: 'admin', scope: 'admin' },
  'GET /api/v1/workspaces/:workspaceId/invitations': { who: 'workspace', least: 'admin', scope: 'admin' },
  'POST /api/v1/workspaces/:workspaceId/invitations': { who: 'workspace', least: 'admin', scope: 'admin' },
  'DELETE /api/v1/workspaces/:workspaceId/invitations/:invitationId': {
    who: 'workspace',
    least: 'admin',
    scope: 'admin',
  },
  'POST /api/v1/invitations/preview': anyone,
  'POST /api/v1/invitations/accept': { who: 'user', scope: 'admin' },

  'GET /api/v1/api-keys': { who: 'user', scope: 'admin', sessionOnly: true },
  'POST /api/v1/api-keys': { who: 'user', scope: 'admin', sessionOnly: true },
  'DELETE /api/v1/api-keys/:apiKeyId': { who: 'user', scope: 'admin', sessionOnly: true },

  'GET /api/v1/users/me/security-events': { who: 'user', scope: 'admin', sessionOnly: true },
  'GET /api/v1/workspaces/:workspaceId/audit': { who: 'workspace', least: 'admin', scope: 'admin' },

  'GET /api/v1/admin/users': { who: 'instance-admin' },
  'POST /api/v1/admin/users/:userId/disable': { who: 'instance-admin' },
  'POST /api/v1/admin/users/:userId/enable': { who: 'instance-admin' },
  'GET /api/v1/admin/status': { who: 'instance-admin' },
  'GET /api/v1/admin/audit': { who: 'instance-admin' },

  'GET /api/v1/quests': readQuests,
  'POST /api/v1/quests': writeRecords,
  'GET /api/v1/quests/:questId': readQuests,
  'PUT /api/v1/quests/:questId': writeRecords,
  'PATCH /api/v1/quests/:questId': writeRecords,
  'DELETE /api/v1/quests/:questId': writeRecords,
  'POST /api/v1/quests/:questId/restore': writeRecords,
  'POST /api/v1/quests/:questId/purge': writeRecords,
  'POST /api/v1/quests/:questId/complete': doQuests,
  'POST /api/v1/quests/:questId/reopen': doQuests,
  'POST /api/v1/quests/:questId/steps': writeRecords,
  'PATCH /api/v1/quests/:questId/steps/:stepId': doQuests,
  'DELETE /api/v1/quests/:questId/steps/:stepId': writeRecords,
  'POST /api/v1/quests/:questId/move': writeRecords,
  'POST /api/v1/quests/bulk': writeRecords,
  'GET /api/v1/projects': readRecords,
  'POST /api/v1/projects': writeRecords,
  'GET /api/v1/projects/:id': readRecords,
  'PATCH /api/v1/projects/:id': writeRecords,
  'DELETE /api/v1/projects/:id': writeRecords,
  'POST /api/v1/projects/:id/restore': writeRecords,
  'GET /api/v1/sections': readRecords,
  'POST /api/v1/sections': writeRecords,
  'GET /api/v1/sections/:id': readRecords,
  'PATCH /api/v1/sections/:id': writeRecords,
  'DELETE /api/v1/sections/:id': writeRecords,
  'GET /api/v1/tags': readRecords,
  'POST /api/v1/tags': writeRecords,
  'GET /api/v1/tags/:id': readRecords,
  'PATCH /api/v1/tags/:id': writeRecords,
  'DELETE /api/v1/tags/:id': writeRecords,
  'GET /api/v1/categories': readRecords,
  'POST /api/v1/categories': writeRecords,
  'GET /api/v1/categories/:id': readRecords,
  'PATCH /api/v1/categories/:id': writeRecords,
  'DELETE /api/v1/categories/:id': writeRecords,
  'GET /api/v1/templates': readRecords,
  'POST /api/v1/templates': writeRecords,
  'GET /api/v1/templates/:id': readRecords,
  'PATCH /api/v1/templates/:id': writeRecords,
  'DELETE /api/v1/templates/:id': writeRecords,
  'POST /api/v1/templates/:id/instantiate': writeRecords,
  'GET /api/v1/relations': readRecords,
  'POST /api/v1/relations': writeRecords,
  'DELETE /api/v1/relations/:id': writeRecords,
  'GET /api/v1/completions': readRecords,
  'GET /api/v1/activity': readRecords,
}
