import { expect, test } from 'vitest'
import { createAccount } from './account.ts'
import { createMailedLinks, createOwnAccount, linkToken } from './own-account.ts'

const USER = { id: '01K00000000000000000000001', email: 'ana@example.org', displayName: 'Ana', emailVerified: false }
const TOKEN = 'A'.repeat(43)

/** A server that answers by method and path, and an account signed in to it. */
async function signedIn(answers: Record<string, { readonly status: number; readonly body?: unknown }>) {
  const requests: string[] = []
  const bodies: unknown[] = []
  const deps = {
    baseUrl: 'https://quest.example',
    now: () => 0,
    fetch: async (url: string, init: { readonly method: string; readonly body?: string }) => {
      const key = `${init.method} ${url.replace('https://quest.example/api/v1', '')}`
      requests.push(key)
      bodies.push(init.body === undefined ? undefined : JSON.parse(init.body))
      const session = { status: 200, body: { user: USER, accessToken: 'first', expiresIn: 600 } }
      const { status, body } = answers[key] ?? (key === 'POST /auth/login' ? session : { status: 204 })
      return { ok: status < 300, status, text: async () => (body === undefined ? '' : JSON.stringify(body)) }
    },
  }
  const account = createAccount(deps)
  await account.login({ email: USER.email, password: 'correct horse' })
  requests.length = 0
  bodies.length = 0
  return { account, own: createOwnAccount(account), links: createMailedLinks(deps), requests, bodies }
}

test('what the server says of the account is what the device shows from then on', async () => {
  const answer = { ...USER, displayName: 'Anastasia', emailVerified: true }
  const body = { ...answer, createdAt: '2026-03-01T12:00:00.000Z', hasPassword: true, sendsMail: true }
  const { account, own, bodies } = await signedIn({ 'PATCH /users/me': { status: 200, body } })
  expect((await own.rename('Anastasia')).ok).toBe(true)
  expect(bodies).toEqual([{ displayName: 'Anastasia' }])
  expect(account.state.getState()).toEqual({ kind: 'signed-in', user: answer })
})

test('what the server says of somebody who is not signed in here changes nothing', async () => {
  const { account } = await signedIn({})
  account.adopt({ ...USER, id: '01K00000000000000000000002', displayName: 'Eve' })
  expect(account.state.getState()).toEqual({ kind: 'signed-in', user: USER })
  await account.logout()
  account.adopt(USER)
  expect(account.state.getState()).toEqual({ kind: 'signed-out' })
})

test('a deleted account is forgotten on this device, and one that was not deleted is not', async () => {
  const problem = {
    type: 'about:blank',
    title: 'x',
    status: 409,
    code: 'sole-owner',
    parties: [{ id: 'p', name: 'Ours' }],
  }
  const refused = await signedIn({ 'DELETE /users/me?deleteParties=false': { status: 409, body: problem } })
  expect(await refused.own.delete({ password: 'correct horse' })).toEqual({
    ok: false,
    error: { kind: 'problem', problem },
  })
  expect(refused.account.state.getState().kind).toBe('signed-in')

  const { account, own, requests } = await signedIn({})
  expect(await own.delete({ deleteParties: true })).toEqual({ ok: true, value: undefined })
  expect(requests).toEqual(['DELETE /users/me?deleteParties=true', 'POST /auth/logout'])
  expect(account.state.getState()).toEqual({ kind: 'signed-out' })
})

test('links and devices are asked for where the server has them', async () => {
  const { own, links, requests } = await signedIn({})
  await links.forgotPassword(USER.email)
  await links.resetPassword({ token: TOKEN, password: 'another horse' })
  await links.verifyEmail(TOKEN)
  await own.resendVerification()
  await own.changeEmail({ email: 'new@example.org' })
  await own.changePassword({ currentPassword: 'a', newPassword: 'b' })
  await own.renameDevice('../me', null)
  await own.endDevice('../me')
  await own.endOtherDevices()
  expect(requests).toEqual([
    'POST /auth/password/forgot',
    'POST /auth/password/reset',
    'POST /auth/verify-email',
    'POST /auth/verify-email/resend',
    'POST /auth/email/change',
    'POST /auth/password/change',
    'PATCH /auth/sessions/..%2Fme',
    'DELETE /auth/sessions/..%2Fme',
    'DELETE /auth/sessions',
  ])
})

test('a link’s token is what stands behind the #, and nothing else is taken for one', () => {
  expect([`#token=${TOKEN}`, '#token=short', `?token=${TOKEN}`, '', `#token=${TOKEN}&x=1`].map(linkToken)).toEqual([
    TOKEN,
    null,
    null,
    null,
    null,
  ])
})
