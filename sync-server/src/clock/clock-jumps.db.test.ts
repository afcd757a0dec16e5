import { afterEach, expect, test, vi } from 'vitest'
import { countRecentTokens, issueToken } from '../auth/account-tokens.ts'
import { newAccount } from '../auth/sign-in-methods/testing/account-client.ts'
import { openQueries } from '../db/tables.ts'
import { makeParty, makePerson } from '../testing/people.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'

// Somebody counted before the clock was set back must not wait until it has caught up, and what holds for seconds must
// not hold until then.

const SECOND = 1000
const MINUTE = 60 * SECOND
const TWO_DAYS = 2 * 24 * 60 * MINUTE

let server: TestServer
afterEach(async () => {
  vi.useRealTimers()
  await server.stop()
})

test('a clock set back two days refuses nobody on REST', async () => {
  server = await startTestServer({ RATE_LIMIT_PER_HOUR: '3600', RATE_LIMIT_BURST: '2' })
  const ana = await makePerson(server, 'Ana')
  expect((await ana.ask('GET', '/workspaces'))[0]).toBe(200)
  server.clock.now -= TWO_DAYS
  server.clock.elapsedMs += SECOND
  for (const status of [200, 200, 429]) expect((await ana.ask('GET', '/workspaces'))[0]).toBe(status)
})

test('a clock set forward gives nobody more', async () => {
  server = await startTestServer({ RATE_LIMIT_PER_HOUR: '3600', RATE_LIMIT_BURST: '1' })
  const ana = await makePerson(server, 'Ana')
  expect((await ana.ask('GET', '/workspaces'))[0]).toBe(200)
  server.clock.now += 10 * MINUTE
  expect((await ana.ask('GET', '/workspaces'))[0]).toBe(429)
})

test('a clock set back two days keeps nobody from the routes with limits of their own', async () => {
  server = await startTestServer({ AUTH_REQUESTS_PER_MINUTE: '2' })
  const refresh = async () => (await server.post('/api/v1/auth/refresh')).status
  expect([await refresh(), await refresh(), await refresh()]).toEqual([401, 401, 429])
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - TWO_DAYS })
  server.clock.elapsedMs += MINUTE
  expect([await refresh(), await refresh(), await refresh()]).toEqual([401, 401, 429])
  vi.setSystemTime(Date.now() + 2 * TWO_DAYS)
  expect(await refresh()).toBe(429)
})

test('nobody waits longer before the next guess after the clock was set back', async () => {
  server = await startTestServer({ LOGIN_FAILURES_BEFORE_DELAY: '2' })
  const account = await newAccount(server)
  const attempt = async (password: string) =>
    (await server.post('/api/v1/auth/login', { email: account.email, password })).status
  expect([await attempt('wrong horse'), await attempt('wrong horse'), await attempt('wrong horse')]).toEqual([
    401, 401, 429,
  ])
  server.clock.now -= TWO_DAYS
  expect(await attempt('correct horse')).toBe(200)
})

test('links and mailed invitations of before do not use up what may be sent now', async () => {
  server = await startTestServer()
  const ana = await makePerson(server, 'Ana')
  const deps = { db: openQueries(server.database.pool), now: () => server.clock.now }
  await issueToken(deps, { userId: ana.id, purpose: 'reset-password', email: ana.email })
  const party = await makeParty(ana)
  const fill = `insert into invitations (id, workspace_id, role, token_hash, email, created_by, created_at, expires_at)
    select 'i' || n, $1, 'viewer', sha256(n::text::bytea), 'a@example.org', $2, $3, $3 from generate_series(1, 50) n`
  await server.database.pool.query(fill, [party.id, ana.id, new Date(server.clock.now)])
  await server.database.pool.query('update invitations set revoked_at = created_at')
  const invite = async () =>
    (await ana.ask('POST', `/workspaces/${party.id}/invitations`, { role: 'viewer', email: 'b@example.org' }))[1]
  expect([await countRecentTokens(deps, ana.id, 'reset-password'), await invite()]).toEqual([1, 'too-many-invitations'])
  server.clock.now -= TWO_DAYS
  expect(await countRecentTokens(deps, ana.id, 'reset-password')).toBe(0)
  expect(await invite()).toMatchObject({ id: expect.any(String) })
})

test('a sign-in of before is not a recent one for two days', async () => {
  server = await startTestServer()
  const account = await newAccount(server)
  const change = async () => (await account.send('POST', '/auth/totp')).status
  server.clock.now -= TWO_DAYS
  expect(await change()).toBe(403)
})

test('a refresh token of before that comes back is noticed', async () => {
  server = await startTestServer()
  const { email } = await newAccount(server)
  const signedIn = await server.post('/api/v1/auth/login', { email, password: 'correct horse', client: 'native' })
  const { refreshToken } = (await signedIn.json()) as { refreshToken: string }
  const refresh = (token: string) => server.post('/api/v1/auth/refresh', { refreshToken: token })
  const next = ((await (await refresh(refreshToken)).json()) as { refreshToken: string }).refreshToken
  server.clock.now -= TWO_DAYS
  expect((await refresh(refreshToken)).status).toBe(401)
  expect((await refresh(next)).status).toBe(401)
})
