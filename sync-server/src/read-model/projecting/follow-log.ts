import { sql } from 'kysely'
import type { Database } from '../../db/tables.ts'
import type { AuthoredUpdate } from '../../sync/log/update-history.ts'
import type { Seq } from '../../sync/log/update-log.ts'
import { drop, type Slot } from '../../sync/replicas/replicas.ts'
import { ROWS_VERSION } from '../indexers/indexers.ts'
import { LiveWorkspace } from '../live-workspace.ts'
import { loadReplica, type ReplicaDeps } from './load-replica.ts'
import { type Cursor, documentOf, type Position } from './positions.ts'
import { rebuildRows } from './rebuild-rows.ts'
import { writeBatch } from './write-batch.ts'

export interface FollowDeps extends ReplicaDeps {
  readonly db: Database
}

const PAGE = 200

/**
 * Brings a workspace's rows, and the replica in its slot, to where its log stood at a position or beyond. Several
 * processes may do so at once: the cursor's row is the lock, and whoever comes second only reads along. Null where
 * another process made the rows anew meanwhile: read the position again.
 */
export async function followLog(
  deps: FollowDeps,
  slot: Slot<LiveWorkspace>,
  position: Position,
): Promise<LiveWorkspace | null> {
  const { epoch, head, cursor } = position
  if (cursor === null || cursor.version < ROWS_VERSION) return rebuildRows(deps, slot, position)
  if (cursor.epoch < epoch) {
    await finishEpoch(deps, slot, cursor, position.revision)
    return rebuildRows(deps, slot, position)
  }
  const live = await openAt(deps, slot, cursor, position.revision)
  if (live === null) return rebuildRows(deps, slot, position)
  await readOn(deps, slot, live, head)
  return live
}

/** The live workspace at the cursor or beyond it, as others may have moved it; null where the log was trimmed there. */
async function openAt(
  deps: FollowDeps,
  slot: Slot<LiveWorkspace>,
  cursor: Cursor,
  revision: number,
): Promise<LiveWorkspace | null> {
  const { workspaceId, resident } = slot
  const isOfCursor = resident?.epoch === cursor.epoch && resident.base === cursor.base
  if (isOfCursor && resident.revision === revision) {
    // Rows that stand behind their replica were taken back: by a restored database, or by a process of an older version.
    if (resident.seq <= cursor.seq) return resident
  }
  drop(slot)
  const name = documentOf(workspaceId, cursor.epoch)
  const replica = await loadReplica(deps, slot, { db: deps.db, name, seq: cursor.seq })
  if (replica === null) return null
  slot.resident = new LiveWorkspace(workspaceId, cursor.epoch, cursor.base, replica, revision)
  return slot.resident
}

async function readOn(deps: FollowDeps, slot: Slot<LiveWorkspace>, live: LiveWorkspace, head: Seq): Promise<void> {
  while (live.seq < head) {
    const page = await deps.historyOf(deps.db).read(live.replica.name, live.seq, PAGE)
    if (page[0]?.seq !== live.seq + 1) throw new Error(`the log of ${live.replica.name} was trimmed past its rows`)
    try {
      await projectPage(deps.db, live, page)
    } catch (error) {
      // It may be ahead of the rows now.
      drop(slot)
      throw error
    }
  }
}

async function projectPage(db: Database, live: LiveWorkspace, page: readonly AuthoredUpdate[]): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ seq: string }>`select seq from read_cursors
      where workspace_id = ${live.workspaceId} and epoch = ${live.epoch} for update`.execute(transaction)
    const from = Number(rows[0]?.seq ?? Number.NaN)
    const batch = live.takeIn(page, from)
    if (Number.isNaN(from)) throw new Error(`the rows of ${live.replica.name} are gone`)
    if (live.seq <= from) return
    if (!(await writeBatch(transaction, live, batch, { from, to: live.seq }))) {
      throw new Error(`the cursor of ${live.workspaceId} moved under its lock`)
    }
  })
}

/** Projects what an epoch that is over still holds, for its activity; what was trimmed of it is passed over. */
async function finishEpoch(
  deps: FollowDeps,
  slot: Slot<LiveWorkspace>,
  cursor: Cursor,
  revision: number,
): Promise<void> {
  const live = await openAt(deps, slot, cursor, revision)
  if (live === null) return
  const { rows } = await sql<{ seq: string }>`select seq from doc_heads where doc = ${live.replica.name}`.execute(
    deps.db,
  )
  await readOn(deps, slot, live, Number(rows[0]?.seq ?? live.seq))
}
