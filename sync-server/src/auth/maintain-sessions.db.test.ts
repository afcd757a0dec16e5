import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openQueries } from '../db/tables.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { startTestServer } from '../testing/server.ts'
import { createAccessTokens } from './access-tokens.ts'
import { maintainSessions } from './maintain-sessions.ts'
import { createSignInThrottle } from './sign-in-throttle.ts'
import { rotateSigningKeys } from './signing-keys.ts'

const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase()
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
})
afterEach(async () => {
  vi.useRealTimers()
  await database.drop()
})

test('two nodes take over each other’s keys before any token is signed with them', async () => {
  const clock = { now: Date.parse('2026-03-01T12:00:00Z') }
  const keys = {
    db: openQueries(database.pool),
    now: () => clock.now,
    secretKey: undefined,
    keyLifeMs: 30 * DAY,
    tokenLifeMs: HOUR,
  }
  const node = async () =>
    createAccessTokens({ now: keys.now, issuer: 'questlog', lifeMs: HOUR, keys: await rotateSigningKeys(keys) })
  const [one, other] = [await node(), await node()]
  const throttle = createSignInThrottle({ ...keys, freeFailures: 5 })
  const stop = maintainSessions({ ...keys, accessTokens: other, throttle, logger: pino({ level: 'silent' }) })

  clock.now += 30 * DAY - HOUR
  one.useKeys(await rotateSigningKeys(keys))
  vi.advanceTimersByTime(60_000)
  await expect.poll(() => other.published()).toEqual(one.published())
  clock.now += HOUR
  const { token } = await one.issue({ userId: 'ana', familyId: 'phone' })
  expect((await other.verify(token)).ok).toBe(true)
  expect(one.published().keys.length).toBe(2)
  stop()
})

test('a running server forgets devices that did not call for their whole life, also after it failed to once', async () => {
  const server = await startTestServer()
  const body = { email: 'ana@example.org', password: 'correct horse', displayName: 'Ana' }
  expect((await server.post('/api/v1/auth/register', body)).status).toBe(201)
  server.clock.now += 61 * DAY
  const families = async () => (await server.database.pool.query('select from token_families')).rowCount

  await server.database.pool.query('alter table signing_keys rename to signing_keys_away')
  vi.advanceTimersByTime(60_000)
  await server.database.pool.query('alter table signing_keys_away rename to signing_keys')
  const familiesAMinuteLater = () => {
    vi.advanceTimersByTime(60_000)
    return families()
  }
  await expect.poll(familiesAMinuteLater).toBe(0)
  await server.stop()
})
