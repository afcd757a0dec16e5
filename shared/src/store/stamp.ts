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

/** How far ahead of its own clock a server takes stamps: a day covers a device set to a wrong time zone. */
export const STAMP_AHEAD_MS = 24 * 60 * 60 * 1000

/**
 * How far beyond the greatest stamp that a document holds a server takes stamps, whatever its clock: that may have been
 * set back, and a later write must still exceed what was taken before.
 */
export const BEYOND_HELD: Stamp = 1_000 * COUNTER_STEPS

/** How far ahead of the server's time a device lets its stamps be; below the bound, since servers' clocks differ. */
const CREDIBLE_AHEAD_MS = STAMP_AHEAD_MS - 60 * 60 * 1000

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
  /**
   * A stamp greater than every one issued or observed; at `MAX_STAMP` it stays there. One beyond `credible()` counts
   * only as long as something bears it.
   */
  next(): Stamp
  /** The device's wall time in milliseconds, corrected by the server's once that is known. */
  timeMs(): number
  /** Makes later stamps exceed this one. */
  observe(stamp: Stamp): void
  /** Corrects the device's wall clock by the server's, from now on. */
  observeServerTime(serverTimeMs: number): void
  /** The latest stamp the server may take now; `MAX_STAMP` until its time is known. */
  credible(): Stamp
  /** The greatest stamp issued or observed. */
  latest(): Stamp
  /**
   * New stamps for some that are too far ahead, in the same order and all above `floor`: moved by as much as this
   * device's clock is wrong, and to the present where they would still lie ahead of it.
   */
  correct(ahead: Iterable<Stamp>, floor: Stamp): ReadonlyMap<Stamp, Stamp>
}

export interface StampClockDeps {
  readonly now: () => number
  /** The greatest stamp that anything in the document bears. */
  readonly greatestHeld?: () => Stamp
}

/** A clock over the device's wall time. A counter that runs full carries into the millisecond, so it never waits. */
export function createStampClock(deps: StampClockDeps): StampClock {
  let last: Stamp = 0
  let correctionMs: number | null = null

  const physicalMs = () => {
    const wallMs = Math.floor(deps.now() + (correctionMs ?? 0))
    return Number.isFinite(wallMs) ? Math.min(Math.max(wallMs, 0), LATEST_PHYSICAL_MS) : 0
  }
  const credible = () =>
    correctionMs === null ? MAX_STAMP : Math.min((physicalMs() + CREDIBLE_AHEAD_MS) * COUNTER_STEPS, MAX_STAMP)

  return {
    next() {
      if (last > credible()) last = deps.greatestHeld?.() ?? last
      last = Math.min(Math.max(last + 1, physicalMs() * COUNTER_STEPS), MAX_STAMP)
      return last
    },
    timeMs: physicalMs,
    credible,
    latest: () => last,
    correct(ahead, floor) {
      const present = physicalMs() * COUNTER_STEPS
      const shift = Math.round(correctionMs ?? 0) * COUNTER_STEPS
      const corrected = new Map<Stamp, Stamp>()
      let before = floor
      for (const stamp of [...new Set(ahead)].sort((a, b) => a - b)) {
        before = Math.max(before + 1, Math.min(stamp + shift, present))
        corrected.set(stamp, before)
      }
      return corrected
    },
    observe(stamp) {
      if (stamp > last) last = stamp
    },
    observeServerTime(serverTimeMs) {
      if (Number.isFinite(serverTimeMs)) correctionMs = serverTimeMs - deps.now()
    },
  }
}
