import type pg from 'pg'
import { DELETED_SEQ } from '../delete-documents.ts'
import { type DocumentCipher, MissingKey } from '../document-cipher.ts'
import { openRow, UnreadableRow, type UpdateRow } from '../postgres-log.ts'
import type { LoggedUpdate, Seq } from '../update-log.ts'
import type { FaultReason, RowFault } from './fault.ts'

/** A document's log as stored, with the rows that cannot even be read. */
export interface StoredDocument {
  readonly head: Seq
  readonly snapshotSeq: Seq
  readonly revision: number
  readonly snapshot: Uint8Array | null
  readonly snapshotFault: FaultReason | null
  readonly rows: readonly LoggedUpdate[]
  readonly faults: readonly RowFault[]
}

/**
 * Reads what a load reads, all of one moment, and skips what cannot be read. Null for a document that has no log, or no
 * longer has one. Rejects when the database does not answer, or when this process lacks a key that the database counts
 * as in use.
 */
export async function readStored(
  pool: pg.Pool,
  cipher: DocumentCipher,
  document: string,
): Promise<StoredDocument | null> {
  const client = await pool.connect()
  let broken = true
  try {
    await client.query('begin isolation level repeatable read read only')
    const stored = await read(client, cipher, document)
    await client.query('commit')
    broken = false
    return stored
  } finally {
    client.release(broken)
  }
}

/** What is wrong with the update, and with the snapshot, of one seq; null if it can be read or is not there. */
export async function readFaultsAt(
  pool: pg.Pool,
  cipher: DocumentCipher,
  document: string,
  seq: Seq,
): Promise<{ readonly update: FaultReason | null; readonly snapshot: FaultReason | null }> {
  const faultIn = async (table: 'doc_updates' | 'doc_snapshots'): Promise<FaultReason | null> => {
    const { rows } = await pool.query<UpdateRow>(
      `select seq, bytes, sha256, key_id from ${table} where doc = $1 and seq = $2`,
      [document, seq],
    )
    const update = rows[0] === undefined ? null : opened(cipher, document, rows[0], new Set())
    return typeof update === 'string' ? update : null
  }
  return { update: await faultIn('doc_updates'), snapshot: await faultIn('doc_snapshots') }
}

async function read(client: pg.PoolClient, cipher: DocumentCipher, document: string): Promise<StoredDocument | null> {
  const heads = await client.query<{ seq: string; snapshot_seq: string; revision: number }>(
    // Nothing may be left of an epoch that is over: that is no fault.
    `select seq, snapshot_seq, revision from doc_heads where doc = $1
      and (ended_at is null or exists (select from doc_snapshots kept where kept.doc = $1))`,
    [document],
  )
  const row = heads.rows[0]
  const head = Number(row?.seq ?? 0)
  if (row === undefined || head === 0 || head === DELETED_SEQ) return null
  const snapshotSeq = Number(row.snapshot_seq)
  const keys = await client.query<{ id: string }>('select id from document_keys')
  const inUse = new Set(keys.rows.map(({ id }) => id))
  const open = (stored: UpdateRow): LoggedUpdate | FaultReason => opened(cipher, document, stored, inUse)

  const snapshots = await client.query<UpdateRow>(
    'select seq, bytes, sha256, key_id from doc_snapshots where doc = $1 and seq = $2',
    [document, snapshotSeq],
  )
  const snapshot = snapshots.rows[0] === undefined ? 'missing' : open(snapshots.rows[0])
  const found = await client.query<UpdateRow>(
    'select seq, bytes, sha256, key_id from doc_updates where doc = $1 and seq > $2 and seq <= $3 order by seq',
    [document, snapshotSeq, head],
  )
  const rows: LoggedUpdate[] = []
  const faults: RowFault[] = []
  let next = snapshotSeq + 1
  const missUpTo = (end: Seq): void => {
    for (; next < end; next++) faults.push({ seq: next, reason: 'missing' })
  }
  for (const stored of found.rows) {
    missUpTo(Number(stored.seq))
    next++
    const update = open(stored)
    if (typeof update === 'string') faults.push({ seq: Number(stored.seq), reason: update })
    else rows.push(update)
  }
  missUpTo(head + 1)
  return {
    head,
    snapshotSeq,
    revision: row.revision,
    snapshot: typeof snapshot === 'string' ? null : snapshot.bytes,
    snapshotFault: snapshotSeq > 0 && typeof snapshot === 'string' ? snapshot : null,
    rows,
    faults,
  }
}

function opened(
  cipher: DocumentCipher,
  document: string,
  row: UpdateRow,
  keysInUse: ReadonlySet<string>,
): LoggedUpdate | FaultReason {
  try {
    return openRow(cipher, document, row)
  } catch (error) {
    if (error instanceof UnreadableRow) return error.reason
    // A key that others have is this process's fault, and not the row's.
    if (error instanceof MissingKey && !keysInUse.has(error.keyId)) return 'undecryptable'
    throw error
  }
}
