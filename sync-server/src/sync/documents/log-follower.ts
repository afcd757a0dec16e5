import type { Document } from '@hocuspocus/server'
import * as Y from 'yjs'
import { UnreadableRow } from '../../log/postgres-log.ts'
import type { LoggedUpdate, Seq, UpdateLog } from '../../log/update-log.ts'
import { hasPending } from '../../log/updates/pending.ts'
import { retry } from '../refusals/refusal.ts'
import { relay } from './relay.ts'
import { runAgain } from './run-again.ts'

const PAGE = 500

/** An open document, as far as its log is followed. */
export interface FollowerDeps {
  readonly log: Pick<UpdateLog, 'readTail'>
  readonly doc: Document
  /** Whether the document is intact and nothing is being committed here: a commit applies its own update. */
  readonly isAtRest: () => boolean
  /** Counts an update that was applied. */
  readonly onApplied: (bytes: Uint8Array) => void
  /** Gives the document up: only a load can go on. */
  readonly breakApart: (cause: unknown) => void
  /** Throws once the document was given up. */
  readonly assertIntact: () => void
}

/** Applies to an open document what other writers append to its log, in the log's order. */
export class LogFollower {
  readonly #deps: FollowerDeps
  /** The newest seq that is known to be applied, with everything before it. */
  head: Seq
  /** The newest seq that the log is known to hold. */
  #hinted: Seq = 0
  /** Applies everything that other writers appended to the log before the call. Throws when the log cannot be read. */
  readonly catchUp = runAgain(() => this.#readTail())

  constructor(deps: FollowerDeps, head: Seq) {
    this.#deps = deps
    this.head = head
  }

  /** The log has reached `seq`. */
  hint(seq: Seq): void {
    this.#hinted = Math.max(this.#hinted, seq)
    this.follow()
  }

  /** Reads what the log is known to hold beyond the head, unless a commit is under way. */
  follow(): void {
    if (this.#hinted > this.head && this.#deps.isAtRest()) this.#catchUpOrBreak()
  }

  /** An update of this process, which is applied, was committed as `seq`. */
  committed(seq: Seq): void {
    this.#breakWhenPending()
    if (seq === this.head + 1) this.head = seq
    // Another process appended in between.
    else if (seq > this.head) this.#catchUpOrBreak()
    this.follow()
  }

  #catchUpOrBreak(): void {
    this.catchUp().catch((error: unknown) => this.#deps.breakApart(error))
  }

  async #readTail(): Promise<void> {
    const { assertIntact, breakApart } = this.#deps
    for (;;) {
      const page = await this.#readPage()
      assertIntact()
      const first = page[0]
      if (first === undefined ? this.head < this.#hinted : first.seq > this.head + 1) {
        // The tail was trimmed under a document that slept: only a fresh load is complete.
        breakApart(new Error('the log was trimmed past this document'))
        assertIntact()
      }
      if (first !== undefined) this.#takeIn(page)
      if (page.length < PAGE) {
        this.#breakWhenPending()
        assertIntact()
        return
      }
    }
  }

  async #readPage(): Promise<readonly LoggedUpdate[]> {
    try {
      return await this.#deps.log.readTail(this.#deps.doc.name, this.head, PAGE)
    } catch (error) {
      // Only a load can go on past it.
      if (error instanceof UnreadableRow) this.#deps.breakApart(error)
      throw error
    }
  }

  #takeIn(page: readonly LoggedUpdate[]): void {
    const { doc, onApplied, breakApart } = this.#deps
    const applied: Uint8Array[] = []
    try {
      doc.transact(() => {
        for (const update of page) {
          if (update.seq !== this.head + 1) continue
          Y.applyUpdate(doc, update.bytes)
          onApplied(update.bytes)
          applied.push(update.bytes)
          this.head = update.seq
        }
      })
      if (applied.length > 0 && doc.connections.size > 0) relay(doc, Y.mergeUpdates(applied), null)
    } catch (error) {
      breakApart(error)
      throw retry('resync', error)
    }
  }

  // What waits in Yjs goes out with every handshake. A load finds the row that brought it.
  #breakWhenPending(): void {
    if (hasPending(this.#deps.doc)) {
      this.#deps.breakApart(new Error('a part of the log builds on something that is not there'))
    }
  }
}
