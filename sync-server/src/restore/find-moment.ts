import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import { sql } from 'kysely'
import type { Database } from '../db/tables.ts'
import type { Seq } from '../log/update-log.ts'
import { documentOf } from '../log/workspace-document.ts'
import type { WorkspaceSeq } from '../read-model/workspace-store.ts'

/** A moment of a workspace, with the document and the place in its log that hold it. */
export interface Moment {
  readonly seq: WorkspaceSeq
  /** When the update that made it so was committed; null if that is no longer known. */
  readonly at: Date | null
  readonly document: string
  readonly documentSeq: Seq
}

export interface MomentDeps {
  readonly db: Database
  readonly now: () => number
  /** Everything of the last so many milliseconds is kept. */
  readonly keepLogMs: number
}

/** An epoch of a workspace: where its document's log stands, and how long the history was when it began. */
interface Epoch {
  readonly epoch: number
  readonly document: string
  readonly head: Seq
  readonly base: WorkspaceSeq
}

/**
 * Finds a moment in the history of a workspace, through all its epochs, by its place or by its time; a time means the
 * last update up to that millisecond. The rows must have caught up. The loader finds out whether the log still loads
 * there.
 */
export async function findMoment(
  deps: MomentDeps,
  workspaceId: string,
  at: number | string,
): Promise<Result<Moment, 'gone' | 'ahead'>> {
  const epochs = await readEpochs(deps.db, workspaceId)
  return typeof at === 'number' ? bySeq(deps, epochs, at) : byTime(deps, epochs, new Date(at))
}

/** The newest first. */
async function readEpochs(db: Database, workspaceId: string): Promise<readonly Epoch[]> {
  const { rows } = await sql<{ epoch: number; seq: string; base: string }>`
    select head.epoch, head.seq, cursor.base from doc_heads head
    join read_cursors cursor on cursor.workspace_id = ${workspaceId}
    where head.doc >= 'w:' || ${workspaceId}::text || ':' and head.doc < 'w:' || ${workspaceId}::text || ';'
      and head.epoch <= cursor.epoch
    order by head.epoch desc`.execute(db)
  let base = Number(rows[0]?.base ?? 0)
  return rows.map(({ epoch, seq }, index) => {
    const head = Number(seq)
    if (index > 0) base -= head
    return { epoch, document: documentOf(workspaceId, epoch), head, base }
  })
}

async function bySeq(
  { db }: MomentDeps,
  epochs: readonly Epoch[],
  seq: WorkspaceSeq,
): Promise<Result<Moment, 'gone' | 'ahead'>> {
  const newest = epochs[0]
  if (seq > (newest === undefined ? 0 : newest.base + newest.head)) return err('ahead')
  const found = epochs.find(({ base }) => seq > base) ?? epochs.find(({ base }) => seq === base)
  if (found === undefined) return err('gone')
  // If the epoch before is gone, the first update of this one holds all that it held.
  const documentSeq = found.epoch > 1 ? Math.max(1, seq - found.base) : seq - found.base
  const { rows } = await sql<{ at: Date }>`
    select at from doc_updates where doc = ${found.document} and seq = ${documentSeq}`.execute(db)
  return ok({ seq, at: rows[0]?.at ?? null, document: found.document, documentSeq })
}

async function byTime(
  { db, now, keepLogMs }: MomentDeps,
  epochs: readonly Epoch[],
  time: Date,
): Promise<Result<Moment, 'gone'>> {
  for (const { document, base } of epochs) {
    // Clients see and send times in milliseconds.
    const { rows } = await sql<{ seq: string; at: Date }>`
      select seq, at from doc_updates where doc = ${document} and date_trunc('milliseconds', at) <= ${time}
      order by seq desc limit 1`.execute(db)
    const [row] = rows
    if (row === undefined) continue
    const documentSeq = Number(row.seq)
    return ok({ seq: base + documentSeq, at: row.at, document, documentSeq })
  }
  // Everything trimmed is older than what is kept, so a later time without an update means where the log begins.
  if (time.getTime() < now() - keepLogMs) return err('gone')
  for (const { document, base, head } of [...epochs].reverse()) {
    const { rows } = await sql<{ seq: string | null }>`
      select min(seq) as seq from doc_updates where doc = ${document}`.execute(db)
    const documentSeq = Number(rows[0]?.seq ?? head + 1) - 1
    if (documentSeq > 0) return ok({ seq: base + documentSeq, at: null, document, documentSeq })
  }
  return err('gone')
}
