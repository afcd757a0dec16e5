import type { CommitQueue } from '../../log/commit-queue.ts'
import type { Seq, UpdateLog } from '../../log/update-log.ts'
import type { Prover } from '../admission/prover.ts'
import type { DocumentRoom } from '../limits/document-room.ts'
import type { SyncLimits } from '../limits/sync-limits.ts'

/** Who sent an update, as far as the document cares. */
export interface Author {
  readonly userId: string
  readonly canWrite: boolean
  /** Whether more of what they sent waits for this one to be committed. */
  readonly hasMore: boolean
  /** Applies to the open document and shows the change to every other socket; the author's own needs no echo. */
  apply(bytes: Uint8Array): void
  /** The same ahead of the commit. Returns how to tell those who were shown the change that it is committed. */
  applyEarly(bytes: Uint8Array): () => void
  /** Whether everybody who has the document open is this same user. */
  isAlone(): boolean
}

export interface OpenDocumentDeps {
  readonly log: UpdateLog
  readonly commits: CommitQueue
  readonly room: Pick<DocumentRoom, 'admits' | 'takeDisk'>
  readonly prover: Pick<Prover, 'prove'>
  readonly limits: SyncLimits
  readonly now: () => number
  /** Called after each commit of this document. */
  readonly onCommitted: (seq: Seq) => void
  /** The document in memory no longer matches the log: close it everywhere and forget it. */
  readonly onBroken: (cause: unknown) => void
}
