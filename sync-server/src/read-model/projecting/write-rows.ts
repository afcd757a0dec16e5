import { CompiledQuery, type Transaction } from 'kysely'
import type { Tables } from '../../db/tables.ts'
import type { Replica } from '../../log/replicas/replica.ts'
import { key } from '../indexers/column-values.ts'
import type { Indexer, WorkspaceView } from '../indexers/indexer.ts'
import { INDEXERS } from '../indexers/indexers.ts'
import { storableJson } from '../storable.ts'
import type { DirtyRecord, ProjectionBatch } from './projection-batch.ts'
import { rowStatements } from './row-statements.ts'

const ROWS_PER_STATEMENT = 1_000

/** Where rows are written. */
export interface RowsTarget {
  readonly transaction: Transaction<Tables>
  readonly stopping: AbortSignal
}

/** Writes the rows of a batch as the replica now has its records; those that are gone are removed. */
export async function writeRows(
  { transaction, stopping }: RowsTarget,
  workspaceId: string,
  replica: Replica,
  batch: ProjectionBatch,
): Promise<void> {
  const view: WorkspaceView = { workspaceId, state: replica.state, note: (id) => replica.note(id) }
  for (const indexer of INDEXERS) {
    const dirty = [...(batch.dirty.get(indexer.table) ?? [])]
    for (let start = 0; start < dirty.length; start += ROWS_PER_STATEMENT) {
      stopping.throwIfAborted()
      await writePage(transaction, view, indexer, dirty.slice(start, start + ROWS_PER_STATEMENT))
    }
  }
}

async function writePage(
  transaction: Transaction<Tables>,
  view: WorkspaceView,
  indexer: Indexer,
  dirty: readonly (readonly [id: string, DirtyRecord])[],
): Promise<void> {
  const { upsert, remove } = rowStatements(indexer.table)
  const rows: object[] = []
  const gone: string[] = []
  for (const [id, { seq, isReworded }] of dirty) {
    const row = indexer.row(view, id)
    if (row === null) {
      gone.push(key(id))
      continue
    }
    const words = isReworded ? indexer.words?.(view, id) : undefined
    const sought = words === undefined ? {} : { title_words: words.title, note_words: words.note }
    rows.push({ ...row.columns, ...sought, id: key(id), seq, record: row.record })
  }
  if (rows.length > 0) await transaction.executeQuery(CompiledQuery.raw(upsert, [view.workspaceId, storableJson(rows)]))
  if (gone.length > 0) await transaction.executeQuery(CompiledQuery.raw(remove, [view.workspaceId, gone]))
}
