import { createHmac } from 'node:crypto'
import { type SessionResponse, sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { problemSchema } from '@questlog/shared/protocol/problem'
import { workspaceListSchema } from '@questlog/shared/protocol/workspaces'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openQueries } from '../../db/tables.ts'
import { startTestServer, type TestServer } from '../../testing/server.ts'
import { eventually } from '../../testing/server-process.ts'
import { forgetExpiredFamilies } from '../refresh-tokens.ts'

let server: TestServer
let address = 0

beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())
beforeEach(() => {
  address += 1
})

const ana = () => ({ email: `ana${address}@example.org`, password: 'correct horse', displayName: 'Ana' })

async function session(response: Response): Promise<SessionResponse> {
  return sessionResponseSchema.parse(await response.json())
}

async function registerNative(): Promise<SessionResponse & { refreshToken: string }> {
  const answer = await session(await server.post('/api/v1/auth/register', { ...ana(), client: 'native' }))
  if (answer.refreshToken === undefined) throw new Error('a native client got no refresh token')
  return { ...answer, refreshToken: answer.refreshToken }
}

const refresh = (refreshToken: string) => server.post('/api/v1/auth/refresh', { refreshToken })

/** Status and problem without what names the single request. */
async function refusal(response: Response): Promise<unknown> {
  const { instance: _, ...problem } = problemSchema.parse(await response.json())
  return { status: response.status, type: response.headers.get('content-type'), problem }
}

test('registering signs in and makes one personal workspace', async () => {
  const response = await server.post('/api/v1/auth/register', ana())
  expect(response.status).toBe(201)
  const { user, accessToken, expiresIn, refreshToken } = await session(response)
  expect({ email: user.email, displayName: user.displayName, expiresIn, refreshToken }).toEqual({
    email: ana().email,
    displayName: 'Ana',
    expiresIn: 900,
    refreshToken: undefined,
  })
  const list = workspaceListSchema.parse(await (await server.get('/api/v1/workspaces', accessToken)).json())
  expect(list.items).toMatchObject([{ kind: 'personal', role: 'owner', document: `w:${list.items[0]?.id}:1` }])
})

test('a browser keeps its refresh token in a cookie scripts and other sites cannot use', async () => {
  const registered = await server.post('/api/v1/auth/register', ana())
  const [cookie = ''] = registered.headers.getSetCookie()
  expect(cookie).toMatch(/^questlog_refresh=[^;]+; Max-Age=5184000; Path=\/api\/v1\/auth; HttpOnly; SameSite=Strict$/)
  const refreshed = await server.post('/api/v1/auth/refresh', undefined, { cookie: cookie.split(';')[0] ?? '' })
  expect(refreshed.status).toBe(200)
  expect(refreshed.headers.getSetCookie()[0]).not.toBe(cookie)
})

test('one e-mail in any spelling is one account', async () => {
  await server.post('/api/v1/auth/register', { ...ana(), email: `Ana${address}@BÜCHER.example` })
  const spelled = ` ａna${address}@xn--bcher-kva.example `
  const response = await server.post('/api/v1/auth/login', { email: spelled, password: ana().password })
  expect(response.status).toBe(200)
})

test('login answers, and works, the same for an unknown e-mail as for a wrong password', async () => {
  await server.post('/api/v1/auth/register', ana())
  const attempt = async (email: string) => {
    const before = server.passwordWork.count
    const answer = await refusal(await server.post('/api/v1/auth/login', { email, password: 'wrong horse' }))
    return { answer, work: server.passwordWork.count - before }
  }
  const known = await attempt(ana().email)
  expect(known).toMatchObject({ answer: { status: 401, problem: { code: 'invalid-credentials' } }, work: 1 })
  expect(await attempt('nobody@example.org')).toEqual(known)
  expect(await attempt('not an address')).toEqual(known)
})

test('registering costs one unit of password work whether the e-mail is free or taken', async () => {
  const work = async (body: object) => {
    const before = server.passwordWork.count
    const response = await server.post('/api/v1/auth/register', body)
    return [response.status, server.passwordWork.count - before]
  }
  expect(await work(ana())).toEqual([201, 1])
  expect(await work({ ...ana(), password: 'another horse' })).toEqual([409, 1])
})

test('a registration whose answer was lost can be repeated', async () => {
  const first = await session(await server.post('/api/v1/auth/register', ana()))
  const again = await server.post('/api/v1/auth/register', ana())
  expect([again.status, (await session(again)).user]).toEqual([201, first.user])
})

test('of registrations at the same time with one e-mail exactly one makes the account', async () => {
  const holder = await server.database.pool.connect()
  await holder.query('begin')
  await holder.query('lock table users in share row exclusive mode')
  const registering = ['first horse', 'second horse', 'third horse'].map(
    async (password) => (await server.post('/api/v1/auth/register', { ...ana(), password })).status,
  )
  await eventually('none of them found the account of another', async () => {
    const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    return (await server.database.pool.query(waiting)).rowCount === 3
  })
  await holder.query('commit')
  holder.release()
  expect((await Promise.all(registering)).sort()).toEqual([201, 409, 409])
})

test('passwords have 8 to 256 code points and are not among the most common', async () => {
  const status = async (password: string) =>
    (await server.post('/api/v1/auth/register', { ...ana(), email: `${crypto.randomUUID()}@example.org`, password }))
      .status
  expect(await Promise.all(['😀'.repeat(7), '😀'.repeat(257), 'Password1'].map(status))).toEqual([400, 400, 400])
  expect(await Promise.all(['😀'.repeat(8), '😀'.repeat(256)].map(status))).toEqual([201, 201])
})

test('a refused body names every wrong field', async () => {
  const body = await (await server.post('/api/v1/auth/register', { email: 'x@', password: 'short' })).json()
  const problem = problemSchema.parse(body)
  expect(problem.errors?.map((error) => error.path)).toEqual(['email', 'password', 'displayName'])
})

test('a refresh token is exchanged once, for a token that works', async () => {
  const { refreshToken } = await registerNative()
  const next = await session(await refresh(refreshToken))
  expect(next.refreshToken).not.toBe(refreshToken)
  expect((await server.get('/api/v1/workspaces', next.accessToken)).status).toBe(200)
  expect((await refresh(next.refreshToken ?? '')).status).toBe(200)
})

test('refreshes at the same time get the same successor, so tabs do not sign each other out', async () => {
  const { refreshToken } = await registerNative()
  const answers = await Promise.all([1, 2, 3, 4].map(async () => session(await refresh(refreshToken))))
  expect(new Set(answers.map((answer) => answer.refreshToken)).size).toBe(1)
  expect((await refresh(answers[0]?.refreshToken ?? '')).status).toBe(200)
})

test('a refresh token that comes back after the grace ends its whole family at once', async () => {
  const { refreshToken } = await registerNative()
  const next = await session(await refresh(refreshToken))
  server.clock.now += 31_000
  expect((await refresh(refreshToken)).status).toBe(401)
  expect((await refresh(next.refreshToken ?? '')).status).toBe(401)
  expect((await server.get('/api/v1/workspaces', next.accessToken)).status).toBe(401)
})

test('a refresh token older than the last ends its family even within the grace', async () => {
  const { refreshToken } = await registerNative()
  const second = await session(await refresh(refreshToken))
  const third = await session(await refresh(second.refreshToken ?? ''))
  expect((await refresh(refreshToken)).status).toBe(401)
  expect((await refresh(third.refreshToken ?? '')).status).toBe(401)
})

test('a made-up refresh token ends nobody else’s family', async () => {
  const { refreshToken } = await registerNative()
  const [family, generation, secret = '', mac = ''] = refreshToken.split('.')
  const forged = [
    `${family}.9.${secret}.${mac}`,
    `${family}.${generation}.${'A'.repeat(43)}.${mac}`,
    `${family}.${generation}.${secret}.${'A'.repeat(43)}`,
    'nonsense',
  ]
  for (const token of forged) {
    expect((await refresh(token)).status).toBe(401)
    expect((await server.post('/api/v1/auth/logout', { refreshToken: token })).status).toBe(204)
  }
  expect((await refresh(refreshToken)).status).toBe(200)
})

test('a refresh token ends when its device did not call for its whole life', async () => {
  const { refreshToken } = await registerNative()
  server.clock.now += 60 * 24 * 60 * 60 * 1000
  expect((await refresh(refreshToken)).status).toBe(401)
})

test('families are forgotten when their last token has ended, and not before', async () => {
  await registerNative()
  server.clock.now += 30 * 24 * 60 * 60 * 1000
  address += 1
  const { refreshToken } = await registerNative()
  server.clock.now += 31 * 24 * 60 * 60 * 1000
  const deps = { db: openQueries(server.database.pool), now: () => server.clock.now }
  await forgetExpiredFamilies(deps)
  const { rows } = await server.database.pool.query('select id from token_families')
  expect(rows).toEqual([{ id: refreshToken.split('.')[0] }])
})

test('after logout neither the refresh nor the access token is worth anything, and other devices stay', async () => {
  const phone = await registerNative()
  const laptop = await session(await server.post('/api/v1/auth/login', { ...ana(), client: 'native' }))
  expect((await server.post('/api/v1/auth/logout', { refreshToken: phone.refreshToken })).status).toBe(204)
  expect((await refresh(phone.refreshToken)).status).toBe(401)
  expect((await server.get('/api/v1/workspaces', phone.accessToken)).status).toBe(401)
  expect((await server.get('/api/v1/workspaces', laptop.accessToken)).status).toBe(200)
})

test('a logout that knows only its access token ends the refresh token as well', async () => {
  const { refreshToken, accessToken } = await registerNative()
  const response = await server.post('/api/v1/auth/logout', undefined, { authorization: `Bearer ${accessToken}` })
  expect(response.status).toBe(204)
  expect((await refresh(refreshToken)).status).toBe(401)
  expect((await server.get('/api/v1/workspaces', accessToken)).status).toBe(401)
})

test('a browser that logs out ends the token of its cookie', async () => {
  const registered = await server.post('/api/v1/auth/register', ana())
  const cookie = registered.headers.get('set-cookie')?.split(';')[0] ?? ''
  expect((await server.post('/api/v1/auth/logout', undefined, { cookie })).status).toBe(204)
  expect((await server.post('/api/v1/auth/refresh', undefined, { cookie })).status).toBe(401)
})

test('the database holds neither passwords nor refresh tokens', async () => {
  const { refreshToken } = await registerNative()
  const secret = Buffer.from(refreshToken.split('.')[2] ?? '', 'base64url')
  const { rowCount } = await server.database.pool.query('select from token_families where token_hash = $1', [secret])
  expect(rowCount).toBe(0)
})

test('who reads the database still cannot make a refresh token', async () => {
  const { refreshToken } = await registerNative()
  const [family = '', generation] = refreshToken.split('.')
  const { rows } = await server.database.pool.query('select secret from token_families where id = $1', [family])
  const guess = Buffer.alloc(32)
  const mac = createHmac('sha256', rows[0].secret).update(`issued.${family}.${generation}.`).update(guess).digest()
  const forged = [family, generation, guess.toString('base64url'), mac.toString('base64url')].join('.')
  expect((await refresh(forged)).status).toBe(401)
})

test.each([
  [{ 'sec-fetch-site': 'cross-site' }],
  [{ 'sec-fetch-site': 'same-site' }],
  [{ origin: 'https://evil.example' }],
  [{ origin: 'null' }],
])('account requests that another site caused are refused: %o', async (headers: Record<string, string>) => {
  for (const route of ['register', 'login', 'refresh', 'logout']) {
    const response = await server.post(`/api/v1/auth/${route}`, {}, headers)
    expect(await refusal(response)).toMatchObject({ status: 403, problem: { code: 'cross-site' } })
  }
})

test('answers that hold tokens are stored nowhere, and a cookie that is worth nothing is taken back', async () => {
  expect((await server.post('/api/v1/auth/register', ana())).headers.get('cache-control')).toBe('no-store')
  const refused = await server.post('/api/v1/auth/refresh', undefined, { cookie: 'questlog_refresh=nonsense' })
  expect([refused.status, refused.headers.get('set-cookie')]).toEqual([
    401,
    expect.stringMatching(/^questlog_refresh=; Max-Age=0; Path=\/api\/v1\/auth; /),
  ])
})

test('a password that is the e-mail itself is refused', async () => {
  const response = await server.post('/api/v1/auth/register', { ...ana(), password: ana().email.toUpperCase() })
  expect(response.status).toBe(400)
})

test('a server closed to new accounts makes none, and lets those it has in', async () => {
  const closed = await startTestServer({ REGISTRATION: 'closed' })
  const response = await closed.post('/api/v1/auth/register', ana())
  expect(await refusal(response)).toMatchObject({ status: 403, problem: { code: 'registration-closed' } })
  await closed.stop()
})

test('a server that sends no mail says so, whoever asks, instead of promising a link', async () => {
  const { accessToken } = await registerNative()
  const authorization = `Bearer ${accessToken}`
  const ask = async (path: string, body?: unknown, headers?: Record<string, string>) =>
    refusal(await server.post(`/api/v1/auth/${path}`, body, headers))
  const known = await ask('password/forgot', { email: ana().email })
  expect(known).toMatchObject({ status: 501, problem: { code: 'mail-not-configured' } })
  expect(await ask('password/forgot', { email: 'nobody@example.org' })).toEqual(known)
  expect(await ask('verify-email/resend', undefined, { authorization })).toEqual(known)
  expect(await ask('email/change', { email: 'new@example.org' }, { authorization })).toEqual(known)
})
