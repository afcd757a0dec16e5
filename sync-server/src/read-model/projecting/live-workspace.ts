import type { Replica, Written } from '../../log/replicas/replica.ts'
import type { Resident } from '../../log/replicas/replicas.ts'
import type { AuthoredUpdate } from '../../log/update-history.ts'
import type { Seq } from '../../log/update-log.ts'
import { INDEXERS } from '../indexers/indexers.ts'
import type { WorkspaceSeq } from '../workspace-store.ts'
import { BlockedQuests } from './blocked-quests.ts'
import { ProjectionBatch } from './projection-batch.ts'

/** A workspace in memory. At rest it stands where the rows stand, so that what it takes in next is what they lack. */
export class LiveWorkspace implements Resident {
  readonly workspaceId: string
  readonly epoch: number
  readonly base: WorkspaceSeq
  readonly replica: Replica
  /** The revision of the log, no later than what the replica was made from. */
  readonly revision: number
  readonly #blocked: BlockedQuests

  constructor(workspaceId: string, epoch: number, base: WorkspaceSeq, replica: Replica, revision: number) {
    this.workspaceId = workspaceId
    this.epoch = epoch
    this.base = base
    this.replica = replica
    this.revision = revision
    this.#blocked = new BlockedQuests(replica)
  }

  /** The document's seq it stands at. */
  get seq(): Seq {
    return this.replica.seq
  }

  /** A seq of the document as a place in the workspace's history. */
  placeOf(seq: Seq): WorkspaceSeq {
    return this.base + seq
  }

  /** Applies updates, and gathers what those after `from` change. */
  takeIn(updates: readonly AuthoredUpdate[], from: Seq): ProjectionBatch {
    const batch = new ProjectionBatch()
    for (const update of updates) {
      const changes = this.replica.apply(update)
      const flipped = this.#blocked.update(changes)
      const by = { seq: this.placeOf(update.seq), userId: update.userId, at: update.at }
      if (update.seq > from) batch.add(changes, flipped, by)
    }
    return batch
  }

  /** Gathers what was written on the replica, as it stands in the log. */
  tell(written: Written, seq: Seq, userId: string, at: Date): ProjectionBatch {
    const batch = new ProjectionBatch()
    batch.add(written.changes, this.#blocked.update(written.changes), { seq: this.placeOf(seq), userId, at })
    return batch
  }

  /** A batch of all there is, as changed by the update it stands at. */
  everything(): ProjectionBatch {
    const batch = new ProjectionBatch()
    for (const { table } of INDEXERS) {
      for (const id of this.replica.ids(table)) batch.mark(table, id, this.placeOf(this.seq), true)
    }
    return batch
  }

  destroy(): void {
    this.replica.destroy()
  }
}
