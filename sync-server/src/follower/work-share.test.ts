import { expect, test } from 'vitest'
import { createWorkShare } from './work-share.ts'

test('what comes rarely is done at once, and work without a pause takes its share of the time', () => {
  let nowMs = 0
  const share = createWorkShare({ share: () => 0.1, burstMs: 500, monotonicMs: () => nowMs })
  expect(share.waitMs()).toBe(0)
  share.spend(500)
  expect(share.waitMs()).toBe(0)
  let workedMs = 0
  const untilMs = nowMs + 100_000
  while (nowMs < untilMs) {
    nowMs += share.waitMs()
    nowMs += 20
    workedMs += 20
    share.spend(20)
  }
  expect(workedMs / nowMs).toBeCloseTo(0.1, 2)
})

test('a pause earns no more than a burst', () => {
  let nowMs = 0
  const share = createWorkShare({ share: () => 0.1, burstMs: 500, monotonicMs: () => nowMs })
  nowMs = 1_000_000
  share.spend(600)
  expect(share.waitMs()).toBe(1_000)
})
