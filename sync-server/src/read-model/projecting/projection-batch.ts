import { questIdOfCompletion } from '@questlog/shared/domain/completions/completion'
import type { ReadTable } from '@questlog/shared/domain/kinds/record-kinds'
import type { ReplicaChanges } from '../../log/replicas/replica.ts'
import type { Indexer } from '../indexers/indexer.ts'
import { INDEXERS } from '../indexers/indexers.ts'
import type { WorkspaceSeq } from '../workspace-store.ts'
import { type ActivityEntry, type Authorship, activityOf } from './activity.ts'

/** A record whose row must be written. */
export interface DirtyRecord {
  /** The last update that changed it. */
  readonly seq: WorkspaceSeq
  /** Whether what it is found by may have changed. */
  readonly isReworded: boolean
}

const indexers = new Map<string, Indexer>(INDEXERS.map((indexer) => [indexer.table, indexer]))
const TITLE = 'title'

/** What one or more updates of a workspace do to its rows: records to write once, and activity for each update. */
export class ProjectionBatch {
  readonly dirty = new Map<ReadTable, Map<string, DirtyRecord>>()
  readonly activity: ActivityEntry[] = []

  /** Adds what an update changed, `flipped` being the quests it made blocked or unblocked. */
  add(changes: ReplicaChanges, flipped: readonly string[], by: Authorship): void {
    this.activity.push(...activityOf(changes, by))
    for (const { table, id, before, after } of changes.records) {
      const indexer = indexers.get(table)
      if (indexer === undefined) continue
      this.mark(indexer.table, id, by.seq, before === undefined || before[TITLE] !== after?.[TITLE])
      if (table === 'completions') this.mark('quests', questIdOfCompletion(id), by.seq, false)
    }
    for (const id of changes.notes.keys()) this.mark('quests', id, by.seq, true)
    for (const id of flipped) this.mark('quests', id, by.seq, false)
  }

  /** Has a record's row written. */
  mark(table: ReadTable, id: string, seq: WorkspaceSeq, isReworded: boolean): void {
    const records = this.dirty.get(table) ?? new Map<string, DirtyRecord>()
    this.dirty.set(table, records)
    records.set(id, { seq, isReworded: isReworded || (records.get(id)?.isReworded ?? false) })
  }
}
