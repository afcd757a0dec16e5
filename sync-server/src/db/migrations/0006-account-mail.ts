import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/**
 * Accounts that prove their addresses, know their devices and can be deleted, with the tokens sent by mail and what slows
 * guesses down. A deleted document leaves its head at the greatest seq there is: the check lets no append follow, whoever
 * still has the document open.
 */
export const accountMail: Migration = {
  name: '0006-account-mail',
  async up(transaction) {
    await sql`alter table users add column email_verified_at timestamptz`.execute(transaction)
    await sql`alter table token_families
      add column authenticated_at timestamptz,
      add column device_name text,
      add column user_agent text,
      add column address text,
      drop constraint token_families_ended_by_check,
      add constraint token_families_ended_by_check check (ended_by in ('logout', 'reuse', 'revoked', 'password'))
    `.execute(transaction)
    await sql`update token_families set authenticated_at = created_at`.execute(transaction)
    await sql`alter table token_families alter column authenticated_at set not null`.execute(transaction)
    await sql`create table account_tokens (
      hash bytea primary key,
      user_id text collate "C" not null references users on delete cascade,
      purpose text not null,
      email text collate "C" not null,
      created_at timestamptz not null,
      expires_at timestamptz not null
    )`.execute(transaction)
    await sql`create index account_tokens_user on account_tokens (user_id, purpose, created_at)`.execute(transaction)
    await sql`create index account_tokens_expiry on account_tokens (expires_at)`.execute(transaction)
    await sql`create table sign_in_attempts (
      key bytea primary key,
      failures integer not null,
      last_at timestamptz not null,
      next_at timestamptz not null
    )`.execute(transaction)
    await sql`create index sign_in_attempts_time on sign_in_attempts (last_at)`.execute(transaction)
    await sql`alter table workspaces
      alter column created_by drop not null,
      drop constraint workspaces_created_by_fkey,
      add constraint workspaces_created_by_fkey foreign key (created_by) references users on delete set null
    `.execute(transaction)
    await sql`create index workspaces_creator on workspaces (created_by)`.execute(transaction)
    await sql`alter table doc_heads add constraint doc_heads_seq_safe check (seq <= ${sql.lit(Number.MAX_SAFE_INTEGER)})
    `.execute(transaction)
  },
}
