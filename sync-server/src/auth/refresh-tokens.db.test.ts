import { beforeEach, expect, test } from 'vitest'
import { openQueries } from '../db/tables.ts'
import { eventually } from '../testing/server-process.ts'
import { useDatabase } from '../testing/use-database.ts'
import { endFamily, isFamilyActive, type RefreshDeps, rotateRefreshToken, startFamily } from './refresh-tokens.ts'

const DAY = 24 * 60 * 60 * 1000

const database = useDatabase()
let clock: { now: number }
let deps: RefreshDeps
beforeEach(async () => {
  clock = { now: Date.parse('2026-03-01T12:00:00Z') }
  deps = { db: openQueries(database.pool), now: () => clock.now, lifeMs: 60 * DAY, graceMs: 30_000 }
  await database.pool.query("insert into users values ('ana', 'ana@example.org', 'Ana', 'hash', now())")
})

const signIn = () => startFamily(deps, { userId: 'ana', client: 'native' })

async function rotate(token: string): Promise<string> {
  const rotated = await rotateRefreshToken(deps, token)
  return rotated.ok ? rotated.value.refreshToken : rotated.error.kind
}

test('a device that calls within the life of its token stays signed in', async () => {
  let { refreshToken } = await signIn()
  for (let count = 0; count < 3; count += 1) {
    clock.now += 40 * DAY
    refreshToken = await rotate(refreshToken)
  }
  expect(refreshToken).toMatch(/\.4\./)
  clock.now += 60 * DAY
  expect(await rotate(refreshToken)).toBe('expired')
})

test('the grace begins with the exchange, however old the device is', async () => {
  const { refreshToken } = await signIn()
  clock.now += DAY
  const next = await rotate(refreshToken)
  clock.now += 29_999
  expect(await rotate(refreshToken)).toBe(next)
  clock.now += 1
  expect(await rotate(refreshToken)).toBe('reused')
  expect(await rotate(next)).toBe('ended')
})

test('of a logout and a refresh at the same time the logout holds', async () => {
  const { refreshToken, familyId } = await signIn()
  const logout = await database.pool.connect()
  await logout.query('begin')
  await logout.query("update token_families set ended_at = now(), ended_by = 'logout' where id = $1", [familyId])
  const refreshing = rotate(refreshToken)
  await eventually('the refresh waits for the logout', async () => {
    const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    return (await database.pool.query(waiting)).rowCount === 1
  })
  await logout.query('commit')
  logout.release()
  expect(await refreshing).toBe('ended')
})

test('why a family ended is kept, whatever comes after', async () => {
  const { refreshToken, familyId } = await signIn()
  expect(await isFamilyActive(deps.db, familyId)).toBe(true)
  await rotate(refreshToken)
  clock.now += 31_000
  await rotate(refreshToken)
  await endFamily(deps.db, familyId, 'logout', clock.now)
  expect(await isFamilyActive(deps.db, familyId)).toBe(false)
  expect((await database.pool.query('select ended_by from token_families')).rows).toEqual([{ ended_by: 'reuse' }])
})
