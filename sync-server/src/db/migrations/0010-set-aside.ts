import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/**
 * Rows of the log that no load can take in, moved here as they were stored; in the log an empty update stands in their
 * place. `bytes` is null where a row was lost. `doc_heads.revision` counts these changes to what a load of the document
 * reads: a process that has it in memory at an earlier revision reads it again.
 */
export const setAside: Migration = {
  name: '0010-set-aside',
  async up(transaction) {
    await sql`create table doc_set_aside (
      doc text collate "C" not null,
      kind text not null check (kind in ('update', 'snapshot')),
      seq bigint not null,
      reason text not null,
      bytes bytea,
      sha256 bytea,
      key_id text,
      user_id text,
      client_id bigint,
      written_at timestamptz,
      at timestamptz not null default now(),
      primary key (doc, kind, seq)
    )`.execute(transaction)
    await sql`alter table doc_set_aside alter column bytes set storage external`.execute(transaction)
    await sql`alter table doc_heads add column revision integer not null default 0`.execute(transaction)
  },
}
