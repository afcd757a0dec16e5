import { sql, type Transaction } from 'kysely'
import type { Database, Tables } from '../../db/tables.ts'
import type { Seq } from '../../sync/log/update-log.ts'
import { drop, type Slot } from '../../sync/replicas/replicas.ts'
import { INDEXERS, ROWS_VERSION } from '../indexers/indexers.ts'
import { LiveWorkspace } from '../live-workspace.ts'
import type { WorkspaceSeq } from '../workspace-store.ts'
import { WORKSPACE } from './activity.ts'
import { loadReplica, type ReplicaDeps } from './load-replica.ts'
import { documentOf, type Position } from './positions.ts'
import { writeBatch } from './write-batch.ts'

interface RebuildDeps extends ReplicaDeps {
  readonly db: Database
}

const PAGE = 500
/** The first update of a later epoch carries over all that the one before held: nobody did that. */
const CARRIED_OVER = 1

/**
 * Makes a workspace's rows anew from as far back as its log goes, in one transaction; activity from before that stays.
 * Readers see the former rows until it commits. Null, with nothing done, where the rows no longer are where the position
 * says.
 */
export async function rebuildRows(
  deps: RebuildDeps,
  slot: Slot<LiveWorkspace>,
  position: Position,
): Promise<LiveWorkspace | null> {
  const { workspaceId, epoch, head, revision } = position
  drop(slot)
  slot.resident = await deps.db.transaction().execute(async (transaction) => {
    const history = deps.historyOf(transaction)
    const name = documentOf(workspaceId, epoch)
    const start = await history.beginning(name, epoch === 1 ? 0 : CARRIED_OVER)
    const base = await resetCursor(transaction, position, start)
    if (base === null) return null
    const replica = await loadReplica(deps, slot, { db: transaction, name, seq: start })
    if (replica === null) throw new Error(`the log of ${name} was trimmed while it was read`)
    const live = new LiveWorkspace(workspaceId, epoch, base, replica, revision)
    for (const { table } of INDEXERS) {
      await sql`delete from ${sql.table(table)} where workspace_id = ${workspaceId}`.execute(transaction)
    }
    const since = live.placeOf(start)
    // That a workspace was put back is told by nothing in its log.
    await sql`delete from activity where workspace_id = ${workspaceId} and seq > ${since} and kind <> ${WORKSPACE}`.execute(
      transaction,
    )
    await writeBatch(transaction, live, live.everything(), { from: start, to: start })
    while (live.seq < head) {
      const from = live.seq
      const page = await history.read(name, from, PAGE)
      if (page[0] === undefined) throw new Error(`the log of ${name} ends before its head`)
      await writeBatch(transaction, live, live.takeIn(page, from), { from, to: live.seq })
    }
    return live
  })
  return slot.resident
}

/** Locks the cursor and puts it to the start; how long the history was when the epoch began, null where it moved. */
async function resetCursor(
  transaction: Transaction<Tables>,
  { workspaceId, epoch, cursor }: Position,
  start: Seq,
): Promise<WorkspaceSeq | null> {
  const isSameEpoch = cursor?.epoch === epoch
  const base = cursor === null ? await lengthBefore(transaction, workspaceId, epoch) : cursor.base
  const next = { epoch, seq: start, base: isSameEpoch || cursor === null ? base : base + cursor.seq }
  const values = { ...next, seq: `${next.seq}`, base: `${next.base}`, version: ROWS_VERSION }
  const changed =
    cursor === null
      ? await transaction
          .insertInto('read_cursors')
          .values({ workspace_id: workspaceId, ...values })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst()
      : await transaction
          .updateTable('read_cursors')
          .set(values)
          .where('workspace_id', '=', workspaceId)
          .where('epoch', '=', cursor.epoch)
          .where('seq', '=', `${cursor.seq}`)
          .where('version', '=', cursor.version)
          .executeTakeFirst()
  const rows = 'numUpdatedRows' in changed ? changed.numUpdatedRows : changed.numInsertedOrUpdatedRows
  return rows === 1n ? next.base : null
}

/** How many updates the logs of earlier epochs hold. */
async function lengthBefore(transaction: Transaction<Tables>, workspaceId: string, epoch: number): Promise<number> {
  const { rows } = await sql<{ length: string }>`select coalesce(sum(seq), 0) as length from doc_heads
    where doc >= 'w:' || ${workspaceId}::text || ':' and doc < 'w:' || ${workspaceId}::text || ';'
      and epoch < ${epoch}::int`.execute(transaction)
  return Number(rows[0]?.length ?? 0)
}
