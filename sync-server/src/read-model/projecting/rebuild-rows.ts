import { sql, type Transaction } from 'kysely'
import type { Database, Tables } from '../../db/tables.ts'
import { drop, type Slot } from '../../log/replicas/replicas.ts'
import type { UpdateHistory } from '../../log/update-history.ts'
import type { Seq } from '../../log/update-log.ts'
import { documentOf } from '../../log/workspace-document.ts'
import { INDEXERS, ROWS_VERSION } from '../indexers/indexers.ts'
import type { WorkspaceSeq } from '../workspace-store.ts'
import { WORKSPACE } from './activity.ts'
import { CARRIED_OVER, crossOver, type EpochHeads, openNext, readEpochHeads, revisionOf } from './cross-epochs.ts'
import { LiveWorkspace } from './live-workspace.ts'
import { loadReplica, type ReplicaDeps } from './load-replica.ts'
import type { Position } from './positions.ts'
import { writeBatch } from './write-batch.ts'
import type { RowsTarget } from './write-rows.ts'

interface RebuildDeps extends ReplicaDeps {
  readonly db: Database
}

const PAGE = 500

/**
 * Rebuilds a workspace's rows from as far back as its logs go, through its epochs, in one transaction. Activity from
 * before that stays. Readers see the former rows until it commits. Null, with nothing done, where the rows no longer
 * are where the position says.
 */
export async function rebuildRows(
  deps: RebuildDeps,
  slot: Slot<LiveWorkspace>,
  position: Position,
): Promise<LiveWorkspace | null> {
  const { workspaceId, epoch, head } = position
  drop(slot)
  const rebuilt = await deps.db.transaction().execute(async (transaction) => {
    const rows = { transaction, stopping: deps.stopping }
    const history = deps.historyOf(transaction)
    const heads = await readEpochHeads(transaction, workspaceId)
    const start = await findStart(history, position, heads)
    if (!(await resetCursor(transaction, position, start))) return null
    const name = documentOf(workspaceId, start.epoch)
    const replica = await loadReplica(deps, slot, { db: transaction, name, seq: start.seq })
    if (replica === null) throw new Error(`the log of ${name} was trimmed while it was read`)
    let live = new LiveWorkspace(workspaceId, start.epoch, start.base, replica, revisionOf(heads, start.epoch))
    slot.resident = live
    for (const { table } of INDEXERS) {
      await sql`delete from ${sql.table(table)} where workspace_id = ${workspaceId}`.execute(transaction)
    }
    const since = live.placeOf(start.seq)
    // Nothing in its log says that a workspace was put back.
    await sql`delete from activity where workspace_id = ${workspaceId} and seq > ${since} and kind <> ${WORKSPACE}`.execute(
      transaction,
    )
    await writeBatch(rows, live, live.everything(), { from: start.seq, to: start.seq })
    while (live.epoch < epoch) {
      await replay(rows, history, live, heads.get(live.epoch)?.seq ?? live.seq)
      const ended = live
      const next = await openNext({ ...deps, db: transaction }, slot, ended, heads)
      if (next === null) throw new Error(`the log of ${documentOf(workspaceId, ended.epoch + 1)} has no beginning`)
      await crossOver(transaction, ended, next)
      live = next
    }
    await replay(rows, history, live, head)
    return live
  })
  if (rebuilt === null) drop(slot)
  return rebuilt
}

/** Where the rows begin. */
interface Start {
  readonly epoch: number
  readonly seq: Seq
  /** How long the history was when the epoch began. */
  readonly base: WorkspaceSeq
}

/** The earliest place from which every update of this and all later epochs is there. */
async function findStart(history: UpdateHistory, { workspaceId, epoch }: Position, heads: EpochHeads): Promise<Start> {
  const beginning = (of: number) => history.beginning(documentOf(workspaceId, of), of === 1 ? 0 : CARRIED_OVER)
  let start = { epoch, seq: await beginning(epoch) }
  while (start.seq === CARRIED_OVER && heads.has(start.epoch - 1)) {
    const seq = await beginning(start.epoch - 1)
    if (seq === null) break
    start = { epoch: start.epoch - 1, seq }
  }
  if (start.seq === null) throw new Error(`the log of ${documentOf(workspaceId, epoch)} has a hole`)
  let base = 0
  for (const [of, head] of heads) if (of < start.epoch) base += head.seq
  return { ...start, seq: start.seq, base }
}

async function replay(rows: RowsTarget, history: UpdateHistory, live: LiveWorkspace, head: Seq): Promise<void> {
  while (live.seq < head) {
    const from = live.seq
    const page = await history.read(live.replica.name, from, PAGE)
    if (page[0] === undefined) throw new Error(`the log of ${live.replica.name} ends before its head`)
    await writeBatch(rows, live, live.takeIn(page, from), { from, to: live.seq })
  }
}

/** Locks the cursor and sets it to the start; false if it is no longer where the position says. */
async function resetCursor(
  transaction: Transaction<Tables>,
  { workspaceId, cursor }: Position,
  { epoch, seq, base }: Start,
): Promise<boolean> {
  const values = { epoch, seq: `${seq}`, base: `${base}`, version: ROWS_VERSION }
  if (cursor === null) {
    const { numInsertedOrUpdatedRows } = await transaction
      .insertInto('read_cursors')
      .values({ workspace_id: workspaceId, ...values })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    return numInsertedOrUpdatedRows === 1n
  }
  const { numUpdatedRows } = await transaction
    .updateTable('read_cursors')
    .set(values)
    .where('workspace_id', '=', workspaceId)
    .where('epoch', '=', cursor.epoch)
    .where('seq', '=', `${cursor.seq}`)
    .where('version', '=', cursor.version)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
