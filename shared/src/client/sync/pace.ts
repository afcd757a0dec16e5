/** Holds back what goes beyond a number of bytes in a window. */
export interface Pace {
  /** How long to wait before the next byte; 0 for not at all. */
  waitMs(): number
  spend(bytes: number): void
}

/** Starts with a whole window's worth. A clock that was set back starts a new one. */
export function createPace(
  { windowBytes, windowMs }: { readonly windowBytes: number; readonly windowMs: number },
  now: () => number,
): Pace {
  let startedAt = now()
  let spent = 0
  const age = () => now() - startedAt
  return {
    waitMs() {
      if (age() >= windowMs || age() < 0) {
        startedAt = now()
        spent = 0
      }
      return spent < windowBytes ? 0 : windowMs - age()
    },
    spend(bytes) {
      spent += bytes
    },
  }
}
