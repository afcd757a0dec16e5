import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/**
 * Documents may be encrypted in the log. `key_id` names the key of a row's bytes, null where they are plain; `sha256` is
 * that of the bytes as stored. `document_keys` lists the keys that rows may still need, each with a text sealed under it.
 */
export const documentKeys: Migration = {
  name: '0008-document-keys',
  async up(transaction) {
    await sql`alter table doc_updates add column key_id text`.execute(transaction)
    await sql`alter table doc_snapshots add column key_id text`.execute(transaction)
    await sql`create table document_keys (
      id text collate "C" primary key,
      probe bytea not null
    )`.execute(transaction)
  },
}
