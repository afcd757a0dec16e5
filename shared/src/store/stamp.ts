/**
 * A hybrid logical clock reading in one safe integer: `physicalMs × 1024 + counter`
 * (Kulkarni et al., "Logical Physical Clocks", 2014). Greater means later.
 */
export type Stamp = number

export const COUNTER_STEPS = 1024

/** The latest wall time a clock reads; a device that believes to be beyond is read as this instant. */
export const LATEST_PHYSICAL_MS = Date.UTC(2200, 0, 1)

/**
 * The greatest stamp an entry may carry. No clock comes near it: above the latest wall time there is room
 * for 55 years of 1,024 writes a millisecond. Only a forged entry can use the room up, and then equal
 * stamps still order all writes alike everywhere.
 */
export const MAX_STAMP: Stamp = Number.MAX_SAFE_INTEGER

/** Whether a value is a stamp the store orders by: a positive safe integer of at most `MAX_STAMP`. */
export function isSafeStamp(value: unknown): value is Stamp {
  return Number.isSafeInteger(value) && typeof value === 'number' && value > 0 && value <= MAX_STAMP
}

/** The wall time of a stamp, in milliseconds since the Unix epoch. */
export function stampTimeMs(stamp: Stamp): number {
  return Math.floor(stamp / COUNTER_STEPS)
}

/** Issues stamps for one document on one device. */
export interface StampClock {
  /** A stamp greater than every one issued or observed; at `MAX_STAMP` it stays there. */
  next(): Stamp
  /** Makes later stamps exceed this one. */
  observe(stamp: Stamp): void
  /** Corrects the device's wall clock by the server's, from now on. */
  observeServerTime(serverTimeMs: number): void
}

/** A clock over the device's wall time. A counter that runs full carries into the millisecond, so it never waits. */
export function createStampClock(deps: { readonly now: () => number }): StampClock {
  let last: Stamp = 0
  let correctionMs = 0

  return {
    next() {
      const wallMs = Math.floor(deps.now() + correctionMs)
      const physicalMs = Number.isFinite(wallMs) ? Math.min(Math.max(wallMs, 0), LATEST_PHYSICAL_MS) : 0
      last = Math.min(Math.max(last + 1, physicalMs * COUNTER_STEPS), MAX_STAMP)
      return last
    },
    observe(stamp) {
      if (stamp > last) last = stamp
    },
    observeServerTime(serverTimeMs) {
      if (Number.isFinite(serverTimeMs)) correctionMs = serverTimeMs - deps.now()
    },
  }
}
