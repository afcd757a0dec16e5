import type { Sample } from './sample.ts'

const password = 'correct horse'

/** Requests about one's own account, its devices and its mails. */
export const ownAccountSamples: Readonly<Record<string, Sample>> = {
  'POST /api/v1/auth/verify-email': async ({ mailedToken }) => ({
    path: '/api/v1/auth/verify-email',
    body: { token: await mailedToken('verify-email') },
  }),
  'POST /api/v1/auth/verify-email/resend': () => ({ path: '/api/v1/auth/verify-email/resend' }),
  'POST /api/v1/auth/email/change': () => ({
    path: '/api/v1/auth/email/change',
    body: { email: `${crypto.randomUUID()}@example.org`, password },
  }),
  'POST /api/v1/auth/password/forgot': () => ({
    path: '/api/v1/auth/password/forgot',
    body: { email: 'nobody@example.org' },
  }),
  'POST /api/v1/auth/password/reset': async ({ mailedToken }) => ({
    path: '/api/v1/auth/password/reset',
    body: { token: await mailedToken('reset-password'), password: 'another horse' },
  }),
  'POST /api/v1/auth/password/change': () => ({
    path: '/api/v1/auth/password/change',
    body: { currentPassword: password, newPassword: password },
  }),
  'GET /api/v1/auth/sessions': () => ({ path: '/api/v1/auth/sessions' }),
  'DELETE /api/v1/auth/sessions': () => ({ path: '/api/v1/auth/sessions' }),
  'PATCH /api/v1/auth/sessions/:sessionId': async ({ as }, token) => ({
    path: `/api/v1/auth/sessions/${token === undefined ? '01K00000000000000000000000' : await ownSession(as, token)}`,
    body: { deviceName: 'Laptop' },
  }),
  'DELETE /api/v1/auth/sessions/:sessionId': async ({ as }, token) => ({
    path: `/api/v1/auth/sessions/${token === undefined ? '01K00000000000000000000000' : await ownSession(as, token)}`,
  }),

  'GET /api/v1/users/me': () => ({ path: '/api/v1/users/me' }),
  'PATCH /api/v1/users/me': () => ({ path: '/api/v1/users/me', body: { displayName: 'Someone else' } }),
  'GET /api/v1/users/me/export': () => ({ path: '/api/v1/users/me/export' }),
  'DELETE /api/v1/users/me': () => ({ path: '/api/v1/users/me?deleteParties=true', body: { password } }),
}

async function ownSession(as: Parameters<Sample>[0]['as'], token: string): Promise<string> {
  const { items } = await as(token, 'GET', '/api/v1/auth/sessions')
  const current = Array.isArray(items) ? items.find((item) => item.current) : undefined
  return String(current?.id)
}
