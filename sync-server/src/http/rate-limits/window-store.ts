import type { FastifyRateLimitStore, FastifyRateLimitStoreCtor } from '@fastify/rate-limit'

const MAX_CALLERS = 20_000

interface Window {
  startedMs: number
  count: number
}

/**
 * Makes the stores of `@fastify/rate-limit`: one for each limit, which counts the requests of a caller in windows of
 * fixed length. The plugin's own store goes by wall time, so a clock set back would keep everybody out until it caught
 * up.
 */
export function windowStores(monotonicMs: () => number): FastifyRateLimitStoreCtor {
  return class WindowStore implements FastifyRateLimitStore {
    // In the order of the last request: of too many callers, those that were quiet longest are forgotten.
    readonly #windows = new Map<string, Window>()

    incr(...[key, callback, windowMs]: Parameters<FastifyRateLimitStore['incr']>): void {
      const nowMs = monotonicMs()
      const known = this.#windows.get(key)
      const window = known === undefined || nowMs - known.startedMs >= windowMs ? { startedMs: nowMs, count: 0 } : known
      window.count += 1
      this.#windows.delete(key)
      this.#windows.set(key, window)
      if (this.#windows.size > MAX_CALLERS) this.#forgetOldest()
      callback(null, { current: window.count, ttl: window.startedMs + windowMs - nowMs })
    }

    child(): WindowStore {
      return new WindowStore()
    }

    #forgetOldest(): void {
      const [oldest] = this.#windows.keys()
      if (oldest !== undefined) this.#windows.delete(oldest)
    }
  }
}
