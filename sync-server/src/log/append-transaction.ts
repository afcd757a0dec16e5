import { hash } from 'node:crypto'
import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import { parseDocumentName } from '@questlog/shared/protocol/documents'
import { CompiledQuery, type Transaction } from 'kysely'
import type { Tables } from '../db/tables.ts'
import { type DocumentCipher, plainStorage } from './document-cipher.ts'
import type { Seq } from './update-log.ts'

/** Author of what this server writes by itself, and owner of the client ids it writes with; no user has this id. */
export const SERVER = 'server'

/** An update that a writer inside this server made on top of the log as it stood at `after`. */
export interface ServerUpdate {
  readonly document: string
  /** The head it was decided at. */
  readonly after: Seq
  readonly bytes: Uint8Array
  /** The author. */
  readonly userId: string
  /** The Yjs client id that wrote it. It belongs to the server from now on: no device may write with it. */
  readonly clientId: number
}

export interface AppendedAt {
  readonly seq: Seq
  /** As the log has it. */
  readonly at: Date
}

const newHeads = `insert into doc_heads (doc, seq, epoch)
  select doc, 0, epoch from unnest($1::text[], $2::int[]) as fresh(doc, epoch) order by doc collate "C"
  on conflict (doc) do nothing`

const lockedHeads = 'select seq from doc_heads where doc = any($1::text[]) order by doc for update'

// The head's row is the lock of its document, here as in the batches of the commit queue: nothing of a document is
// written before it is held, and it is held until the transaction ends. A claim of a client id that a user owns sets
// `user_id` to null, whose not-null violation undoes the transaction.
const append = `with heads as (
  update doc_heads as head set seq = head.seq + 1
  from unnest($1::text[], $2::bigint[]) as fresh(doc, after)
  where head.doc = fresh.doc and head.seq = fresh.after and head.ended_at is null
  returning head.doc, head.seq
), written as (
  insert into doc_updates (doc, seq, bytes, sha256, user_id, client_id, key_id)
  select heads.doc, heads.seq, fresh.bytes, fresh.sha256, fresh.user_id, fresh.client_id, $7
  from unnest($1::text[], $3::bytea[], $4::bytea[], $5::text[], $6::bigint[])
    as fresh(doc, bytes, sha256, user_id, client_id)
  join heads on heads.doc = fresh.doc
), owned as (
  insert into doc_clients as client (doc, client_id, user_id)
  select fresh.doc, fresh.client_id, '${SERVER}'
  from unnest($1::text[], $6::bigint[]) as fresh(doc, client_id)
  join heads on heads.doc = fresh.doc
  on conflict (doc, client_id) do update
    set user_id = case when client.user_id = excluded.user_id then client.user_id end
)
select doc, seq, now() as at from heads`

/** Holds the logs of documents as they stand until the transaction ends: nobody else appends to those that exist. */
export async function lockLogs(transaction: Transaction<Tables>, documents: readonly string[]): Promise<void> {
  await transaction.executeQuery(CompiledQuery.raw(lockedHeads, [documents]))
}

/**
 * Appends at most one update to each of some documents, as part of a transaction; `moved` where a log no longer stands
 * where its update was decided, or its epoch is over. The transaction must then be undone. When it commits, the caller announces the heads.
 */
export async function appendInTransaction(
  transaction: Transaction<Tables>,
  updates: readonly ServerUpdate[],
  cipher: DocumentCipher = plainStorage,
): Promise<Result<ReadonlyMap<string, AppendedAt>, 'moved'>> {
  if (updates.length === 0) return ok(new Map())
  const documents = updates.map((update) => update.document)
  const unwritten = updates.filter((update) => update.after === 0).map((update) => update.document)
  if (unwritten.length > 0) {
    const epochs = unwritten.map((document) => parseDocumentName(document)?.epoch ?? 1)
    await transaction.executeQuery(CompiledQuery.raw(newHeads, [unwritten, epochs]))
  }
  // An update takes its locks in no order.
  if (updates.length > 1) await lockLogs(transaction, documents)
  const stored = updates.map((update) => Buffer.from(cipher.seal(update.document, update.bytes)))
  const { rows } = await transaction.executeQuery<{ doc: string; seq: string; at: Date }>(
    CompiledQuery.raw(append, [
      documents,
      updates.map((update) => update.after),
      stored,
      stored.map((bytes) => hash('sha256', bytes, 'buffer')),
      updates.map((update) => update.userId),
      updates.map((update) => update.clientId),
      cipher.keyId,
    ]),
  )
  if (rows.length < updates.length) return err('moved')
  return ok(new Map(rows.map((row) => [row.doc, { seq: Number(row.seq), at: row.at }])))
}
