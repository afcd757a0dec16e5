import { isStepOne } from '../frames/sync-frames.ts'

/** A question for the digest, which takes its turn among the frames. */
export const DIGEST = Symbol('digest')

/** The sync frames of one document on one socket that are not dealt with yet, in order. */
export class WaitingFrames {
  readonly #mostBytes: number
  readonly #onCount: (change: number) => void
  readonly #frames: (Uint8Array | typeof DIGEST)[] = []
  /** Of the frames here, and of those being dealt with or held. */
  #bytes = 0
  #hasEnded = false

  /** `onCount` hears of each change of the bytes that wait. */
  constructor(mostBytes: number, onCount: (change: number) => void) {
    this.#mostBytes = mostBytes
    this.#onCount = onCount
  }

  /** Counts bytes that wait beside the frames here, or, below zero, that are dealt with. */
  count(change: number): void {
    if (this.#hasEnded) return
    this.#bytes += change
    this.#onCount(change)
  }

  /** False where too many bytes wait. */
  push(frame: Uint8Array): boolean {
    if (isStepOne(frame)) this.#dropStepOne()
    this.count(frame.length)
    this.#frames.push(frame)
    return this.#bytes <= this.#mostBytes
  }

  /** A device asks again when it has its answer. */
  pushDigest(): void {
    if (!this.#frames.includes(DIGEST)) this.#frames.push(DIGEST)
  }

  get isEmpty(): boolean {
    return this.#frames.length === 0
  }

  /** The next one, to be counted down when it is dealt with. */
  shift(): Uint8Array | typeof DIGEST | undefined {
    return this.#frames.shift()
  }

  clear(): void {
    for (const frame of this.#frames.splice(0)) if (frame !== DIGEST) this.count(-frame.length)
  }

  /** Nothing waits here, and nothing will be counted any more. */
  end(): void {
    this.#frames.length = 0
    this.count(-this.#bytes)
    this.#hasEnded = true
  }

  // The answer to a later question holds what the answer to an earlier one would.
  #dropStepOne(): void {
    const index = this.#frames.findIndex((frame) => frame !== DIGEST && isStepOne(frame))
    const [dropped] = index === -1 ? [] : this.#frames.splice(index, 1)
    if (dropped instanceof Uint8Array) this.count(-dropped.length)
  }
}
