import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { goRound } from './rounds.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function meetings(members: Set<number>, everyMs: number, atLeast?: number) {
  const met: (readonly number[])[] = []
  const stop = goRound(members, { everyMs, ...(atLeast === undefined ? {} : { atLeast }) }, (due) => met.push(due))
  return { met, stop }
}

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n)

test('everybody is met once in each period, and only a share of them at a time', () => {
  const { met, stop } = meetings(new Set(numbers(10_000)), 1_000)
  vi.advanceTimersByTime(2_000)
  stop()
  expect(met.flat()).toEqual([...numbers(10_000), ...numbers(10_000)])
  expect(Math.max(...met.map((due) => due.length))).toBe(200)
})

test('few are not met more often than many, and together where that is asked for', () => {
  for (const [atLeast, batches] of [
    [1, [[0], [1], [0], [1]]],
    [
      50,
      [
        [0, 1],
        [0, 1],
      ],
    ],
  ] as const) {
    const { met, stop } = meetings(new Set([0, 1]), 10_000, atLeast)
    vi.advanceTimersByTime(20_000)
    stop()
    expect(met).toEqual(batches)
  }
})

test('who leaves is met no more, who joins is met in time, and an empty round goes on', () => {
  const members = new Set<number>()
  const { met, stop } = meetings(members, 100)
  vi.advanceTimersByTime(1_000)
  expect(met).toEqual([])
  for (const n of numbers(5)) members.add(n)
  vi.advanceTimersByTime(60)
  members.delete(4)
  members.add(5)
  vi.advanceTimersByTime(140)
  expect(new Set(met.flat())).toEqual(new Set([0, 1, 2, 3, 5]))
  stop()
  met.length = 0
  vi.advanceTimersByTime(1_000)
  expect(met).toEqual([])
})
