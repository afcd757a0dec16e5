import { documentOfKey } from '../frames/frame-address.ts'

const CLOSED_KEYS = 1_000

/** Sync messages of the documents that a socket is about to open, by the key of their frames. */
export class EarlyFrames {
  readonly #frames = new Map<string, Uint8Array[]>()
  /** Documents that were closed and not asked for again: what the device had under way for them is void. */
  readonly #closed = new Set<string>()
  readonly #wait: (change: number) => void

  /** `wait` counts bytes of frames that wait here, or, below zero, of those that do no more. */
  constructor(wait: (change: number) => void) {
    this.#wait = wait
  }

  /** How many documents are being opened. */
  get size(): number {
    return this.#frames.size
  }

  isOpening(key: string): boolean {
    return this.#frames.has(key)
  }

  isClosed(key: string): boolean {
    return this.#closed.has(key)
  }

  /** A document is being opened: from now on its messages are kept. */
  start(key: string): void {
    this.#frames.set(key, [])
    this.#closed.delete(key)
  }

  keep(key: string, frame: Uint8Array): void {
    this.#frames.get(key)?.push(frame)
    this.#wait(frame.length)
  }

  /** What came before a document was open. Nothing of it waits here any more. */
  take(key: string): readonly Uint8Array[] {
    const frames = this.#frames.get(key) ?? []
    this.#frames.delete(key)
    for (const { length } of frames) this.#wait(-length)
    return frames
  }

  /** What came for it, and what comes until it is opened again, is void. */
  close(key: string): void {
    this.take(key)
    if (this.#closed.size >= CLOSED_KEYS) this.#closed.clear()
    this.#closed.add(key)
  }

  /** The same under all keys of one document. */
  closeAll(documentName: string): void {
    for (const key of [...this.#frames.keys()]) if (documentOfKey(key) === documentName) this.close(key)
  }
}
