import { describe, expect, test } from 'vitest'
import { COUNTER_STEPS, createStampClock, isSafeStamp, LATEST_PHYSICAL_MS, MAX_STAMP, stampTimeMs } from './stamp.ts'

describe('stamp clock', () => {
  test('[R1] follows wall time, and counts within a millisecond', () => {
    const clock = { nowMs: 5 }
    const stamps = createStampClock({ now: () => clock.nowMs })
    expect([stamps.next(), stamps.next()]).toEqual([5 * COUNTER_STEPS, 5 * COUNTER_STEPS + 1])
    clock.nowMs = 7
    expect(stampTimeMs(stamps.next())).toBe(7)
  })

  test('[R1] exceeds every stamp observed, and goes on when the clock jumps back', () => {
    const clock = { nowMs: 1000 }
    const stamps = createStampClock({ now: () => clock.nowMs })
    stamps.observe(9_000_000_000)
    expect(stamps.next()).toBe(9_000_000_001)
    clock.nowMs = 0
    expect(stamps.next()).toBe(9_000_000_002)
  })

  test('[R1] a full counter carries into the millisecond', () => {
    const stamps = createStampClock({ now: () => 1 })
    let last = 0
    for (let count = 0; count <= COUNTER_STEPS; count += 1) last = stamps.next()
    expect(last).toBe(2 * COUNTER_STEPS)
  })

  test('[R2] is corrected by the server in both directions, once wall time passes the last stamp', () => {
    const stamps = createStampClock({ now: () => 1000 })
    stamps.observeServerTime(5000)
    expect(stampTimeMs(stamps.next())).toBe(5000)
    stamps.observeServerTime(3000)
    expect(stamps.next()).toBe(5000 * COUNTER_STEPS + 1)
    stamps.observeServerTime(6000)
    expect(stamps.next()).toBe(6000 * COUNTER_STEPS)
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -5, 1e18])(
    '[R2] a clock that reads %d still gives safe stamps',
    (now) => {
      const stamps = createStampClock({ now: () => now })
      const first = stamps.next()
      const second = stamps.next()
      expect([isSafeStamp(first), second > first, stampTimeMs(second) <= LATEST_PHYSICAL_MS]).toEqual([
        true,
        true,
        true,
      ])
    },
  )

  test('[R2] stays at the greatest stamp where a forged one was observed', () => {
    const stamps = createStampClock({ now: () => 1 })
    stamps.observe(MAX_STAMP)
    expect([stamps.next(), stamps.next()]).toEqual([MAX_STAMP, MAX_STAMP])
  })

  test.each([0, -1, 1.5, Number.NaN, 2 ** 53, '7', null, 7n])('%s is no stamp', (value) => {
    expect(isSafeStamp(value)).toBe(false)
  })
})
