import { accountSamples } from './account-samples.ts'
import { ownAccountSamples } from './own-account-samples.ts'
import { partySamples } from './party-samples.ts'
import { questSamples } from './quest-samples.ts'
import { recordSamples } from './record-samples.ts'
import type { Sample } from './sample.ts'
import { signInSamples } from './sign-in-samples.ts'

const at =
  (path: string, body?: unknown): Sample =>
  () => ({ path, body })

/**
 * One valid request for each rule of the access table, made afresh for everybody who tries it. Where a rule is about a
 * workspace, the request names the stage's party or a record in it.
 */
export const sampleRequests: Readonly<Record<string, Sample>> = {
  'GET /api/v1/openapi.json': at('/api/v1/openapi.json'),

  'POST /api/v1/auth/register': () => ({
    path: '/api/v1/auth/register',
    body: { email: `${crypto.randomUUID()}@example.org`, password: 'correct horse', displayName: 'Eve' },
  }),
  'POST /api/v1/auth/login': async ({ register }) => {
    const { email, password } = await register()
    return { path: '/api/v1/auth/login', body: { email, password, client: 'native' } }
  },
  'POST /api/v1/auth/refresh': async ({ register }) => {
    const { refreshToken } = await register()
    return { path: '/api/v1/auth/refresh', body: { refreshToken } }
  },
  'POST /api/v1/auth/logout': async ({ register }) => {
    const { refreshToken } = await register()
    return { path: '/api/v1/auth/logout', body: { refreshToken } }
  },
  'GET /api/v1/auth/keys': at('/api/v1/auth/keys'),

  'GET /api/v1/workspaces': at('/api/v1/workspaces'),
  'POST /api/v1/workspaces': at('/api/v1/workspaces', { name: 'Friends', kind: 'party' }),
  ...signInSamples,
  ...partySamples,
  ...accountSamples,
  ...ownAccountSamples,
  ...questSamples,
  ...recordSamples,
}
