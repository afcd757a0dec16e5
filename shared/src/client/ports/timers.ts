/** Waiting, as the client needs it; a port, so that tests own time. */
export interface Timers {
  /** Calls back once after at least so many milliseconds; returns a cancel. */
  after(delayMs: number, callback: () => void): () => void
}

interface PlatformTimers {
  setTimeout(callback: () => void, delayMs: number): unknown
  clearTimeout(handle: unknown): void
}

/** The timers every JavaScript platform has; `shared` is compiled without any platform's types. */
export const platformTimers: Timers = {
  after(delayMs, callback) {
    const platform: PlatformTimers = globalThis as never
    const handle = platform.setTimeout(callback, delayMs)
    return () => platform.clearTimeout(handle)
  },
}
