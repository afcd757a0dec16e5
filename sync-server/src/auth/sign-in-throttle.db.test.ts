import { beforeEach, expect, test } from 'vitest'
import { openQueries } from '../db/tables.ts'
import { useDatabase } from '../testing/use-database.ts'
import { type Attempt, createSignInThrottle, type SignInThrottle } from './sign-in-throttle.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const database = useDatabase()
let clock: { now: number }
let throttle: SignInThrottle
beforeEach(() => {
  clock = { now: Date.parse('2026-03-01T12:00:00Z') }
  throttle = open()
})

function open(): SignInThrottle {
  return createSignInThrottle({ db: openQueries(database.pool), now: () => clock.now, freeFailures: 5 })
}

const ana: Attempt = { email: 'ana@example.org', address: '192.0.2.1', device: null }

/** How many seconds each of some attempts that all fail has to wait; 0 for those that are let through. */
async function waits(count: number, attempt: (n: number) => Attempt = () => ana): Promise<readonly number[]> {
  const found: number[] = []
  for (let n = 0; n < count; n++) {
    const begun = await throttle.begin(attempt(n))
    found.push(begun.ok ? 0 : begun.error.retryAfterMs / 1000)
  }
  return found
}

/** An attempt that is let through, and turns out to be right. */
async function succeeds(attempt: Attempt = ana): Promise<void> {
  const begun = await throttle.begin(attempt)
  if (!begun.ok) throw new Error('it has to wait')
  await throttle.succeeded(begun.value)
}

/** An attempt that is let through, and is not tried after all. */
async function withdraws(attempt: Attempt = ana): Promise<void> {
  const begun = await throttle.begin(attempt)
  if (!begun.ok) throw new Error('it has to wait')
  await throttle.withdraw(begun.value)
}

test('after the free failures each one doubles the wait, up to a quarter of an hour', async () => {
  expect(await waits(6)).toEqual([0, 0, 0, 0, 0, 1])
  const growing: number[] = []
  for (let n = 0; n < 12; n++) {
    const [wait = 0] = await waits(1)
    growing.push(wait)
    clock.now += wait * 1000
    expect(await waits(1)).toEqual([0])
  }
  expect(growing).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900])
})

test('asking while one has to wait does not make the wait longer', async () => {
  await waits(5)
  clock.now += 400
  expect(await waits(3)).toEqual([0.6, 0.6, 0.6])
})

test('a success forgets the failures, and so does a day', async () => {
  await waits(4)
  await succeeds()
  expect(await waits(5)).toEqual([0, 0, 0, 0, 0])
  clock.now += DAY + 1
  expect(await waits(5)).toEqual([0, 0, 0, 0, 0])
})

test('failures are remembered over a restart and by other nodes', async () => {
  await waits(5)
  throttle = open()
  expect(await waits(1)).toEqual([1])
})

test('attempts at the same time count each', async () => {
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => throttle.begin(ana)))
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(5)
})

test('one address that tries many accounts has to wait, and its own account buys it no more guesses', async () => {
  const other = (n: number) => ({ ...ana, email: `user${n}@example.org` })
  expect((await waits(30, other)).some((wait) => wait > 0)).toBe(false)
  expect(await waits(1, () => other(30))).toEqual([1])
  clock.now += 1_000
  await succeeds({ ...ana, email: 'eve@example.org' })
  expect(await waits(2, (n) => other(40 + n))).toEqual([0, 2])
})

test('guesses from everywhere slow each other down, and not the owner where they signed in before', async () => {
  const home = { ...ana, address: '198.51.100.7' }
  await succeeds(home)
  const fromAnywhere = (n: number) => ({ ...ana, address: `203.0.113.${n}` })
  const guesses = await waits(52, fromAnywhere)
  expect([guesses.slice(0, 50).some((wait) => wait > 0), guesses.slice(50)]).toEqual([false, [1, 1]])
  // Nor does what its owner does there give the others more guesses.
  await succeeds(home)
  await withdraws(home)
  expect(await waits(1, () => fromAnywhere(99))).toEqual([1])
})

test('a known device counts for itself: strangers at its address and at its account do not keep it waiting', async () => {
  const known = { ...ana, device: 'a sign-in' }
  const strangers = (n: number) => ({ ...ana, email: n % 2 === 0 ? ana.email : `user${n}@example.org` })
  expect((await waits(80, strangers)).at(-1)).toBeGreaterThan(0)
  expect(await waits(6, () => known)).toEqual([0, 0, 0, 0, 0, 1])
  clock.now += 1_000
  expect(await waits(2, () => known)).toEqual([0, 2])
})

test('the success of a known device takes back its own failures and those of nobody else', async () => {
  const known = { ...ana, device: 'a sign-in' }
  await waits(5)
  await waits(4, () => known)
  await succeeds(known)
  expect(await waits(4, () => known)).toEqual([0, 0, 0, 0])
  await withdraws(known)
  expect(await waits(2, () => known)).toEqual([0, 1])
  expect([await waits(1), await waits(1, () => ({ ...known, device: 'another' }))]).toEqual([[1], [0]])
})

test('an account that does not exist is treated as one that does', async () => {
  expect(await waits(6, () => ({ ...ana, email: 'nobody@example.org' }))).toEqual(
    await waits(6, () => ({ ...ana, address: '192.0.2.9' })),
  )
})

test('an attempt that was not tried counts for nothing', async () => {
  await waits(4)
  await withdraws()
  expect(await waits(2)).toEqual([0, 1])
})

test('no address is kept in the clear, and old rows go', async () => {
  await waits(1)
  await succeeds({ ...ana, email: 'bob@example.org' })
  const { rows } = await database.pool.query('select encode(key, $1) as key from sign_in_attempts', ['escape'])
  expect(JSON.stringify(rows)).not.toMatch(/example|192/)
  clock.now += DAY + 1
  await throttle.sweep()
  expect((await database.pool.query('select from sign_in_attempts where failures > 0')).rowCount).toBe(0)
  clock.now += 60 * DAY
  await throttle.sweep()
  expect((await database.pool.query('select from sign_in_attempts')).rowCount).toBe(0)
})
