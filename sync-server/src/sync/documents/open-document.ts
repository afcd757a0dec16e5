import type { Document } from '@hocuspocus/server'
import { ContentDigest } from '@questlog/shared/store/content-digest'
import { DELETED_SEQ } from '../../log/delete-documents.ts'
import { ENDED_SEQ } from '../../log/ended-epochs.ts'
import type { AppendOutcome, LoadedDocument, Seq } from '../../log/update-log.ts'
import { contentBytes } from '../../log/updates/content-bytes.ts'
import { type DecodedUpdate, decodeUpdate } from '../../log/updates/decode-update.ts'
import type { Holding } from '../../memory/memory-budget.ts'
import { type Admission, admitUpdate, readUpdate } from '../admission/admit-update.ts'
import { refused, refusedOldEpoch, retry } from '../refusals/refusal.ts'
import { ClientOwners } from './client-owners.ts'
import { CountedHeap } from './counted-heap.ts'
import { LogFollower } from './log-follower.ts'
import type { Author, OpenDocumentDeps } from './open-document-deps.ts'

/** What `receive` did with an update: `missing` asks the caller to bring the predecessors first. */
export type Received = 'held-by-log' | 'missing'

/** A document in memory together with its place in the log. */
export class OpenDocument {
  readonly doc: Document
  /** Counts nothing before somebody asks for it. */
  readonly digest: ContentDigest
  readonly #deps: OpenDocumentDeps
  readonly #owners: ClientOwners
  readonly #follower: LogFollower
  snapshotSeq: Seq
  /** The log's revision when it was loaded. */
  readonly revision: number
  /** Encoded bytes of the snapshot and of every update since. */
  bytes: number
  isBroken = false
  #newestCommit: Promise<unknown> = Promise.resolve()
  #pending = 0
  #pendingBytes = 0
  readonly #heap: CountedHeap

  constructor(deps: OpenDocumentDeps, doc: Document, loaded: LoadedDocument, holding: Holding) {
    this.#heap = new CountedHeap(holding, loaded.head)
    this.#deps = deps
    this.doc = doc
    this.digest = new ContentDigest(doc)
    this.#owners = new ClientOwners(deps.log, doc)
    this.#follower = new LogFollower(
      {
        log: deps.log,
        doc,
        isAtRest: () => this.#pending === 0 && !this.isBroken,
        onApplied: (bytes) => this.#grow(bytes),
        breakApart: (cause) => this.breakApart(cause),
        assertIntact: () => this.#assertIntact(),
      },
      loaded.head,
    )
    this.snapshotSeq = loaded.snapshotSeq
    this.revision = loaded.revision
    this.bytes = loaded.tail.reduce((sum, update) => sum + update.bytes.length, loaded.snapshot?.length ?? 0)
  }

  get name(): string {
    return this.doc.name
  }

  /** The newest seq that is known to be applied, with everything before it. */
  get head(): Seq {
    return this.#follower.head
  }

  /** Applies everything that other writers appended to the log before the call. Throws when the log cannot be read. */
  catchUp(): Promise<void> {
    return this.#follower.catchUp()
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
    this.#follower.hint(seq)
  }

  /** Gives the document up when its log was changed since it was loaded. */
  onRevised(revision: number): void {
    if (revision > this.revision) this.breakApart(new Error('a part of the log was set aside'))
  }

  #admit(decoded: DecodedUpdate, bytes: Uint8Array): Admission {
    this.#assertIntact()
    const { limits, now } = this.#deps
    const admission = admitUpdate(decoded, bytes, this.doc, { nowMs: now(), stampAheadMs: limits.stampAheadMs })
    if (!admission.ok) throw refused(admission.error)
    return admission.value
  }

  // What it builds on may still be on its way to the log, on which it is tried.
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
    const committing = commits.append(update, isEarly && !author.hasMore ? 'soon' : 'now')
    this.#newestCommit = committing
    const tellCommitted = isEarly ? author.applyEarly(bytes) : null
    const outcome = await committing
    this.#pending--
    this.#pendingBytes -= bytes.length
    this.#conclude(outcome, isEarly)
    if (outcome.kind !== 'committed') {
      this.#follower.follow()
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
    this.#follower.committed(seq)
    this.#deps.onCommitted(seq)
  }

  /** Gives the document up: those who wait are told to come back, and the next connection loads it afresh. */
  breakApart(cause: unknown): void {
    if (this.isBroken) return
    this.isBroken = true
    this.#deps.onBroken(cause)
  }

  #assertIntact(): void {
    if (this.isBroken) throw retry('resync')
  }
}
