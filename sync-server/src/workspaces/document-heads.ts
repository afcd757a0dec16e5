import { type DocumentRef, formatDocumentName } from '@questlog/shared/protocol/documents'
import type { Database } from '../db/tables.ts'

/** Where the log of a document's newest epoch stands; a document never written is at seq 0 of epoch 1. */
export interface DocumentHead {
  readonly epoch: number
  readonly seq: bigint
}

/** Reads the head of a document over all its epochs. */
export async function readHead(db: Database, document: Pick<DocumentRef, 'kind' | 'id'>): Promise<DocumentHead> {
  const prefix = formatDocumentName({ ...document, epoch: 1 }).slice(0, -1)
  // A range the primary key serves: ';' follows ':' in ASCII.
  const rows = await db
    .selectFrom('doc_heads')
    .select(['seq', 'epoch'])
    .where('doc', '>=', prefix)
    .where('doc', '<', `${prefix.slice(0, -1)};`)
    .execute()
  return rows.reduce<DocumentHead>(
    (head, row) => (row.epoch >= head.epoch ? { epoch: row.epoch, seq: BigInt(row.seq) } : head),
    { epoch: 1, seq: 0n },
  )
}
