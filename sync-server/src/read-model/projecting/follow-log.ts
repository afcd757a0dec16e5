import { sql } from 'kysely'
import type { Database } from '../../db/tables.ts'
import { drop, type Slot } from '../../log/replicas/replicas.ts'
import type { AuthoredUpdate } from '../../log/update-history.ts'
import type { Seq } from '../../log/update-log.ts'
import { documentOf } from '../../log/workspace-document.ts'
import { ROWS_VERSION } from '../indexers/indexers.ts'
import { crossOver, openNext, readEpochHeads, revisionOf } from './cross-epochs.ts'
import { LiveWorkspace } from './live-workspace.ts'
import { loadReplica, type ReplicaDeps } from './load-replica.ts'
import type { Cursor, Position } from './positions.ts'
import { rebuildRows } from './rebuild-rows.ts'
import { writeBatch } from './write-batch.ts'

export interface FollowDeps extends ReplicaDeps {
  readonly db: Database
}

const PAGE = 200

/**
 * Brings a workspace's rows, and the replica in its slot, to where its log stood at a position or beyond. Several
 * processes may do so at once: the cursor's row is the lock, and whoever comes second only reads along. Null where
 * another process rebuilt the rows meanwhile: read the position again.
 */
export async function followLog(
  deps: FollowDeps,
  slot: Slot<LiveWorkspace>,
  position: Position,
): Promise<LiveWorkspace | null> {
  const { epoch, head, cursor } = position
  if (cursor === null || cursor.version < ROWS_VERSION) return rebuildRows(deps, slot, position)
  const live = await (cursor.epoch < epoch
    ? followEpochs(deps, slot, cursor, epoch)
    : openAt(deps, slot, cursor, position.revision))
  if (live === 'moved') return null
  if (live === null) return rebuildRows(deps, slot, position)
  return (await readOn(deps, slot, live, head)) ? live : null
}

/** Brings the rows to the beginning of an epoch, through all epochs before it; null if a part of those was trimmed. */
async function followEpochs(
  deps: FollowDeps,
  slot: Slot<LiveWorkspace>,
  cursor: Cursor,
  epoch: number,
): Promise<LiveWorkspace | null | 'moved'> {
  const heads = await readEpochHeads(deps.db, slot.workspaceId)
  let live = await openAt(deps, slot, cursor, revisionOf(heads, cursor.epoch))
  while (live !== null && live.epoch < epoch) {
    if (!(await readOn(deps, slot, live, heads.get(live.epoch)?.seq ?? live.seq))) return 'moved'
    const ended = live
    live = await openNext(deps, slot, ended, heads)
    if (live !== null && !(await crossOver(deps.db, ended, live))) {
      drop(slot)
      return 'moved'
    }
  }
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

/** Whether the rows could be brought to a head; false if they no longer belong to the live workspace's epoch. */
async function readOn(deps: FollowDeps, slot: Slot<LiveWorkspace>, live: LiveWorkspace, head: Seq): Promise<boolean> {
  while (live.seq < head) {
    const page = await deps.historyOf(deps.db).read(live.replica.name, live.seq, PAGE)
    if (page[0]?.seq !== live.seq + 1) throw new Error(`the log of ${live.replica.name} was trimmed past its rows`)
    try {
      if (await projectPage(deps, live, page)) continue
      drop(slot)
      return false
    } catch (error) {
      // It may be ahead of the rows now.
      drop(slot)
      throw error
    }
  }
  return true
}

async function projectPage(
  { db, stopping }: FollowDeps,
  live: LiveWorkspace,
  page: readonly AuthoredUpdate[],
): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    const { rows } = await sql<{ seq: string }>`select seq from read_cursors
      where workspace_id = ${live.workspaceId} and epoch = ${live.epoch} for update`.execute(transaction)
    const [row] = rows
    if (row === undefined) return false
    const from = Number(row.seq)
    const batch = live.takeIn(page, from)
    if (live.seq <= from) return true
    if (!(await writeBatch({ transaction, stopping }, live, batch, { from, to: live.seq }))) {
      throw new Error(`the cursor of ${live.workspaceId} moved under its lock`)
    }
    return true
  })
}
