import type pg from 'pg'
import type { Seq } from './update-log.ts'

/**
 * Longer snapshots are read in parts of this length: the driver reads bytes from hexadecimal text, 8 MB of them in some
 * 50 ms of processor time, for which everybody else would wait.
 */
export const SNAPSHOT_PART_BYTES = 1024 * 1024

/** The stored bytes of a snapshot, part by part; null if it was removed meanwhile. */
export async function readSnapshotParts(
  pool: pg.Pool,
  document: string,
  { seq, length }: { readonly seq: Seq; readonly length: number },
): Promise<Buffer | null> {
  const parts: Buffer[] = []
  for (let start = 0; start < length; start += SNAPSHOT_PART_BYTES) {
    const found = await pool.query<{ part: Buffer }>({
      name: 'questlog-snapshot-part',
      text: 'select substring(bytes from $3 for $4) as part from doc_snapshots where doc = $1 and seq = $2',
      values: [document, seq, start + 1, SNAPSHOT_PART_BYTES],
    })
    const [row] = found.rows
    if (row === undefined) return null
    parts.push(row.part)
  }
  return Buffer.concat(parts)
}
