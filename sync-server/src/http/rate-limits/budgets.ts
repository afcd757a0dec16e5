/** How much one caller may ask for: so many requests an hour on average, and so many of them at once. */
export interface RatePolicy {
  readonly name: string
  readonly perHour: number
  readonly burst: number
}

/** What became of a request that asked for its share. */
export interface Taken {
  readonly allowed: boolean
  /** How many more would be allowed at this moment. */
  readonly remaining: number
  /** When the next one is allowed; 0 if that is now. */
  readonly retryAfterMs: number
  /** When the whole burst is there again. */
  readonly fullAfterMs: number
}

/** Keeps what callers have left; the key names the caller. */
export interface Budgets {
  take(key: string, policy: RatePolicy): Promise<Taken>
}

/** What one request costs, in milliseconds of waiting. */
export function costMs({ perHour }: RatePolicy): number {
  return 3_600_000 / perHour
}

/**
 * What a spent time says: GCRA, the generic cell rate algorithm (ITU-T I.371), which counts as a leaky bucket does and
 * keeps one number a caller: how many milliseconds until everything spent is earned back, after this request.
 */
export function takenFrom(policy: RatePolicy, allowed: boolean, spentMs: number): Taken {
  const cost = costMs(policy)
  const wait = spentMs + cost - policy.burst * cost
  // A hair's breadth is no whole request: sums of fractions are not exact.
  const remaining = Math.max(0, Math.floor(policy.burst - spentMs / cost + 1e-6))
  return { allowed, remaining, retryAfterMs: allowed ? 0 : Math.max(0, wait), fullAfterMs: spentMs }
}
