import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../db/tables.ts'
import { drop, type Slot } from '../../log/replicas/replicas.ts'
import type { Seq } from '../../log/update-log.ts'
import { documentOf } from '../../log/workspace-document.ts'
import { LiveWorkspace } from './live-workspace.ts'
import { loadReplica, type ReplicaDeps } from './load-replica.ts'

/** A later epoch begins with an update that carries over all that the one before held: nobody did that. */
export const CARRIED_OVER: Seq = 1

/** Where the log of each epoch of a workspace stands, and at which revision, by epoch. */
export type EpochHeads = ReadonlyMap<number, { readonly seq: Seq; readonly revision: number }>

/** Reads where the logs of all epochs of a workspace stand. */
export async function readEpochHeads(db: Kysely<Tables>, workspaceId: string): Promise<EpochHeads> {
  const { rows } = await sql<{
    epoch: number
    seq: string
    revision: number
  }>`select epoch, seq, revision from doc_heads
    where doc >= 'w:' || ${workspaceId}::text || ':' and doc < 'w:' || ${workspaceId}::text || ';'`.execute(db)
  return new Map(rows.map(({ epoch, seq, revision }) => [epoch, { seq: Number(seq), revision }]))
}

/** The revision of an epoch's log; that of one never written is 0. */
export function revisionOf(heads: EpochHeads, epoch: number): number {
  return heads.get(epoch)?.revision ?? 0
}

/**
 * Puts the workspace as its next epoch begins into the slot, in place of the one whose epoch has ended; its history
 * counts on from there. Null if that was trimmed.
 */
export async function openNext(
  deps: ReplicaDeps & { readonly db: Kysely<Tables> },
  slot: Slot<LiveWorkspace>,
  ended: LiveWorkspace,
  heads: EpochHeads,
): Promise<LiveWorkspace | null> {
  const epoch = ended.epoch + 1
  const base = ended.placeOf(ended.seq)
  drop(slot)
  const name = documentOf(slot.workspaceId, epoch)
  const replica = await loadReplica(deps, slot, { db: deps.db, name, seq: CARRIED_OVER })
  if (replica === null) return null
  slot.resident = new LiveWorkspace(slot.workspaceId, epoch, base, replica, revisionOf(heads, epoch))
  return slot.resident
}

/**
 * Moves a workspace's rows from the end of an epoch to the next one. Its first update changes no record, so no row
 * changes and nothing is reported. False if another process has moved them meanwhile.
 */
export async function crossOver(db: Kysely<Tables>, ended: LiveWorkspace, next: LiveWorkspace): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('read_cursors')
    .set({ epoch: next.epoch, seq: `${next.seq}`, base: `${next.base}` })
    .where('workspace_id', '=', ended.workspaceId)
    .where('epoch', '=', ended.epoch)
    .where('seq', '=', `${ended.seq}`)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}
