import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFollower, type Follower } from './create-follower.ts'
import type { FollowerStep } from './follower-step.ts'

let follower: Follower
let logged: string[]
let stopping: AbortController

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  logged = []
  stopping = new AbortController()
})

afterEach(async () => {
  await follower.stop()
  vi.useRealTimers()
})

function start(steps: readonly Partial<FollowerStep>[]): void {
  const none = { name: 'a step', follow: async () => undefined, findBehind: async () => [] }
  const logger = pino({ level: 'warn' }, { write: (line: string) => void logged.push(JSON.parse(line).msg) })
  follower = createFollower({ steps: steps.map((step) => ({ ...none, ...step })), logger, stopping: stopping.signal })
}

const away = () => Object.assign(new Error('away'), { code: 'ECONNREFUSED' })

test('many edits of a workspace are followed once', async () => {
  const followed: string[] = []
  start([{ follow: async (id) => void followed.push(id) }])
  for (let n = 0; n < 100; n++) follower.note('w', 'here')
  await vi.advanceTimersByTimeAsync(299)
  expect(followed).toEqual([])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(followed).toEqual(['w'])
})

test('what is noted while it is followed is followed once more', async () => {
  const followed: string[] = []
  start([
    {
      async follow(id) {
        followed.push(id)
        if (followed.length === 1) follower.note(id, 'here')
      },
    },
  ])
  follower.note('w', 'here')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(followed).toEqual(['w', 'w'])
})

test('a step that fails keeps neither other steps nor other workspaces, and is tried again with growing pauses', async () => {
  const atMs: number[] = []
  const followed: string[] = []
  start([
    {
      async follow(id) {
        if (id !== 'broken') return
        atMs.push(Math.round(performance.now() - begunMs))
        throw new Error('a bug')
      },
    },
    { follow: async (id) => void followed.push(id) },
  ])
  const begunMs = performance.now()
  follower.note('broken', 'here')
  follower.note('whole', 'here')
  await vi.advanceTimersByTimeAsync(8_000)
  expect(atMs).toEqual([300, 1_300, 3_300, 7_300])
  expect(followed).toEqual(['broken', 'whole', 'broken', 'broken', 'broken'])
  expect(new Set(logged)).toEqual(new Set(['a log could not be followed']))
})

test('while the database is away nothing is asked of it but now and then, and all is followed when it is back', async () => {
  const asked: string[] = []
  let isAway = true
  start([
    {
      async follow(id) {
        asked.push(id)
        if (isAway) throw away()
      },
    },
  ])
  const all = Array.from({ length: 50 }, (_, n) => `w${n}`)
  for (const id of all) follower.note(id, 'here')
  await vi.advanceTimersByTimeAsync(30_000)
  expect(asked.length).toBeLessThan(6)
  expect(logged.length).toBe(asked.length)
  isAway = false
  asked.length = 0
  await vi.advanceTimersByTimeAsync(60_000)
  expect(new Set(asked)).toEqual(new Set(all))
})

test('while many workspaces wait, following takes half a hundredth of the time', async () => {
  let workedMs = 0
  start([
    {
      async follow() {
        await new Promise((resolve) => setTimeout(resolve, 20))
        workedMs += 20
      },
    },
  ])
  for (let second = 0; second < 200; second++) {
    for (let n = 0; n < 500; n++) follower.note(`w${n}`, 'here')
    await vi.advanceTimersByTimeAsync(1_000)
  }
  // And the burst at the beginning.
  expect(workedMs).toBeLessThan(0.005 * 200_000 + 540)
  expect(workedMs).toBeGreaterThan(0.005 * 200_000)
})

test('looking around follows all that fell behind, page by page', async () => {
  const behind = Array.from({ length: 250 }, (_, n) => `w${String(n).padStart(3, '0')}`)
  const followed: string[] = []
  start([
    {
      follow: async (id) => void followed.push(id),
      findBehind: async (afterId, limit) => behind.filter((id) => id > afterId).slice(0, limit),
    },
  ])
  follower.lookAround()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(followed).toEqual(behind)
})

test('stopping waits for what is under way and begins nothing more', async () => {
  const steps: string[] = []
  let finish: () => void = () => undefined
  start([
    {
      async follow(id) {
        steps.push(`${id} begins`)
        await new Promise<void>((resolve) => {
          finish = resolve
        })
        steps.push(`${id} ends`)
      },
    },
  ])
  follower.note('first', 'here')
  follower.note('second', 'here')
  await vi.advanceTimersByTimeAsync(1_000)
  const stopped = follower.stop().then(() => steps.push('stopped'))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(steps).toEqual(['first begins'])
  finish()
  await stopped
  expect(steps).toEqual(['first begins', 'first ends', 'stopped'])
})

test('a step that ends because the process stops has not failed, and no other begins', async () => {
  const steps: string[] = []
  start([
    {
      async follow(id) {
        steps.push(id)
        await new Promise((_, reject) => stopping.signal.addEventListener('abort', reject))
      },
    },
    { follow: async (id) => void steps.push(`${id} again`) },
  ])
  follower.note('first', 'here')
  follower.note('second', 'here')
  await vi.advanceTimersByTimeAsync(1_000)
  stopping.abort()
  await vi.advanceTimersByTimeAsync(10_000)
  await follower.stop()
  expect([steps, logged]).toEqual([['first'], []])
})
