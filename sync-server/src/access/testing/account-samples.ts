import { ulid } from 'ulidx'
import type { Sample } from './sample.ts'

/** Requests about API keys and security events, and those of the server's administrators. */
export const accountSamples: Readonly<Record<string, Sample>> = {
  'GET /api/v1/api-keys': () => ({ path: '/api/v1/api-keys' }),
  'POST /api/v1/api-keys': () => ({ path: '/api/v1/api-keys', body: { name: 'A script', scope: 'read' } }),
  'DELETE /api/v1/api-keys/:apiKeyId': async ({ as }, token) => {
    const body = { name: 'A script', scope: 'read' }
    const { id } = token === undefined ? { id: ulid() } : await as(token, 'POST', '/api/v1/api-keys', body)
    return { path: `/api/v1/api-keys/${id}` }
  },
  'GET /api/v1/users/me/security-events': () => ({ path: '/api/v1/users/me/security-events' }),

  'GET /api/v1/admin/users': () => ({ path: '/api/v1/admin/users' }),
  'POST /api/v1/admin/users/:userId/disable': async ({ register }) => ({
    path: `/api/v1/admin/users/${(await register()).userId}/disable`,
  }),
  'POST /api/v1/admin/users/:userId/enable': async ({ register }) => ({
    path: `/api/v1/admin/users/${(await register()).userId}/enable`,
  }),
  'GET /api/v1/admin/status': () => ({ path: '/api/v1/admin/status' }),
  'GET /api/v1/admin/audit': () => ({ path: '/api/v1/admin/audit' }),
}
