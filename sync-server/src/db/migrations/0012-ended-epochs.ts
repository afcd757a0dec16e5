import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/**
 * Epochs that are over. Their head keeps the seq at which the epoch ended, and a constraint lets no append move it,
 * whichever process still has the document open; only its deletion may (see `DELETED_SEQ`). The log knows these refused
 * appends from other failures by the name of the constraint.
 */
export const endedEpochs: Migration = {
  name: '0012-ended-epochs',
  async up(transaction) {
    await sql`alter table doc_heads add column final_seq bigint, add column ended_at timestamptz`.execute(transaction)
    // ';' follows ':' in ASCII: the documents of all epochs of one thing.
    await sql`update doc_heads old set final_seq = seq, ended_at = now()
      where seq < ${sql.lit(Number.MAX_SAFE_INTEGER)} and exists (
        select from doc_heads newer where newer.epoch > old.epoch
          and newer.doc >= left(old.doc, 29) and newer.doc < left(old.doc, 28) || ';'
      )`.execute(transaction)
    await sql`alter table doc_heads
      add constraint doc_heads_ended check (seq in (final_seq, ${sql.lit(Number.MAX_SAFE_INTEGER)})),
      add constraint doc_heads_ended_whole check ((final_seq is null) = (ended_at is null))`.execute(transaction)
    await sql`create index doc_heads_over on doc_heads (ended_at) where ended_at is not null`.execute(transaction)
  },
}
