import type pg from 'pg'
import { DELETED_SEQ } from '../../log/delete-documents.ts'
import type { SyncLimits } from '../limits/sync-limits.ts'

interface TrimDeps {
  readonly pool: pg.Pool
  readonly limits: Pick<SyncLimits, 'keepLogMs' | 'keepFinalMs'>
  /** Updates are removed only after this has resolved. */
  readonly beforeTrim?: (document: string) => Promise<void>
  /** Ends it between two documents, with its reason, when the process stops. */
  readonly stopping?: AbortSignal
}

const PAGE = 100

const overdue = `select head.doc from doc_heads head
  where head.ended_at <= now() - $1 * interval '1 millisecond' and head.seq < ${DELETED_SEQ} and exists (
    select from doc_updates gone where gone.doc = head.doc and gone.seq <= head.snapshot_seq
  ) order by head.ended_at limit ${PAGE}`

const trimLog = `with head as (select doc, snapshot_seq from doc_heads where doc = $1), trimmed as (
    delete from doc_updates using head where doc_updates.doc = head.doc and doc_updates.seq <= head.snapshot_seq
  )
  delete from doc_snapshots using head where doc_snapshots.doc = head.doc and doc_snapshots.seq < head.snapshot_seq`

const forgetFinal = `with head as (
    select doc from doc_heads where ended_at <= now() - $1 * interval '1 millisecond' and seq < ${DELETED_SEQ}
  ), updates as (
    delete from doc_updates using head where doc_updates.doc = head.doc
  )
  delete from doc_snapshots using head where doc_snapshots.doc = head.doc`

/**
 * Removes what epochs that are over no longer need: the log of one once all of it is older than `keepLogMs`, its final
 * state after `keepFinalMs`. Their heads stay, so that nothing can be appended to them, and so do the owners of their
 * client ids.
 */
export async function trimEndedEpochs({ pool, limits, beforeTrim, stopping }: TrimDeps): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ doc: string }>(overdue, [limits.keepLogMs])
    for (const { doc } of rows) {
      stopping?.throwIfAborted()
      await beforeTrim?.(doc)
      await pool.query(trimLog, [doc])
    }
    if (rows.length < PAGE) break
  }
  await pool.query(forgetFinal, [limits.keepFinalMs])
}
