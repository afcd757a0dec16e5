import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/** Parties with invitations, API keys, disabled accounts, and what is kept of everybody's safety. */
export const parties: Migration = {
  name: '0005-parties',
  async up(transaction) {
    await sql`alter table memberships add column joined_at timestamptz not null default now()`.execute(transaction)
    await sql`update memberships set joined_at = workspaces.created_at
      from workspaces where workspaces.id = memberships.workspace_id`.execute(transaction)
    await sql`alter table users add column disabled_at timestamptz`.execute(transaction)
    // An id is never given again: a device that was offline still writes to it, and would show that to strangers.
    await sql`create table deleted_workspaces (
      id text collate "C" primary key,
      at timestamptz not null
    )`.execute(transaction)
    await sql`create table former_members (
      workspace_id text collate "C" not null references workspaces on delete cascade,
      user_id text collate "C" not null references users on delete cascade,
      left_at timestamptz not null,
      primary key (workspace_id, user_id)
    )`.execute(transaction)
    await sql`create table invitations (
      id text collate "C" primary key,
      workspace_id text collate "C" not null references workspaces on delete cascade,
      role text not null check (role in ('admin', 'member', 'viewer', 'guest')),
      token_hash bytea not null unique,
      email text collate "C",
      created_by text collate "C" not null references users on delete cascade,
      created_at timestamptz not null,
      expires_at timestamptz not null,
      max_uses integer check (max_uses > 0),
      uses integer not null default 0,
      revoked_at timestamptz
    )`.execute(transaction)
    await sql`create index invitations_workspace on invitations (workspace_id, id)`.execute(transaction)
    await sql`create index invitations_creator on invitations (created_by, created_at)`.execute(transaction)
    await sql`create table api_keys (
      id text collate "C" primary key,
      user_id text collate "C" not null references users on delete cascade,
      name text not null,
      secret_hash bytea not null,
      scope text not null check (scope in ('read', 'write', 'admin')),
      workspace_id text collate "C" references workspaces on delete cascade,
      created_at timestamptz not null,
      expires_at timestamptz,
      last_used_at timestamptz
    )`.execute(transaction)
    await sql`create index api_keys_user on api_keys (user_id, id)`.execute(transaction)
    // A workspace's events outlive it, for the people they are about.
    await sql`create table security_events (
      id text collate "C" primary key,
      at timestamptz not null,
      kind text not null,
      user_id text collate "C" references users on delete cascade,
      actor_id text collate "C" references users on delete set null,
      workspace_id text collate "C",
      session_id text,
      address text,
      request_id text,
      details jsonb not null
    )`.execute(transaction)
    await sql`create index security_events_at on security_events (at)`.execute(transaction)
    await sql`create index security_events_user on security_events (user_id, id)`.execute(transaction)
    await sql`create index security_events_actor on security_events (actor_id, id)`.execute(transaction)
    await sql`create index security_events_workspace on security_events (workspace_id, id)`.execute(transaction)
  },
}
