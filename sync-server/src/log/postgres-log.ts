import { hash } from 'node:crypto'
import { twinOf } from '@questlog/shared/store/note-stream'
import type pg from 'pg'
import { appendStatement } from './append-statement.ts'
import { DELETED_SEQ } from './delete-documents.ts'
import { type DocumentCipher, MissingKey, plainStorage } from './document-cipher.ts'
import { ENDED_SEQ, isEndedEpoch } from './ended-epochs.ts'
import { readSnapshotParts, SNAPSHOT_PART_BYTES } from './snapshot-parts.ts'
import type { AppendOutcome, LoadedDocument, LoggedUpdate, PendingUpdate, Seq, UpdateLog } from './update-log.ts'

const LOAD_ATTEMPTS = 3
const TAIL_PAGE = 2_000
const standing = `case when ended_at is null or seq = ${DELETED_SEQ} then seq else ${ENDED_SEQ} end`
/** Snapshots spread over the time that a log is kept, so that no moment in it is far from one. */
const SNAPSHOTS_KEPT = 10

// ';' follows ':' in ASCII: these are the documents of all epochs. The oldest claim goes first, so that nobody can take in
// a new epoch what belongs to somebody since an old one.
const ownersOf = `select distinct on (asked.id) asked.id as client_id, claim.user_id
  from unnest($2::bigint[], $3::bigint[]) as asked(id, twin)
  cross join (select doc, epoch from doc_heads where doc >= $4 || ':' and doc < $4 || ';') as epochs
  join doc_clients claim on claim.doc = epochs.doc and claim.client_id in (asked.id, asked.twin)
  order by asked.id, (claim.doc = $1 and claim.client_id = asked.id) desc, epochs.epoch, claim.client_id = asked.id desc`

/** The update log in Postgres. Several processes may share one database: rows of `doc_heads` are their locks. */
export function createPostgresLog(pool: pg.Pool, cipher: DocumentCipher = plainStorage): UpdateLog {
  const readTail = async (document: string, afterSeq: Seq, limit: number): Promise<readonly LoggedUpdate[]> => {
    const found = await pool.query<UpdateRow>({
      name: 'questlog-tail',
      text: 'select seq, bytes, sha256, key_id from doc_updates where doc = $1 and seq > $2 order by seq limit $3',
      values: [document, afterSeq, limit],
    })
    return found.rows.map((row) => openRow(cipher, document, row))
  }

  const loadOnce = async (document: string): Promise<LoadedDocument | null> => {
    const found = await pool.query<HeadRow>({
      name: 'questlog-load',
      text: `select head.seq, head.snapshot_seq, head.revision, snapshot.sha256, snapshot.key_id,
          octet_length(snapshot.bytes) as length,
          case when octet_length(snapshot.bytes) <= ${SNAPSHOT_PART_BYTES} then snapshot.bytes end as bytes
        from doc_heads head
        left join doc_snapshots snapshot on snapshot.doc = head.doc and snapshot.seq = head.snapshot_seq
        where head.doc = $1`,
      values: [document],
    })
    const row = found.rows[0]
    if (!row) return { head: 0, snapshotSeq: 0, snapshot: null, tail: [], revision: 0 }
    const head = Number(row.seq)
    const snapshotSeq = Number(row.snapshot_seq)
    const { length, sha256, key_id, revision } = row
    const bytes =
      row.bytes ?? (length === null ? null : await readSnapshotParts(pool, document, { seq: snapshotSeq, length }))
    if (snapshotSeq > 0 && (bytes === null || sha256 === null)) return null
    const snapshot =
      bytes === null || sha256 === null
        ? null
        : openRow(cipher, document, { seq: snapshotSeq, bytes, sha256, key_id }).bytes
    const tail: LoggedUpdate[] = []
    while (snapshotSeq + tail.length < head) {
      const page = await readTail(
        document,
        snapshotSeq + tail.length,
        Math.min(TAIL_PAGE, head - snapshotSeq - tail.length),
      )
      for (const update of page) {
        if (update.seq !== snapshotSeq + tail.length + 1) return null
        tail.push(update)
      }
      if (page.length === 0) return null
    }
    return { head, snapshotSeq, snapshot, tail, revision }
  }

  return {
    readTail,

    async commitBatch(updates) {
      try {
        const found = await pool.query<{ doc: string; seq: string }>(appendStatement(updates, cipher))
        return numbered(updates, new Map(found.rows.map((row) => [row.doc, Number(row.seq)])))
      } catch (error) {
        const outcome = undoneBy(error)
        return updates.map(() => outcome)
      }
    },

    async load(document) {
      // A compaction that trims between the two reads leaves a tail that does not fit: read again.
      for (let attempt = 1; attempt <= LOAD_ATTEMPTS; attempt++) {
        const loaded = await loadOnce(document)
        if (loaded) return loaded
      }
      throw new Error(`the log of ${document} has a hole`)
    },

    async size(document) {
      const found = await pool.query<{ bytes: string }>({
        name: 'questlog-size',
        text: `select coalesce(octet_length(snapshot.bytes), 0) + coalesce((
            select sum(octet_length(bytes)) from doc_updates where doc = head.doc and seq > head.snapshot_seq
          ), 0) as bytes
          from doc_heads head
          left join doc_snapshots snapshot on snapshot.doc = head.doc and snapshot.seq = head.snapshot_seq
          where head.doc = $1`,
        values: [document],
      })
      return Number(found.rows[0]?.bytes ?? 0)
    },

    async heads(documents) {
      if (documents.length === 0) return new Map()
      const found = await pool.query<{ doc: string; seq: string }>({
        name: 'questlog-heads',
        text: `select doc, ${standing} as seq from doc_heads where doc = any($1::text[])`,
        values: [documents],
      })
      return new Map(found.rows.map((row) => [row.doc, Number(row.seq)]))
    },

    async standings(documents) {
      const found = await pool.query<{ doc: string; seq: string; revision: number }>({
        name: 'questlog-standings',
        text: `select doc, ${standing} as seq, revision from doc_heads where doc = any($1::text[])`,
        values: [documents],
      })
      return new Map(found.rows.map(({ doc, seq, revision }) => [doc, { seq: Number(seq), revision }]))
    },

    async owners(document, clientIds) {
      const found = await pool.query<{ client_id: string; user_id: string }>({
        name: 'questlog-owners',
        text: ownersOf,
        values: [document, clientIds, clientIds.map(twinOf), document.slice(0, document.lastIndexOf(':'))],
      })
      return new Map(found.rows.map((row) => [Number(row.client_id), row.user_id]))
    },

    async putSnapshot(document, seq, bytes) {
      const stored = cipher.seal(document, bytes)
      await pool.query(
        // Not for a document that is being deleted, whose head this waits for.
        `insert into doc_snapshots (doc, seq, bytes, sha256, key_id)
          select $1, $2, $3, $4, $5 from doc_heads where doc = $1 and snapshot_seq <= $2 for share
          on conflict do nothing`,
        [document, seq, stored, hash('sha256', stored, 'buffer'), cipher.keyId],
      )
    },

    async adoptSnapshot(document, previousSeq, seq) {
      const moved = await pool.query(
        'update doc_heads set snapshot_seq = $3 where doc = $1 and snapshot_seq = $2 and seq >= $3',
        [document, previousSeq, seq],
      )
      return moved.rowCount === 1
    },

    async readSnapshot(document, seq) {
      const found = await pool.query<UpdateRow>(
        'select seq, bytes, sha256, key_id from doc_snapshots where doc = $1 and seq = $2',
        [document, seq],
      )
      const row = found.rows[0]
      return row === undefined ? null : openRow(cipher, document, row).bytes
    },

    async trim(document, seq, keepMs) {
      // No moment within `keepMs` needs rows older than the base; every later moment can be loaded from it.
      await pool.query(
        `with base as (
          select coalesce(max(seq), 0) as seq from doc_snapshots where doc = $1 and seq <= $2 and seq <= (
            select max(seq) from doc_updates where doc = $1 and at <= now() - $3 * interval '1 millisecond'
          )
        ), needed as (
          select seq from base
          union (select seq from doc_snapshots where doc = $1 and seq <= $2 order by seq desc limit 2)
          union (
            select min(snapshot.seq) from doc_snapshots snapshot, base where doc = $1 and snapshot.seq > base.seq
            group by floor(extract(epoch from at) * 1000 / greatest($3::float8 / ${SNAPSHOTS_KEPT}, 1))
          )
        ), trimmed as (
          delete from doc_updates using base where doc = $1 and doc_updates.seq <= base.seq
        )
        delete from doc_snapshots where doc = $1 and seq < $2 and seq not in (select seq from needed)`,
        [document, seq, keepMs],
      )
    },
  }
}

/** A row that holds bytes with their digest. */
export interface UpdateRow {
  readonly seq: string | number
  readonly bytes: Buffer
  readonly sha256: Buffer
  readonly key_id: string | null
}

interface HeadRow {
  readonly seq: string
  readonly snapshot_seq: string
  readonly revision: number
  readonly length: number | null
  /** Null also if they are so many that they are read in parts. */
  readonly bytes: Buffer | null
  readonly sha256: Buffer | null
  readonly key_id: string | null
}

/** A row whose bytes are not what was written. */
export class UnreadableRow extends Error {
  readonly seq: Seq
  readonly reason: 'damaged' | 'undecryptable'

  constructor(document: string, seq: string | number, reason: UnreadableRow['reason'], cause?: unknown) {
    super(`the log of ${document} is ${reason} at ${seq}`, cause === undefined ? undefined : { cause })
    this.seq = Number(seq)
    this.reason = reason
  }
}

/**
 * The bytes of a row, checked against their digest and opened: throws `UnreadableRow` if they are not what was written,
 * and `MissingKey` if this process cannot tell.
 */
export function openRow(cipher: DocumentCipher, document: string, row: UpdateRow): LoggedUpdate {
  if (!row.sha256.equals(hash('sha256', row.bytes, 'buffer'))) throw new UnreadableRow(document, row.seq, 'damaged')
  try {
    return { seq: Number(row.seq), bytes: cipher.open(document, row.bytes, row.key_id) }
  } catch (error) {
    throw error instanceof MissingKey ? error : new UnreadableRow(document, row.seq, 'undecryptable', error)
  }
}

function numbered(updates: readonly PendingUpdate[], heads: Map<string, Seq>): readonly AppendOutcome[] {
  const outcomes = new Array<AppendOutcome>(updates.length)
  for (let index = updates.length - 1; index >= 0; index--) {
    const document = updates[index]?.document ?? ''
    const seq = heads.get(document)
    if (seq === undefined) throw new Error(`the append of ${document} was not answered`)
    heads.set(document, seq - 1)
    outcomes[index] = { kind: 'committed', seq }
  }
  return outcomes
}

function undoneBy(error: unknown): AppendOutcome {
  if (isClaimConflict(error)) return { kind: 'foreign-client-id' }
  return isEndedEpoch(error) ? { kind: 'old-epoch' } : { kind: 'failed', cause: error }
}

const NOT_NULL_VIOLATION = '23502'

function isClaimConflict(error: unknown): boolean {
  const { code, table } = error as { code?: unknown; table?: unknown }
  return code === NOT_NULL_VIOLATION && table === 'doc_clients'
}
