import { CompiledQuery, type Kysely } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { type DocumentCipher, plainStorage } from './document-cipher.ts'
import { openRow, type UpdateRow } from './postgres-log.ts'
import type { LoggedDocument, LoggedUpdate, Seq } from './update-log.ts'

/** An update with who wrote it, and when it was committed. */
export interface AuthoredUpdate extends LoggedUpdate {
  readonly userId: string
  readonly at: Date
}

/** The log as those read it who follow a document from some time in its past. */
export interface UpdateHistory {
  /** Updates after `seq`, oldest first, at most `limit`. */
  read(document: string, afterSeq: Seq, limit: number): Promise<readonly AuthoredUpdate[]>
  /** The document as it stood at a seq; null where that was trimmed. */
  loadAt(document: string, seq: Seq): Promise<LoggedDocument | null>
  /** The earliest seq, `least` or later, that `loadAt` can load and from which on every update is there; null for none. */
  beginning(document: string, least: Seq): Promise<Seq | null>
}

const columns = 'seq, bytes, sha256, key_id, user_id, at'

/**
 * The history that the log in Postgres keeps, read over a pool or inside a transaction. Every method rejects when the
 * database does not answer as it should.
 */
export function createUpdateHistory(db: Kysely<Tables>, cipher: DocumentCipher = plainStorage): UpdateHistory {
  const query = async <Row>(text: string, values: readonly unknown[]): Promise<readonly Row[]> =>
    (await db.executeQuery<Row>(CompiledQuery.raw(text, [...values]))).rows

  const snapshotUpTo = async (document: string, seq: Seq): Promise<UpdateRow | null> => {
    const rows = await query<UpdateRow>(
      `select snapshot.seq, snapshot.bytes, snapshot.sha256, snapshot.key_id from doc_snapshots snapshot
        join doc_heads head on head.doc = snapshot.doc and snapshot.seq <= head.snapshot_seq
        where snapshot.doc = $1 and snapshot.seq <= $2 order by snapshot.seq desc limit 1`,
      [document, seq],
    )
    return rows[0] ?? null
  }

  return {
    async read(document, afterSeq, limit) {
      const rows = await query<UpdateRow & { user_id: string; at: Date }>(
        `select ${columns} from doc_updates where doc = $1 and seq > $2 order by seq limit $3`,
        [document, afterSeq, limit],
      )
      return rows.map((row) => ({ ...openRow(cipher, document, row), userId: row.user_id, at: row.at }))
    },

    async loadAt(document, seq) {
      const row = await snapshotUpTo(document, seq)
      const snapshot = row === null ? null : openRow(cipher, document, row)
      const snapshotSeq = snapshot?.seq ?? 0
      const rows = await query<UpdateRow>(
        'select seq, bytes, sha256, key_id from doc_updates where doc = $1 and seq > $2 and seq <= $3 order by seq',
        [document, snapshotSeq, seq],
      )
      if (rows.length < seq - snapshotSeq) return null
      const tail = rows.map((each) => openRow(cipher, document, each))
      return { head: seq, snapshotSeq, snapshot: snapshot?.bytes ?? null, tail }
    },

    async beginning(document, least) {
      // Rows are trimmed by their age, which follows their order only nearly: the last hole is what counts.
      const rows = await query<{ seq: string | null }>(
        `with whole as (
            select coalesce(
              (select max(update.seq) from doc_updates update where update.doc = head.doc and update.seq > 1
                and not exists (select from doc_updates before where before.doc = head.doc and before.seq = update.seq - 1)),
              (select min(update.seq) from doc_updates update where update.doc = head.doc),
              head.seq + 1
            ) - 1 as after, head.seq, head.snapshot_seq
            from doc_heads head where head.doc = $1
          )
          select case when whole.after = 0 then least($2, whole.seq)
            else (select min(snapshot.seq) from doc_snapshots snapshot where snapshot.doc = $1
              and snapshot.seq >= greatest(whole.after, $2) and snapshot.seq <= whole.snapshot_seq) end as seq
          from whole`,
        [document, least],
      )
      const row = rows[0]
      if (row === undefined) return 0
      return row.seq === null ? null : Number(row.seq)
    },
  }
}
