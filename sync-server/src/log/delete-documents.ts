import { type DocumentRef, formatDocumentName } from '@questlog/shared/protocol/documents'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../db/tables.ts'

/**
 * The head of a document that was deleted. A constraint lets no head pass it, so whoever still has the document open can
 * append nothing more: the row stays, and says so.
 */
export const DELETED_SEQ = Number.MAX_SAFE_INTEGER

/**
 * Deletes documents with their whole history, in all their epochs, as part of a transaction. Answers their names, which
 * the caller hands to `Sync.forget` once it is committed.
 */
export async function deleteDocuments(
  transaction: Kysely<Tables>,
  documents: readonly Pick<DocumentRef, 'kind' | 'id'>[],
): Promise<readonly string[]> {
  if (documents.length === 0) return []
  const first = documents.map((document) => formatDocumentName({ ...document, epoch: 1 }))
  const prefixes = first.map((name) => name.slice(0, -1))
  let names: readonly string[] = []
  for (;;) {
    const found = await markDeleted(transaction, first, prefixes)
    // A statement that waited for an epoch to end does not see the one that began: the next one does.
    if (found.length === names.length) break
    names = found
  }
  for (const table of ['doc_updates', 'doc_snapshots', 'doc_set_aside', 'doc_clients']) {
    await sql`delete from ${sql.table(table)} where doc = any(${names}::text[])`.execute(transaction)
  }
  return names
}

async function markDeleted(
  transaction: Kysely<Tables>,
  first: readonly string[],
  prefixes: readonly string[],
): Promise<readonly string[]> {
  // One statement, in the order of names in which every writer takes these locks. ';' follows ':' in ASCII.
  const { rows } = await sql<{ doc: string }>`
    insert into doc_heads (doc, seq, snapshot_seq, epoch)
    select doc, ${DELETED_SEQ}::bigint, ${DELETED_SEQ}::bigint, epoch from (
      select first as doc, 1 as epoch from unnest(${first}::text[]) as first
      union
      select head.doc, head.epoch from unnest(${prefixes}::text[]) as prefix
      join doc_heads head on head.doc >= prefix and head.doc < rtrim(prefix, ':') || ';'
    ) as every_epoch
    order by doc collate "C"
    on conflict (doc) do update set seq = excluded.seq, snapshot_seq = excluded.snapshot_seq
    returning doc`.execute(transaction)
  return rows.map(({ doc }) => doc)
}
