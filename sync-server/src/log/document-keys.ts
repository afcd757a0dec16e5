import { hash } from 'node:crypto'
import type pg from 'pg'
import type { Logger } from 'pino'
import { StartError } from '../process/start-error.ts'
import { createDocumentCipher, type DocumentCipher, type DocumentKey } from './document-cipher.ts'
import type { Examine } from './examine.ts'
import { openRow, UnreadableRow, type UpdateRow } from './postgres-log.ts'

const PROBE_CONTEXT = 'document-keys'
const PAGE = 200

/**
 * The cipher of the configured keys, once it is certain that they open all that the log holds: a key that is missing, or
 * is not the one rows were sealed with, fails with a `StartError` before anything is written under the wrong one.
 */
export async function openDocumentCipher(pool: pg.Pool, keys: readonly DocumentKey[]): Promise<DocumentCipher> {
  const cipher = createDocumentCipher(keys)
  if (cipher.keyId !== null) {
    await pool.query('insert into document_keys (id, probe) values ($1, $2) on conflict do nothing', [
      cipher.keyId,
      cipher.seal(PROBE_CONTEXT, Buffer.from(cipher.keyId)),
    ])
  }
  await requireKeys(pool, cipher, keys)
  return cipher
}

/** Fails with a `StartError` unless the keys are those that the log is encrypted with; writes nothing. */
export async function requireKeys(pool: pg.Pool, cipher: DocumentCipher, keys: readonly DocumentKey[]): Promise<void> {
  const needed = await pool.query<{ id: string; probe: Buffer }>('select id, probe from document_keys')
  for (const { id, probe } of needed.rows) {
    if (!keys.some((key) => key.id === id)) {
      throw new StartError(`Documents in the database are encrypted with the key ${id}: name it in DOCUMENT_KEYS.`)
    }
    try {
      cipher.open(PROBE_CONTEXT, probe, id)
    } catch (cause) {
      throw new StartError(`The key ${id} in DOCUMENT_KEYS is not the one documents were encrypted with.`, { cause })
    }
  }
}

/**
 * Seals with the current key, in the background, what is stored under another one or plain, and then forgets the keys
 * that no row needs any more. May be stopped anywhere, and starts over with the next process; answers a stop.
 */
export function keepDocumentsSealed(deps: ResealDeps): () => Promise<void> {
  const stopping = new AbortController()
  const running = resealDocuments(deps, stopping.signal).catch((error: unknown) => {
    deps.logger.warn({ err: error }, 'documents could not all be encrypted with the newest key; the next start goes on')
  })
  return () => {
    stopping.abort()
    return running
  }
}

/** One pass over the log, a page at a time; other writers are not held up. */
export async function resealDocuments(deps: ResealDeps, signal: AbortSignal): Promise<void> {
  const { pool, cipher, logger } = deps
  if (cipher.keyId === null) return
  const others = await pool.query<{ id: string }>('select id from document_keys where id <> $1', [cipher.keyId])
  const updates = await resealTable(deps, 'doc_updates', signal)
  const snapshots = await resealTable(deps, 'doc_snapshots', signal)
  if (signal.aborted) return
  const retired = others.rows.map((row) => row.id)
  await pool.query(
    `delete from document_keys where id = any($1::text[])
      and id not in (select key_id from doc_set_aside where key_id is not null)`,
    [retired],
  )
  if (updates + snapshots + retired.length > 0) {
    logger.warn({ updates, snapshots, retired }, 'all documents are encrypted with the newest key')
  }
}

interface ResealDeps {
  readonly pool: pg.Pool
  /** Sets aside what cannot be opened, so that it does not keep the rest under an old key. */
  readonly examine: Examine
  readonly cipher: DocumentCipher
  readonly logger: Logger
}

interface StoredRow extends UpdateRow {
  readonly doc: string
}

async function resealTable(
  { pool, cipher, examine }: ResealDeps,
  table: 'doc_updates' | 'doc_snapshots',
  signal: AbortSignal,
): Promise<number> {
  let after: { readonly doc: string; readonly seq: string | number } = { doc: '', seq: 0 }
  let count = 0
  while (!signal.aborted) {
    // The page is cut before rows are left out: a long stretch of sealed ones must not become one long query.
    const { rows } = await pool.query<StoredRow>(
      `select doc, seq, bytes, sha256, key_id from ${table} where (doc, seq) > ($1, $2) order by doc, seq limit ${PAGE}`,
      [after.doc, after.seq],
    )
    const last = rows.at(-1)
    if (last === undefined) return count
    after = last
    const stale = rows.filter((row) => row.key_id !== cipher.keyId)
    for (const row of stale) {
      if (signal.aborted) return count
      const opened = await openOrSetAside(cipher, examine, row)
      if (opened === null) continue
      const bytes = cipher.seal(row.doc, opened)
      await pool.query(`update ${table} set bytes = $3, sha256 = $4, key_id = $5 where doc = $1 and seq = $2`, [
        row.doc,
        row.seq,
        bytes,
        hash('sha256', bytes, 'buffer'),
        cipher.keyId,
      ])
    }
    count += stale.length
  }
  return count
}

async function openOrSetAside(cipher: DocumentCipher, examine: Examine, row: StoredRow): Promise<Uint8Array | null> {
  try {
    return openRow(cipher, row.doc, row).bytes
  } catch (error) {
    if (error instanceof UnreadableRow && (await examine(row.doc, error))) return null
    throw error
  }
}
