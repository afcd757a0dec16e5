import type { Timers } from '../ports/timers.ts'

/** A clock and timers that move only when told. */
export interface FakeTime {
  readonly now: () => number
  readonly timers: Timers
  /** Runs everything due within the span, in order. */
  advance(ms: number): void
  /** How long until each pending timer, ascending. */
  pending(): readonly number[]
}

/** Starts at a fixed moment. */
export function fakeTime(start = Date.UTC(2026, 0, 5, 9)): FakeTime {
  let time = start
  let nextId = 0
  const waiting = new Map<number, { readonly at: number; readonly callback: () => void }>()
  const earliest = (until: number) =>
    [...waiting].filter(([, timer]) => timer.at <= until).sort(([, a], [, b]) => a.at - b.at)[0]
  return {
    now: () => time,
    timers: {
      after(delayMs, callback) {
        const id = nextId++
        waiting.set(id, { at: time + delayMs, callback })
        return () => waiting.delete(id)
      },
    },
    advance(ms) {
      const end = time + ms
      for (let due = earliest(end); due !== undefined; due = earliest(end)) {
        waiting.delete(due[0])
        time = Math.max(time, due[1].at)
        due[1].callback()
      }
      time = end
    },
    pending: () => [...waiting.values()].map((timer) => timer.at - time).sort((a, b) => a - b),
  }
}
