import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openQueries } from '../db/tables.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { createAccessTokens } from './access-tokens.ts'
import { maintainSessions } from './maintain-sessions.ts'
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
  const stop = maintainSessions({ ...keys, accessTokens: other, logger: pino({ level: 'silent' }) })

  clock.now += 30 * DAY - HOUR
  one.useKeys(await rotateSigningKeys(keys))
  vi.advanceTimersByTime(60_000)
  await vi.waitFor(() => expect(other.published()).toEqual(one.published()))
  clock.now += HOUR
  const { token } = await one.issue({ userId: 'ana', familyId: 'phone' })
  expect((await other.verify(token)).ok).toBe(true)
  expect(one.published().keys.length).toBe(2)
  stop()
})
