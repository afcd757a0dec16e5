import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../db/tables.ts'
import type { Seq } from '../../log/update-log.ts'
import type { WorkspaceSeq } from '../workspace-store.ts'

/** How far the rows of a workspace have come. */
export interface Cursor {
  readonly epoch: number
  readonly seq: Seq
  /** What `seq` is added to for the workspace's own count. */
  readonly base: WorkspaceSeq
  readonly version: number
}

/** Where a workspace's newest document stands, and its rows. */
export interface Position {
  readonly workspaceId: string
  readonly epoch: number
  readonly head: Seq
  /** How often the rows that a load of the document reads were changed. */
  readonly revision: number
  /** Null where there are no rows yet. */
  readonly cursor: Cursor | null
}

/** The positions of those of the workspaces that exist. */
export async function readPositions(
  db: Kysely<Tables>,
  workspaceIds: readonly string[],
): Promise<ReadonlyMap<string, Position>> {
  // ';' follows ':' in ASCII: a range that the primary key serves.
  const { rows } = await sql<PositionRow>`
    select workspaces.id, head.epoch, head.seq, head.revision, cursor.epoch as cursor_epoch, cursor.seq as cursor_seq,
      cursor.base, cursor.version
    from workspaces
    left join read_cursors cursor on cursor.workspace_id = workspaces.id
    left join lateral (
      select epoch, seq, revision from doc_heads
      where doc >= 'w:' || workspaces.id || ':' and doc < 'w:' || workspaces.id || ';'
      order by epoch desc limit 1
    ) head on true
    where workspaces.id = any(${[...workspaceIds]}::text[])`.execute(db)
  return new Map(rows.map((row) => [row.id, positionOf(row)]))
}

interface PositionRow {
  readonly id: string
  readonly epoch: number | null
  readonly seq: string | null
  readonly revision: number | null
  readonly cursor_epoch: number | null
  readonly cursor_seq: string
  readonly base: string
  readonly version: number
}

function positionOf(row: PositionRow): Position {
  const cursor =
    row.cursor_epoch === null
      ? null
      : { epoch: row.cursor_epoch, seq: Number(row.cursor_seq), base: Number(row.base), version: row.version }
  const { epoch, revision } = row
  return { workspaceId: row.id, epoch: epoch ?? 1, head: Number(row.seq ?? 0), revision: revision ?? 0, cursor }
}
