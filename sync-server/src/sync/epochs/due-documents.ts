import type pg from 'pg'
import { DELETED_SEQ } from '../../log/delete-documents.ts'
import type { Seq } from '../../log/update-log.ts'

/** A document with as many client ids as the log knows of. */
export interface CountedDocument {
  readonly document: string
  readonly clientIds: number
}

/**
 * Some documents in the order of their names, with how many client ids wrote to each; those without any are left out.
 * The next call goes on from the last name looked at, null at the end.
 */
export async function countClientIds(
  pool: pg.Pool,
  after: string,
  limit: number,
): Promise<{ readonly counted: readonly CountedDocument[]; readonly last: string | null }> {
  const { rows } = await pool.query<{ doc: string; ids: number }>({
    name: 'questlog-count-client-ids',
    text: `select head.doc, (select count(*)::int from doc_clients client where client.doc = head.doc) as ids
      from doc_heads head where head.doc > $1 and head.ended_at is null and head.seq < ${DELETED_SEQ}
      order by head.doc limit $2`,
    values: [after, limit],
  })
  return {
    counted: rows.filter(({ ids }) => ids > 0).map(({ doc, ids }) => ({ document: doc, clientIds: ids })),
    last: rows.length < limit ? null : (rows.at(-1)?.doc ?? null),
  }
}

/** The head of a document's log; null where it takes no updates any more. */
export async function openHead(pool: pg.Pool, document: string): Promise<Seq | null> {
  const { rows } = await pool.query<{ seq: string }>({
    name: 'questlog-open-head',
    text: `select seq from doc_heads where doc = $1 and ended_at is null and seq < ${DELETED_SEQ}`,
    values: [document],
  })
  const [row] = rows
  return row === undefined ? null : Number(row.seq)
}

/** Whether updates of a document's log are set aside, which an operator may still mend. */
export async function hasSetAside(pool: pg.Pool, document: string): Promise<boolean> {
  const { rowCount } = await pool.query("select from doc_set_aside where doc = $1 and kind = 'update' limit 1", [
    document,
  ])
  return rowCount === 1
}
