import type pg from 'pg'
import type { DocumentCipher } from '../log/document-cipher.ts'
import { openRow } from '../log/postgres-log.ts'

/** Something that is set aside, as it is stored. */
export interface SetAsideRow {
  readonly doc: string
  readonly kind: 'update' | 'snapshot'
  readonly seq: string
  readonly reason: string
  readonly bytes: Buffer | null
  readonly sha256: Buffer | null
  readonly key_id: string | null
  readonly user_id: string | null
  readonly client_id: string | null
  readonly at: Date
}

/** What is set aside, of one document or of all, in the order of the logs. */
export async function readSetAside(pool: pg.Pool, document: string | null): Promise<readonly SetAsideRow[]> {
  const { rows } = await pool.query<SetAsideRow>(
    `select doc, kind, seq, reason, bytes, sha256, key_id, user_id, client_id, at from doc_set_aside
      where $1::text is null or doc = $1 order by doc, seq, kind`,
    [document],
  )
  return rows
}

/** The update that was written, as far as it can be opened; null where it cannot. */
export function openSetAside(cipher: DocumentCipher, row: SetAsideRow): Uint8Array | null {
  const { bytes, sha256, key_id, seq } = row
  if (bytes === null || sha256 === null) return null
  try {
    return openRow(cipher, row.doc, { bytes, sha256, key_id, seq }).bytes
  } catch {
    return null
  }
}

/** A row in words, for an operator. */
export function inWords(row: SetAsideRow): string {
  const size = row.bytes === null ? 'gone' : `${row.bytes.length} bytes`
  return `${row.doc} ${row.kind} ${row.seq}: ${row.reason}, ${size}, by ${row.user_id ?? 'nobody known'}, set aside ${row.at.toISOString()}`
}
