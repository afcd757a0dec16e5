/** Bounds work in the background to a share of the time. */
export interface WorkShare {
  /** Milliseconds until more work may begin; 0 for now. */
  waitMs(): number
  /** Counts work that took so long. */
  spend(ms: number): void
}

/**
 * A share of the time, such as 0.1, saved up for at most `burstMs` of work: what comes rarely is done at once, and what
 * comes all the time takes no more than its share. Work that is long is followed by a long pause.
 */
export function createWorkShare(limits: {
  /** Asked again and again: it may change. */
  readonly share: () => number
  readonly burstMs: number
  readonly monotonicMs: () => number
}): WorkShare {
  const { share, burstMs, monotonicMs } = limits
  let savedMs = burstMs
  let atMs = monotonicMs()

  const earn = (): void => {
    const nowMs = monotonicMs()
    savedMs = Math.min(burstMs, savedMs + (nowMs - atMs) * share())
    atMs = nowMs
  }

  return {
    waitMs() {
      earn()
      return savedMs >= 0 ? 0 : Math.ceil(-savedMs / share())
    },
    spend(ms) {
      earn()
      savedMs -= ms
    },
  }
}
