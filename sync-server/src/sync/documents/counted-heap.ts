import type { Seq } from '../../log/update-log.ts'
import { EMPTY_DOCUMENT, heapOfUpdate } from '../../log/updates/document-heap.ts'
import type { Holding } from '../../memory/memory-budget.ts'

/** The memory that an open document takes: counted when it is loaded, then by what is added. */
export class CountedHeap {
  readonly holding: Holding
  #counted: { readonly seq: Seq; readonly bytes: number }

  constructor(holding: Holding, head: Seq) {
    this.holding = holding
    this.#counted = { seq: head, bytes: holding.bytes }
  }

  /** Counts an update that is taken in. */
  add(update: Uint8Array): void {
    this.holding.grow(heapOfUpdate(update))
  }

  /**
   * Counts by what the document takes at a seq without its deleted parts. What came after, up to `head`, is taken to be
   * like what came before.
   */
  settle(head: Seq, seq: Seq, heapBytes: number): void {
    const { bytes } = this.holding
    const since = Math.max(1, head - this.#counted.seq)
    const each = Math.max(0, (bytes - this.#counted.bytes) / since)
    this.holding.grow(EMPTY_DOCUMENT + heapBytes + each * Math.max(0, head - seq) - bytes)
    this.#counted = { seq, bytes: EMPTY_DOCUMENT + heapBytes }
  }
}
