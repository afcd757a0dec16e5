/** Frames and bytes allowed within a window. */
export interface RateBudget {
  readonly frames: number
  readonly bytes: number
  readonly windowMs: number
}

/** Counts frames and bytes in windows of fixed length: cheap, and at worst twice the budget across a boundary. */
export class RateWindow {
  readonly #budget: RateBudget
  #startedMs: number
  #frames = 0
  #bytes = 0

  constructor(budget: RateBudget, nowMs: number) {
    this.#budget = budget
    this.#startedMs = nowMs
  }

  /** Counts one frame; false when it is one too many. */
  take(bytes: number, nowMs: number): boolean {
    if (nowMs - this.#startedMs >= this.#budget.windowMs) {
      this.#startedMs = nowMs
      this.#frames = 0
      this.#bytes = 0
    }
    this.#frames++
    this.#bytes += bytes
    return this.#frames <= this.#budget.frames && this.#bytes <= this.#budget.bytes
  }

  /** Whether nothing was counted for a whole window. */
  isIdle(nowMs: number): boolean {
    return nowMs - this.#startedMs >= this.#budget.windowMs
  }
}
