import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/**
 * The update log, the truth of every document. `doc_heads.seq` is the number of the newest update of a document and its
 * row is the lock under which numbers are given, so they have no gaps. `doc_clients.user_id` must stay `not null`:
 * the append turns a client id claimed by another user into that violation.
 */
export const documentLog: Migration = {
  name: '0001-document-log',
  async up(transaction) {
    await sql`create table doc_heads (
      doc text collate "C" primary key,
      seq bigint not null default 0,
      snapshot_seq bigint not null default 0,
      epoch integer not null default 1,
      check (snapshot_seq <= seq)
    ) with (fillfactor = 70)`.execute(transaction)
    await sql`create table doc_updates (
      doc text collate "C" not null,
      seq bigint not null,
      bytes bytea not null,
      sha256 bytea not null,
      user_id text not null,
      client_id bigint,
      at timestamptz not null default now(),
      primary key (doc, seq)
    )`.execute(transaction)
    // An update is an already compact encoding: trying to compress it costs time and wins little.
    await sql`alter table doc_updates alter column bytes set storage external`.execute(transaction)
    await sql`create table doc_snapshots (
      doc text collate "C" not null,
      seq bigint not null,
      bytes bytea not null,
      sha256 bytea not null,
      at timestamptz not null default now(),
      primary key (doc, seq)
    )`.execute(transaction)
    await sql`alter table doc_snapshots alter column bytes set storage external`.execute(transaction)
    await sql`create table doc_clients (
      doc text collate "C" not null,
      client_id bigint not null,
      user_id text not null,
      primary key (doc, client_id)
    )`.execute(transaction)
  },
}
