import { Redis } from 'ioredis'
import { afterEach, expect, test } from 'vitest'
import { createLogger } from '../../process/logging.ts'
import { startRedis } from '../../testing/redis.ts'
import type { Budgets, RatePolicy } from './budgets.ts'
import { createMemoryBudgets } from './memory-budgets.ts'
import { createRedisBudgets } from './redis-budgets.ts'

const closers: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const HOUR = 3_600_000
const quick: RatePolicy = { name: 'user', perHour: 3_600, burst: 3 }
/** Gives nothing back while a test runs, by whatever clock. */
const slow: RatePolicy = { ...quick, perHour: 1 }

async function takeMany(budgets: Budgets, key: string, times: number, policy = quick) {
  const taken: [boolean, number][] = []
  for (let count = 0; count < times; count += 1) {
    const { allowed, remaining } = await budgets.take(key, policy)
    taken.push([allowed, remaining])
  }
  return taken
}

const threeThenNone = [
  [true, 2],
  [true, 1],
  [true, 0],
  [false, 0],
]

test('a burst is allowed, then one request for each share of the hour, and callers do not disturb each other', async () => {
  const clock = { now: 1_000_000 }
  const budgets = createMemoryBudgets(() => clock.now)
  expect(await takeMany(budgets, 'ana', 4)).toEqual(threeThenNone)
  expect(await takeMany(budgets, 'ben', 1)).toEqual([[true, 2]])
  expect(await budgets.take('ana', quick)).toEqual({
    allowed: false,
    remaining: 0,
    retryAfterMs: 1_000,
    fullAfterMs: 3_000,
  })
  clock.now += 1_000
  expect(await takeMany(budgets, 'ana', 2)).toEqual([
    [true, 0],
    [false, 0],
  ])
  clock.now += 2_000
  expect(await takeMany(budgets, 'ana', 3)).toEqual([
    [true, 1],
    [true, 0],
    [false, 0],
  ])
})

test('an hour allows the burst and the hour, to the request', async () => {
  const clock = { now: 0 }
  const budgets = createMemoryBudgets(() => clock.now)
  const seldom: RatePolicy = { name: 'user', perHour: 1_000, burst: 7 }
  let allowed = 0
  for (; clock.now < HOUR; clock.now += 100) {
    if ((await budgets.take('ana', seldom)).allowed) allowed += 1
  }
  expect(allowed).toBe(1_006)
})

test('servers with one Redis count together', async (context) => {
  const path = await startRedis(context)
  const refuses: Budgets = { take: () => Promise.reject(new Error('Redis was not asked')) }
  const [here, there] = [1, 2].map(() => {
    const budgets = createRedisBudgets({
      url: `unix://${path}`,
      fallback: refuses,
      logger: createLogger('silent'),
      answerWithinMs: 20_000,
    })
    closers.push(() => budgets.close())
    return budgets
  })
  if (here === undefined || there === undefined) throw new Error('there are two')
  for (const budgets of [here, there]) await expect.poll(() => budgets.take('warm', slow)).toBeDefined()
  expect([...(await takeMany(here, 'ana', 2, slow)), ...(await takeMany(there, 'ana', 2, slow))]).toEqual(threeThenNone)
  const { retryAfterMs } = await here.take('ana', slow)
  expect(retryAfterMs).toBeGreaterThan(HOUR / 2)
  expect(retryAfterMs).toBeLessThanOrEqual(HOUR)
})

test('a clock of Redis that was set back keeps nobody out until it has caught up', async (context) => {
  const path = await startRedis(context)
  const fallback: Budgets = { take: () => Promise.reject(new Error('Redis was not asked')) }
  const url = `unix://${path}`
  const budgets = createRedisBudgets({ url, fallback, logger: createLogger('silent'), answerWithinMs: 20_000 })
  const redis = new Redis(url)
  closers.push(
    () => budgets.close(),
    () => redis.disconnect(),
  )
  await expect.poll(() => budgets.take('warm', slow)).toBeDefined()
  await takeMany(budgets, 'ana', 4)
  // A clock set back by two days finds what was stored two days from now.
  const [key = ''] = await redis.keys('*ana')
  const ahead = (time: string) => String(Number(time) + 48 * HOUR)
  await redis.set(key, ((await redis.get(key)) ?? '').replaceAll(/\b\d{13}(\.\d+)?/g, ahead))
  const { retryAfterMs } = await budgets.take('ana', quick)
  expect(retryAfterMs).toBeLessThanOrEqual(2_000)
  await expect.poll(async () => (await budgets.take('ana', quick)).allowed, { timeout: 20_000 }).toBe(true)
})

test('a server whose Redis is away counts for itself', async () => {
  const fallback = createMemoryBudgets(() => 0)
  const nowhere = { url: 'redis://127.0.0.1:1', fallback, logger: createLogger('silent') }
  const budgets = createRedisBudgets(nowhere)
  closers.push(() => budgets.close())
  expect(await takeMany(budgets, 'ana', 4)).toEqual(threeThenNone)
})
