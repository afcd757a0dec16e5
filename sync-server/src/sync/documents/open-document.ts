import type { Document } from '@hocuspocus/server'
import { ContentDigest } from '@questlog/shared/store/content-digest'
import * as Y from 'yjs'
import { type Admission, admitUpdate, readUpdate } from '../admission/admit-update.ts'
import { type DecodedUpdate, decodeUpdate } from '../admission/decode-update.ts'
import { contentBytes } from '../limits/content-bytes.ts'
import type { Holding } from '../limits/memory-budget.ts'
import { DELETED_SEQ } from '../log/delete-documents.ts'
import { ENDED_SEQ, refusedOldEpoch } from '../log/ended-epochs.ts'
import { UnreadableRow } from '../log/postgres-log.ts'
import type { AppendOutcome, LoadedDocument, LoggedUpdate, Seq } from '../log/update-log.ts'
import { refused, retry } from '../refusal.ts'
import { hasPending } from '../set-aside/pending.ts'
import { ClientOwners } from './client-owners.ts'
import { CountedHeap } from './counted-heap.ts'
import type { Author, OpenDocumentDeps } from './open-document-deps.ts'
import { runAgain } from './run-again.ts'

/** What `receive` did with an update: `missing` asks the caller to bring the predecessors first. */
export type Received = 'held-by-log' | 'missing'

const CATCH_UP_PAGE = 500

/** A document in memory together with its place in the log. */
export class OpenDocument {
  readonly doc: Document
  /** Counts nothing before somebody asks. */
  readonly digest: ContentDigest
  readonly #deps: OpenDocumentDeps
  readonly #owners: ClientOwners
  /** The newest seq that is known to be applied, with everything before it. */
  head: Seq
  snapshotSeq: Seq
  /** The log's, as it was loaded. */
  readonly revision: number
  /** Encoded bytes of the snapshot and of every update since. */
  bytes: number
  isBroken = false
  #newestCommit: Promise<unknown> = Promise.resolve()
  #pending = 0
  #pendingBytes = 0
  /** Applies everything that other writers appended to the log before the call. Throws when the log cannot be read. */
  readonly catchUp = runAgain(() => this.#readTail())
  /** The newest seq that the log is known to hold. */
  #hinted: Seq = 0
  readonly #heap: CountedHeap

  constructor(deps: OpenDocumentDeps, doc: Document, loaded: LoadedDocument, holding: Holding) {
    this.#heap = new CountedHeap(holding, loaded.head)
    this.#deps = deps
    this.doc = doc
    this.digest = new ContentDigest(doc)
    this.#owners = new ClientOwners(deps.log, doc)
    this.head = loaded.head
    this.snapshotSeq = loaded.snapshotSeq
    this.revision = loaded.revision
    this.bytes = loaded.tail.reduce((sum, update) => sum + update.bytes.length, loaded.snapshot?.length ?? 0)
  }

  get name(): string {
    return this.doc.name
  }

  /** The memory it takes. */
  get holding(): Holding {
    return this.#heap.holding
  }

  get heapBytes(): number {
    return this.holding.bytes
  }

  /** Counts its memory by what a compaction found it to take at a seq. */
  settleHeap(seq: Seq, heapBytes: number): void {
    this.#heap.settle(this.head, seq, heapBytes)
  }

  /** Whether a commit is under way. */
  get isCommitting(): boolean {
    return this.#pending > 0
  }

  /**
   * Admits an update, commits what is new of it and applies it. Resolves when all of it is in the log; throws
   * `DocumentClosed` when it is refused or cannot be written.
   */
  receive(author: Author, bytes: Uint8Array): Promise<Received> {
    return this.#take(author, bytes, false)
  }

  async #take(author: Author, bytes: Uint8Array, isProven: boolean): Promise<Received> {
    const decoded = readUpdate(bytes)
    if (!decoded.ok) throw refused(decoded.error)
    let admission = this.#admit(decoded.value, bytes)
    if (admission.kind === 'gap') {
      // The device may come from another node and rightly know more than this process.
      await this.catchUp()
      admission = this.#admit(decoded.value, bytes)
      if (admission.kind === 'gap') return 'missing'
    }
    if (admission.kind === 'known') {
      await this.settled()
      return 'held-by-log'
    }
    if (!author.canWrite) throw refused('role')
    const claims = this.#owners.unclaimed(author.userId, admission.newClients)
    if (!admission.isCertain && !isProven) {
      await this.#prove(admission.bytes)
      return this.#take(author, bytes, true)
    }
    const inDoubt = this.#owners.inDoubt(claims)
    if (inDoubt.length > 0) await this.#checkOwners(author.userId, claims, inDoubt)
    await this.#commit(author, admission.bytes, admission.newClients[0] ?? null, claims)
    return 'held-by-log'
  }

  /** Resolves when every update accepted so far is committed: what is read from memory then is in the log. */
  async settled(): Promise<void> {
    if (this.#pending > 0) await this.#newestCommit
    this.#assertIntact()
  }

  /** A hint that the log has reached `seq`, that it was deleted, or that its epoch is over. */
  onHint(seq: Seq): void {
    if (seq === DELETED_SEQ) {
      this.breakApart(refused('not-found'))
      return
    }
    if (seq === ENDED_SEQ) {
      this.breakApart(refusedOldEpoch(this.name))
      return
    }
    this.#hinted = Math.max(this.#hinted, seq)
    this.#followHint()
  }

  /** Gives the document up when its log was changed since it was loaded. */
  onRevised(revision: number): void {
    if (revision > this.revision) this.breakApart(new Error('a part of the log was set aside'))
  }

  // What is being committed here is applied when it is, and would only be read a second time.
  #followHint(): void {
    if (this.#hinted > this.head && this.#pending === 0 && !this.isBroken) this.#catchUpOrBreak()
  }

  #admit(decoded: DecodedUpdate, bytes: Uint8Array): Admission {
    this.#assertIntact()
    const { limits, now } = this.#deps
    const admission = admitUpdate(decoded, bytes, this.doc, { nowMs: now(), stampAheadMs: limits.stampAheadMs })
    if (!admission.ok) throw refused(admission.error)
    return admission.value
  }

  // What it builds on may still be on its way to the log that it is tried on.
  async #prove(bytes: Uint8Array): Promise<void> {
    await this.settled()
    const reason = await this.#deps.prover.prove(this.name, bytes)
    if (reason !== null) throw refused(reason)
    this.#assertIntact()
  }

  async #checkOwners(userId: string, clients: readonly number[], inDoubt: readonly number[]): Promise<void> {
    await this.#owners.ask(inDoubt)
    this.#owners.unclaimed(userId, clients)
    this.#assertIntact()
  }

  async #commit(author: Author, bytes: Uint8Array, clientId: number | null, claims: readonly number[]): Promise<void> {
    const { commits, limits } = this.#deps
    const admitting = this.#requireRoom(bytes)
    if (admitting !== undefined) await admitting
    if (commits.queuedBytes > limits.commitQueueBytes) throw retry('busy')
    if (!this.#deps.room.takeDisk(author.userId, this.name, bytes.length)) throw refused('rate-limited')
    // Showing an edit before its commit is safe only among devices of one user: after a crash they would send it again,
    // and its client id is theirs, or nobody's yet. Anybody else would be refused for it.
    const unclaimed = this.#owners.unclaimed(author.userId, claims)
    const isEarly = !unclaimed.some((client) => this.#owners.isWritten(client)) && author.isAlone()
    this.#pending++
    this.#pendingBytes += bytes.length
    const update = { document: this.name, bytes, userId: author.userId, clientId, claims: unclaimed }
    const committing = commits.append(update, isEarly ? 'soon' : 'now')
    this.#newestCommit = committing
    const tellCommitted = isEarly ? author.applyEarly(bytes) : null
    const outcome = await committing
    this.#pending--
    this.#pendingBytes -= bytes.length
    this.#conclude(outcome, isEarly)
    if (outcome.kind !== 'committed') {
      this.#followHint()
      throw this.#failure(outcome)
    }
    this.#owners.claimed(author.userId, unclaimed)
    tellCommitted?.()
    if (!isEarly && !this.isBroken) this.#show(author, bytes)
    this.#advance(outcome.seq, bytes)
  }

  // Without waiting while there is room, so that two devices with the same edit do not both find it new.
  #requireRoom(bytes: Uint8Array): Promise<void> | undefined {
    const freed = () => contentBytes(this.doc, decodeUpdate(bytes).deleted)
    const admitted = this.#deps.room.admits(this, { update: bytes, underWay: this.#pendingBytes, freed })
    if (admitted === true) return undefined
    return admitted.then((isAdmitted) => {
      this.#assertIntact()
      if (!isAdmitted) throw refused('workspace-full')
    })
  }

  #show(author: Author, bytes: Uint8Array): void {
    try {
      author.apply(bytes)
    } catch (error) {
      this.breakApart(error)
      throw retry('unavailable', error)
    }
  }

  #conclude(outcome: AppendOutcome, isEarly: boolean): void {
    if (outcome.kind === 'old-epoch') this.breakApart(refusedOldEpoch(this.name))
    else if (outcome.kind !== 'committed' && (isEarly || outcome.kind === 'failed')) {
      this.breakApart(outcome.kind === 'failed' ? outcome.cause : null)
    }
  }

  #failure(outcome: AppendOutcome): Error {
    if (outcome.kind === 'old-epoch') return refusedOldEpoch(this.name)
    return outcome.kind === 'failed' ? retry('unavailable', outcome.cause) : refused('foreign-client-id')
  }

  #grow(bytes: Uint8Array): void {
    this.bytes += bytes.length
    this.#heap.add(bytes)
  }

  #advance(seq: Seq, bytes: Uint8Array): void {
    this.#grow(bytes)
    this.#breakWhenPending()
    if (seq === this.head + 1) this.head = seq
    // Another process appended in between.
    else if (seq > this.head) this.#catchUpOrBreak()
    this.#followHint()
    this.#deps.onCommitted(this, seq)
  }

  async #readTail(): Promise<void> {
    for (;;) {
      const page = await this.#readPage()
      this.#assertIntact()
      const first = page[0]
      if (first === undefined ? this.head < this.#hinted : first.seq > this.head + 1) {
        // The tail was trimmed under a document that slept: only a fresh load is complete.
        this.breakApart(new Error('the log was trimmed past this document'))
        this.#assertIntact()
      }
      if (first !== undefined) this.#takeIn(page)
      if (page.length < CATCH_UP_PAGE) {
        this.#breakWhenPending()
        this.#assertIntact()
        return
      }
    }
  }

  async #readPage(): Promise<readonly LoggedUpdate[]> {
    try {
      return await this.#deps.log.readTail(this.name, this.head, CATCH_UP_PAGE)
    } catch (error) {
      // Only a load can go on past it.
      if (error instanceof UnreadableRow) this.breakApart(error)
      throw error
    }
  }

  #takeIn(page: readonly LoggedUpdate[]): void {
    try {
      this.doc.transact(
        () => {
          for (const update of page) {
            if (update.seq !== this.head + 1) continue
            Y.applyUpdate(this.doc, update.bytes)
            this.#grow(update.bytes)
            this.head = update.seq
          }
        },
        { source: 'local', skipStoreHooks: true },
      )
    } catch (error) {
      this.breakApart(error)
      throw retry('resync', error)
    }
  }

  // What waits in Yjs goes out with every handshake. A load finds out which row brought it.
  #breakWhenPending(): void {
    if (hasPending(this.doc)) this.breakApart(new Error('a part of the log builds on something that is not there'))
  }

  #catchUpOrBreak(): void {
    this.catchUp().catch((error: unknown) => this.breakApart(error))
  }

  /** Gives the document up: whoever waits is told to come back, and the next connection loads it afresh. */
  breakApart(cause: unknown): void {
    if (this.isBroken) return
    this.isBroken = true
    this.#deps.onBroken(this, cause)
  }

  #assertIntact(): void {
    if (this.isBroken) throw retry('resync')
  }
}
