import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Who may sign in, the devices signed in, the keys that sign tokens, and who belongs to which workspace. */
export const accounts: Migration = {
  name: '0002-accounts',
  async up(transaction) {
    await sql`create table users (
      id text collate "C" primary key,
      email text collate "C" not null unique,
      display_name text not null,
      password_hash text not null,
      created_at timestamptz not null
    )`.execute(transaction)
    await sql`create table token_families (
      id text collate "C" primary key,
      user_id text collate "C" not null references users on delete cascade,
      client text not null check (client in ('browser', 'native')),
      secret bytea not null,
      generation integer not null,
      token_hash bytea not null,
      rotated_at timestamptz not null,
      expires_at timestamptz not null,
      created_at timestamptz not null,
      ended_at timestamptz,
      ended_by text check (ended_by in ('logout', 'reuse'))
    )`.execute(transaction)
    await sql`create index token_families_user on token_families (user_id)`.execute(transaction)
    await sql`create index token_families_expiry on token_families (expires_at)`.execute(transaction)
    await sql`create table signing_keys (
      kid text collate "C" primary key,
      public_jwk jsonb not null,
      private_key bytea not null,
      encrypted boolean not null,
      active_from timestamptz not null
    )`.execute(transaction)
    await sql`create table workspaces (
      id text collate "C" primary key,
      kind text not null check (kind in ('personal', 'party')),
      name text not null,
      created_by text collate "C" not null references users,
      created_at timestamptz not null,
      replaced boolean not null default false
    )`.execute(transaction)
    await sql`create unique index workspaces_one_personal on workspaces (created_by)
      where kind = 'personal' and not replaced`.execute(transaction)
    await sql`create table memberships (
      workspace_id text collate "C" not null references workspaces on delete cascade,
      user_id text collate "C" not null references users on delete cascade,
      role text not null check (role in ('owner', 'admin', 'member', 'viewer')),
      primary key (workspace_id, user_id)
    )`.execute(transaction)
    await sql`create index memberships_user on memberships (user_id)`.execute(transaction)
  },
}
