import { hash } from 'node:crypto'
import { parseDocumentName } from '@questlog/shared/protocol/documents'
import type pg from 'pg'
import type { DocumentCipher } from '../document-cipher.ts'
import type { Seq } from '../update-log.ts'
import type { FaultReason, RowFault } from './fault.ts'

/** A document's log as it stood when it was judged. */
export interface Judged {
  readonly document: string
  readonly snapshotSeq: Seq
  readonly revision: number
}

/** Who "wrote" the empty updates that stand for lost ones; no user has this id. */
const NOBODY = 'server'
/** The update that changes nothing. */
const EMPTY = Uint8Array.of(0, 0)
const LOCK_TIMEOUT_MS = 5_000

/**
 * Moves updates out of a log. Each leaves an empty one in its place, or nothing if a snapshot follows, so that every
 * reader of the log agrees on them from the same moment on. All record functions answer the new revision, or null if
 * the log was changed since it was judged and must be read again.
 */
export function setRowsAside(
  pool: pg.Pool,
  cipher: DocumentCipher,
  judged: Judged,
  faults: readonly RowFault[],
): Promise<number | null> {
  const { document } = judged
  return revise(pool, judged, async (client) => {
    const seqs = faults.map(({ seq }) => seq)
    await client.query(
      `insert into doc_set_aside (doc, kind, seq, reason, bytes, sha256, key_id, user_id, client_id, written_at)
        select $1, 'update', fault.seq, fault.reason, row.bytes, row.sha256, row.key_id, row.user_id, row.client_id, row.at
        from unnest($2::bigint[], $3::text[]) as fault(seq, reason)
        left join doc_updates row on row.doc = $1 and row.seq = fault.seq
        on conflict do nothing`,
      [document, seqs, faults.map(({ reason }) => reason)],
    )
    // What a snapshot holds is still in the document: an empty update would say that it never was.
    await client.query('delete from doc_updates where doc = $1 and seq = any($2::bigint[]) and seq <= $3', [
      document,
      seqs,
      judged.snapshotSeq,
    ])
    const empty = Buffer.from(cipher.seal(document, EMPTY))
    await client.query(
      `insert into doc_updates (doc, seq, bytes, sha256, key_id, user_id)
        select $1, seq, $3, $4, $5, '${NOBODY}' from unnest($2::bigint[]) as seq
        where seq > $6
        on conflict (doc, seq) do update set bytes = excluded.bytes, sha256 = excluded.sha256, key_id = excluded.key_id`,
      [document, seqs, empty, hash('sha256', empty, 'buffer'), cipher.keyId, judged.snapshotSeq],
    )
  })
}

/**
 * Takes a snapshot away. Loads that started from it start from the one before, or from the first update; updates that
 * were trimmed are then missing.
 */
export function setSnapshotAside(pool: pg.Pool, judged: Judged, seq: Seq, reason: FaultReason): Promise<number | null> {
  const { document } = judged
  return revise(pool, judged, async (client) => {
    await keepSnapshot(client, document, seq, reason)
    await client.query('delete from doc_snapshots where doc = $1 and seq = $2', [document, seq])
    await client.query(
      `update doc_heads set snapshot_seq =
        coalesce((select max(seq) from doc_snapshots where doc = $1 and seq < $2), 0) where doc = $1 and snapshot_seq = $2`,
      [document, seq],
    )
  })
}

/** Makes loads start from a snapshot that holds all of the document except what waited in it. */
export function replaceSnapshot(
  pool: pg.Pool,
  cipher: DocumentCipher,
  judged: Judged,
  snapshot: { readonly seq: Seq; readonly bytes: Uint8Array },
): Promise<number | null> {
  const { document } = judged
  return revise(pool, judged, async (client) => {
    await keepSnapshot(client, document, judged.snapshotSeq, 'incomplete')
    const stored = Buffer.from(cipher.seal(document, snapshot.bytes))
    await client.query(
      `insert into doc_snapshots (doc, seq, bytes, sha256, key_id) values ($1, $2, $3, $4, $5)
        on conflict (doc, seq) do update set bytes = excluded.bytes, sha256 = excluded.sha256, key_id = excluded.key_id`,
      [document, snapshot.seq, stored, hash('sha256', stored, 'buffer'), cipher.keyId],
    )
    await client.query('update doc_heads set snapshot_seq = $2 where doc = $1', [document, snapshot.seq])
  })
}

async function keepSnapshot(client: pg.PoolClient, document: string, seq: Seq, reason: FaultReason): Promise<void> {
  if (seq === 0) return
  await client.query(
    `insert into doc_set_aside (doc, kind, seq, reason, bytes, sha256, key_id, written_at)
      select $1, 'snapshot', $2, $3, snapshot.bytes, snapshot.sha256, snapshot.key_id, snapshot.at
      from (select 1) as one left join doc_snapshots snapshot on snapshot.doc = $1 and snapshot.seq = $2
      on conflict do nothing`,
    [document, seq, reason],
  )
}

async function revise(
  pool: pg.Pool,
  { document, snapshotSeq, revision }: Judged,
  change: (client: pg.PoolClient) => Promise<void>,
): Promise<number | null> {
  const client = await pool.connect()
  let broken = true
  try {
    await client.query('begin')
    // The caller may hold the lock itself, in a transaction of its own.
    await client.query(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`)
    const moved = await client.query(
      'update doc_heads set revision = revision + 1 where doc = $1 and snapshot_seq = $2 and revision = $3',
      [document, snapshotSeq, revision],
    )
    if (moved.rowCount === 1) {
      await change(client)
      await makeRowsAnew(client, document)
    }
    await client.query('commit')
    broken = false
    return moved.rowCount === 1 ? revision + 1 : null
  } finally {
    client.release(broken)
  }
}

/** The read model has taken in what the log no longer has. */
async function makeRowsAnew(client: pg.PoolClient, document: string): Promise<void> {
  const name = parseDocumentName(document)
  if (name?.kind !== 'workspace') return
  await client.query('update read_cursors set version = 0 where workspace_id = $1 and epoch = $2', [
    name.id,
    name.epoch,
  ])
}
