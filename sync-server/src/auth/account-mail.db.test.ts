import { accountSchema } from '@questlog/shared/protocol/account'
import { type SessionResponse, sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { problemSchema } from '@questlog/shared/protocol/problem'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { mailSettings, type ReceivedMail, startMailServer, type TestMailServer } from '../testing/mail-server.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'

const HOUR = 60 * 60 * 1000
const NOBODY = 'A'.repeat(43)

let mailServer: TestMailServer
let server: TestServer
let person = 0
beforeAll(async () => {
  mailServer = await startMailServer()
  server = await startTestServer({ ...mailSettings(mailServer), ADMIN_EMAILS: 'root@example.org' })
})
afterAll(async () => {
  await server.stop()
  await mailServer.stop()
})
beforeEach(() => {
  person += 1
})

const email = (name = 'ana') => `${name}${person}@example.org`

async function register(address = email(), headers: Record<string, string> = {}): Promise<SessionResponse> {
  const body = { email: address, password: 'correct horse', displayName: 'Ana', client: 'native' }
  const response = await server.post('/api/v1/auth/register', body, headers)
  return sessionResponseSchema.parse(await response.json())
}

function bearer({ accessToken }: SessionResponse): { authorization: string } {
  return { authorization: `Bearer ${accessToken}` }
}

async function outcome(response: Response): Promise<number | string> {
  return response.ok ? response.status : problemSchema.parse(await response.json()).code
}

const post = async (path: string, body?: unknown, session?: SessionResponse) =>
  outcome(await server.post(`/api/v1/auth/${path}`, body, session === undefined ? {} : bearer(session)))

async function account(session: SessionResponse) {
  return accountSchema.parse(await (await server.get('/api/v1/users/me', session.accessToken)).json())
}

function tokenIn(mail: ReceivedMail): string {
  return /#token=([\w-]{43})\s/.exec(mail.text)?.[1] ?? ''
}

async function resetToken(address = email()): Promise<string> {
  await post('password/forgot', { email: address })
  return tokenIn(await mailServer.next(address))
}

test('a new account is sent a link to the app, whose secret no server on the way gets to see', async () => {
  const session = await register()
  expect(session.user.emailVerified).toBe(false)
  const mail = await mailServer.next(email())
  expect(mail.subject).toBe('Confirm your e-mail address')
  expect(mail.text).toMatch(/^http:\/\/quests\.example\.org\/confirm-address#token=[\w-]{43}$/m)
  expect(mail.text).not.toContain('Ana')
})

test('mails are in the language the browser asks for', async () => {
  await register(email(), { 'accept-language': 'fr, de-AT;q=0.9, en;q=0.8' })
  expect((await mailServer.next(email())).subject).toBe('Bestätige deine E-Mail-Adresse')
})

test('the link verifies the address, once, and sessions say so', async () => {
  const session = await register()
  const token = tokenIn(await mailServer.next(email()))
  expect(await post('verify-email', { token })).toBe(204)
  expect((await account(session)).emailVerified).toBe(true)
  const refreshed = await server.post('/api/v1/auth/refresh', { refreshToken: session.refreshToken })
  expect(sessionResponseSchema.parse(await refreshed.json()).user.emailVerified).toBe(true)
  expect(await post('verify-email', { token })).toBe('link-invalid')
})

test('links end after their time, and none is ever good for something else', async () => {
  await register()
  const verify = tokenIn(await mailServer.next(email()))
  const reset = await resetToken()
  expect(await post('verify-email', { token: reset })).toBe('link-invalid')
  expect(await post('password/reset', { token: verify, password: 'another horse' })).toBe('link-invalid')
  expect(await post('verify-email', { token: NOBODY })).toBe('link-invalid')
  server.clock.now += HOUR
  expect(await post('password/reset', { token: reset, password: 'another horse' })).toBe('link-invalid')
  server.clock.now += 23 * HOUR
  expect(await post('verify-email', { token: verify })).toBe('link-invalid')
})

test('the link can be sent again until it was used, and not to fill a mailbox', async () => {
  const session = await register()
  await mailServer.next(email())
  for (let n = 0; n < 4; n++) {
    expect(await post('verify-email/resend', undefined, session)).toBe(202)
    await mailServer.next(email())
  }
  await post('verify-email/resend', undefined, session)
  // The queue is worked off in order: what comes after the refused one was sent after it.
  const other = await register(email('bob'))
  await mailServer.next(email('bob'))
  const sent = mailServer.received.filter(({ to }) => to === email())
  expect(sent).toHaveLength(5)
  expect(new Set(sent.map(tokenIn)).size).toBe(5)
  expect(await post('verify-email', { token: tokenIn(sent[0] as ReceivedMail) })).toBe(204)
  // Using one uses them all up.
  expect(await post('verify-email', { token: tokenIn(sent[4] as ReceivedMail) })).toBe('link-invalid')
  expect(await post('verify-email/resend', undefined, other)).toBe(202)
})

test('a forgotten password is answered the same, with the same work, whether there is an account or not', async () => {
  await register()
  await mailServer.next(email())
  const attempt = async (address: string) => {
    const before = server.passwordWork.count
    const queued = "select data - 'to' as data from jobs.job where name = 'account-mail' and data->>'to' = $1"
    const response = await server.post('/api/v1/auth/password/forgot', { email: address })
    const { rows } = await server.database.pool.query(`${queued} and data->>'kind' = 'reset-password'`, [address])
    return { status: response.status, body: await response.text(), work: server.passwordWork.count - before, rows }
  }
  const known = await attempt(email())
  expect(known).toMatchObject({
    status: 202,
    body: '',
    work: 0,
    rows: [{ data: { kind: 'reset-password', userId: null } }],
  })
  expect(await attempt(email('nobody'))).toEqual(known)
  expect((await mailServer.next(email())).subject).toBe('Choose a new password')
  await register(email('later'))
  await mailServer.next(email('later'))
  expect(mailServer.received.filter(({ to }) => to === email('nobody'))).toEqual([])
})

test('a reset password works at once, ends every session and proves the address', async () => {
  const session = await register()
  await mailServer.next(email())
  const token = await resetToken()
  expect(await post('password/reset', { token, password: 'questlog' })).toBe('invalid-request')
  expect(await post('password/reset', { token, password: 'another horse' })).toBe(204)
  expect((await server.get('/api/v1/users/me', session.accessToken)).status).toBe(401)
  expect(await post('refresh', { refreshToken: session.refreshToken })).toBe('signed-out')
  expect(await post('login', { email: email(), password: 'correct horse' })).toBe('invalid-credentials')
  const again = await server.post('/api/v1/auth/login', { email: email(), password: 'another horse', client: 'native' })
  expect(sessionResponseSchema.parse(await again.json()).user.emailVerified).toBe(true)
  expect(await post('password/reset', { token, password: 'third horse battery' })).toBe('link-invalid')
  expect((await mailServer.next(email())).subject).toBe('You have a new password')
})

test('a link that is sent back many times at once is used once', async () => {
  await register()
  await mailServer.next(email())
  const token = await resetToken()
  const attempts = Array.from({ length: 5 }, () => post('password/reset', { token, password: 'another horse' }))
  const outcomes = await Promise.all(attempts)
  expect(outcomes.filter((one) => one === 204)).toHaveLength(1)
  expect(outcomes.filter((one) => one === 'link-invalid')).toHaveLength(4)
})

test('another address becomes the account’s when its link is used, and the former one is told', async () => {
  const session = await register()
  const former = tokenIn(await mailServer.next(email()))
  const reset = await resetToken()
  const wanted = email('new')
  expect(await post('email/change', { email: wanted, password: 'wrong horse' }, session)).toBe('wrong-password')
  expect(await post('email/change', { email: wanted, password: 'correct horse' }, session)).toBe(202)
  expect((await account(session)).email).toBe(email())
  const token = tokenIn(await mailServer.next(wanted))
  expect(await post('verify-email', { token })).toBe(204)
  expect(await account(session)).toMatchObject({ email: wanted, emailVerified: true })
  expect((await mailServer.next(email())).subject).toBe('Your e-mail address was changed')
  // What the former address holds is worth nothing any more.
  expect(await post('verify-email', { token: former })).toBe('link-invalid')
  expect(await post('password/reset', { token: reset, password: 'another horse' })).toBe('link-invalid')
  expect(await post('login', { email: wanted, password: 'correct horse' })).toBe(200)
})

test('asking for an address that somebody has is answered the same, and its owner hears of it', async () => {
  await register(email('owner'))
  await mailServer.next(email('owner'))
  const session = await register()
  await mailServer.next(email())
  expect(await post('email/change', { email: email('owner') }, session)).toBe(202)
  expect((await mailServer.next(email('owner'))).subject).toBe('You already have an account')
})

test('an address that got an account before its link was used stays that account’s', async () => {
  const session = await register()
  await post('email/change', { email: email('wanted') }, session)
  const token = tokenIn(await mailServer.next(email('wanted')))
  await register(email('wanted'))
  expect(await post('verify-email', { token })).toBe('email-taken')
  expect((await account(session)).email).toBe(email())
})

test('without the password an address changes only shortly after signing in', async () => {
  const session = await register()
  server.clock.now += 11 * 60_000
  expect(await post('email/change', { email: email('new') }, session)).toBe('sign-in-too-old')
})

test('a changed password ends the other devices and keeps this one', async () => {
  const session = await register()
  await mailServer.next(email())
  const other = await register()
  const change = { currentPassword: 'correct horse', newPassword: 'another horse' }
  expect(await post('password/change', { ...change, currentPassword: 'wrong horse' }, session)).toBe('wrong-password')
  expect(await post('password/change', { ...change, newPassword: email() }, session)).toBe('invalid-request')
  expect(await post('password/change', change, session)).toBe(204)
  expect((await server.get('/api/v1/users/me', session.accessToken)).status).toBe(200)
  expect((await server.get('/api/v1/users/me', other.accessToken)).status).toBe(401)
  expect((await mailServer.next(email())).subject).toBe('Your password was changed')
})

test('registering with the address of somebody else tells its owner, and nobody gets in', async () => {
  await register()
  await mailServer.next(email())
  const body = { email: email(), password: 'guessed horse', displayName: 'Eve' }
  for (let n = 0; n < 3; n++) expect(await post('register', body)).toBe('registration-refused')
  expect((await mailServer.next(email())).subject).toBe('You already have an account')
  // The queue is worked off in order: a second notice would have come before this.
  await resetToken()
  expect(mailServer.received.filter(({ to }) => to === email())).toHaveLength(3)
})

test('an administrator of the server has a verified address where the server sends mail', async () => {
  const session = await register('root@example.org')
  const status = async () => (await server.get('/api/v1/admin/status', session.accessToken)).status
  expect(await status()).toBe(403)
  await post('verify-email', { token: tokenIn(await mailServer.next('root@example.org')) })
  expect(await status()).toBe(200)
})

test('a stolen refresh token that comes back ends the device and is written down', async () => {
  const session = await register()
  const refresh = (refreshToken: string | undefined) => server.post('/api/v1/auth/refresh', { refreshToken })
  await refresh(session.refreshToken)
  server.clock.now += 31_000
  expect(await outcome(await refresh(session.refreshToken))).toBe('signed-out')
  expect((await server.get('/api/v1/users/me', session.accessToken)).status).toBe(401)
  const { rows } = await server.database.pool.query(
    'select kind from security_events where user_id = $1 order by id desc limit 1',
    [session.user.id],
  )
  expect(rows).toEqual([{ kind: 'refresh-token-reused' }])
})

test('neither tokens nor passwords are in the database as they are', async () => {
  await register()
  const verify = tokenIn(await mailServer.next(email()))
  const reset = await resetToken()
  const { rows } = await server.database.pool.query<{ text: string }>(`
    select row_to_json(account_tokens)::text as text from account_tokens union all
    select row_to_json(job)::text from jobs.job union all
    select row_to_json(security_events)::text from security_events`)
  const everything = rows.map(({ text }) => text).join('\n')
  expect(everything).toContain(email())
  for (const secret of [verify, reset, 'correct horse']) expect(everything).not.toContain(secret)
})
