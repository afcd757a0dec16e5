import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Answers to writes by their idempotency key, kept in the transaction of the write; and guests may be members. */
export const idempotentRequests: Migration = {
  name: '0004-idempotent-requests',
  async up(transaction) {
    await sql`create table idempotent_requests (
      user_id text collate "C" not null references users on delete cascade,
      key text collate "C" not null,
      fingerprint bytea not null,
      status smallint not null,
      headers jsonb not null,
      body text,
      at timestamptz not null,
      primary key (user_id, key)
    )`.execute(transaction)
    await sql`create index idempotent_requests_at on idempotent_requests (at)`.execute(transaction)
    await sql`alter table memberships
      drop constraint memberships_role_check,
      add constraint memberships_role_check check (role in ('owner', 'admin', 'member', 'viewer', 'guest'))
    `.execute(transaction)
  },
}
