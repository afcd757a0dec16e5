import { hash } from 'node:crypto'
import { parseDocumentName } from '@questlog/shared/protocol/documents'
import type { QueryConfig } from 'pg'
import type { DocumentCipher } from './document-cipher.ts'
import type { PendingUpdate } from './update-log.ts'

// One statement is one transaction and one round trip. Heads are upserted in name order, which takes their row locks in
// the same order in every process, so batches cannot deadlock. Claims and updates join the heads just locked: nothing
// of a document is touched before its lock is held. `later` is how many updates of the same document follow in the batch.
const heads = `heads as (
  insert into doc_heads as head (doc, seq, epoch)
  select fresh.doc, fresh.added, fresh.epoch
  from unnest($1::text[], $2::bigint[], $3::int[]) as fresh(doc, added, epoch)
  order by fresh.doc collate "C"
  on conflict (doc) do update set seq = head.seq + excluded.seq
  returning head.doc, head.seq
)`

const written = `written as (
  insert into doc_updates (doc, seq, bytes, sha256, user_id, client_id, key_id)
  select heads.doc, heads.seq - item.later,
    substring($4::bytea from item.start for item.length), substring($5::bytea from item.ordinal * 32 - 31 for 32),
    item.user_id, item.client_id, $12
  from unnest($6::text[], $7::int[], $8::int[], $9::int[], $10::text[], $11::bigint[])
    with ordinality as numbered(doc, later, start, length, user_id, client_id, n)
  cross join lateral (select numbered.*, numbered.n::int as ordinal) as item
  join heads on heads.doc = item.doc
)`

// A claim of a client id that another user owns sets `user_id` to null, whose not-null violation undoes the batch.
const owned = `owned as (
  insert into doc_clients as client (doc, client_id, user_id)
  select claim.doc, claim.client_id, claim.user_id
  from unnest($13::text[], $14::bigint[], $15::text[]) as claim(doc, client_id, user_id)
  join heads on heads.doc = claim.doc
  on conflict (doc, client_id) do update
    set user_id = case when client.user_id = excluded.user_id then client.user_id end
)`

const append = `with ${heads}, ${written} select doc, seq from heads`
const appendAndClaim = `with ${heads}, ${written}, ${owned} select doc, seq from heads`

/** The statement that appends a batch; it answers with each document's new head. */
export function appendStatement(updates: readonly PendingUpdate[], cipher: DocumentCipher): QueryConfig {
  const counts = new Map<string, number>()
  for (const update of updates) counts.set(update.document, (counts.get(update.document) ?? 0) + 1)
  const documents = [...counts.keys()]
  const left = new Map(counts)
  const names: string[] = []
  const later: number[] = []
  const starts: number[] = []
  const lengths: number[] = []
  const users: string[] = []
  const clients: (number | null)[] = []
  const stored: Uint8Array[] = []
  let offset = 1
  for (const update of updates) {
    const remaining = (left.get(update.document) ?? 1) - 1
    left.set(update.document, remaining)
    names.push(update.document)
    later.push(remaining)
    const bytes = cipher.seal(update.document, update.bytes)
    stored.push(bytes)
    starts.push(offset)
    lengths.push(bytes.length)
    users.push(update.userId)
    clients.push(update.clientId)
    offset += bytes.length
  }
  const values: unknown[] = [
    documents,
    [...counts.values()],
    documents.map((name) => parseDocumentName(name)?.epoch ?? 1),
    Buffer.concat(stored),
    Buffer.concat(stored.map((bytes) => hash('sha256', bytes, 'buffer'))),
    names,
    later,
    starts,
    lengths,
    users,
    clients,
    cipher.keyId,
  ]
  const claims = distinctClaims(updates)
  if (claims.length === 0) return { name: 'questlog-append', text: append, values }
  values.push(
    claims.map((claim) => claim.document),
    claims.map((claim) => claim.clientId),
    claims.map((claim) => claim.userId),
  )
  return { name: 'questlog-append-claim', text: appendAndClaim, values }
}

interface Claim {
  readonly document: string
  readonly clientId: number
  readonly userId: string
}

// Two users' claims of one id stay two rows: the statement fails, and the split batch lets the first one have it.
function distinctClaims(updates: readonly PendingUpdate[]): readonly Claim[] {
  const claims = new Map<string, Claim>()
  for (const { document, userId, claims: clientIds } of updates) {
    for (const clientId of clientIds) claims.set(`${document} ${clientId} ${userId}`, { document, clientId, userId })
  }
  return [...claims.values()]
}
