import { CompiledQuery, sql, type Transaction } from 'kysely'
import type { Tables } from '../../db/tables.ts'
import type { Seq } from '../../log/update-log.ts'
import { storableJson } from '../storable.ts'
import { type ActivityEntry, NOTES } from './activity.ts'
import type { LiveWorkspace } from './live-workspace.ts'
import type { ProjectionBatch } from './projection-batch.ts'
import { type RowsTarget, writeRows } from './write-rows.ts'

/** Of the edits one person makes to one note, one within this time is told. */
const NOTE_ACTIVITY_MS = 5 * 60_000

/** So that a large batch is neither one long string nor one long turn. */
const ENTRIES_PER_STATEMENT = 1_000

const tell = `insert into activity (workspace_id, seq, n, at, user_id, change, kind, record_id, quest_id, field, before, after)
    select $1, fresh.seq, n, at, user_id, change, kind, record_id, quest_id, field, before, after
    from json_to_recordset($2::json) as fresh(seq bigint, n int, at timestamptz, user_id text, change text, kind text,
      record_id text, quest_id text, field text, before jsonb, after jsonb)`

const moveAndTell = `with moved as (
    update read_cursors set seq = $5 where workspace_id = $1 and epoch = $3 and seq = $4 returning seq
  ), told as (
    ${tell}
    where exists (select from moved)
  )
  select seq from moved`

/**
 * Moves a workspace's cursor from one seq to another and writes what lies between; false, with nothing written, where
 * the cursor does not stand there. The live workspace must stand at the later seq. Throws between statements when the
 * process stops.
 */
export async function writeBatch(
  target: RowsTarget,
  live: LiveWorkspace,
  batch: ProjectionBatch,
  range: { readonly from: Seq; readonly to: Seq },
): Promise<boolean> {
  const { transaction, stopping } = target
  stopping.throwIfAborted()
  const { workspaceId } = live
  const activity = await withoutRepeatedNotes(transaction, workspaceId, batch.activity)
  const first = storableJson(activity.slice(0, ENTRIES_PER_STATEMENT))
  const values = [workspaceId, first, live.epoch, range.from, range.to]
  const moved = await transaction.executeQuery(CompiledQuery.raw(moveAndTell, values))
  if (moved.rows.length === 0) return false
  for (let start = ENTRIES_PER_STATEMENT; start < activity.length; start += ENTRIES_PER_STATEMENT) {
    stopping.throwIfAborted()
    const page = storableJson(activity.slice(start, start + ENTRIES_PER_STATEMENT))
    await transaction.executeQuery(CompiledQuery.raw(tell, [workspaceId, page]))
  }
  await writeRows(target, workspaceId, live.replica, batch)
  return true
}

/**
 * Leaves out an edit to a note that follows shortly after another by the same person; the loss of most text is always
 * listed.
 */
async function withoutRepeatedNotes(
  transaction: Transaction<Tables>,
  workspaceId: string,
  activity: readonly ActivityEntry[],
): Promise<readonly ActivityEntry[]> {
  const notes = activity.filter((entry) => entry.field === NOTES)
  if (notes.length === 0) return activity
  const ids = [...new Set(notes.map((entry) => entry.record_id))]
  const { rows } = await sql<{ record_id: string; user_id: string; at: Date }>`
    select distinct on (record_id, user_id) record_id, user_id, at from activity
    where workspace_id = ${workspaceId} and kind = 'quests' and record_id = any(${ids}::text[]) and field = ${NOTES}
    order by record_id, user_id, seq desc`.execute(transaction)
  const told = new Map(rows.map((row) => [`${row.record_id} ${row.user_id}`, row.at.getTime()]))
  return activity.filter((entry) => {
    if (entry.field !== NOTES) return true
    const about = `${entry.record_id} ${entry.user_id}`
    const atMs = Date.parse(entry.at)
    const before = told.get(about)
    if (entry.change === 'changed' && before !== undefined && atMs < before + NOTE_ACTIVITY_MS) return false
    told.set(about, atMs)
    return true
  })
}
