import { sql } from 'kysely'
import type { Migration } from './migration.ts'

/**
 * Ways to sign in besides the password, which an account may be without: a second factor with its recovery codes,
 * passkeys, identities at OpenID providers, and the short-lived steps on the way through them.
 */
export const signInMethods: Migration = {
  name: '0007-sign-in-methods',
  async up(transaction) {
    await sql`alter table users alter column password_hash drop not null`.execute(transaction)
    await sql`create table sign_in_challenges (
      hash bytea primary key,
      purpose text not null,
      user_id text collate "C" references users on delete cascade,
      content jsonb not null,
      attempts integer not null default 0,
      expires_at timestamptz not null
    )`.execute(transaction)
    await sql`create index sign_in_challenges_user on sign_in_challenges (user_id)`.execute(transaction)
    await sql`create index sign_in_challenges_expiry on sign_in_challenges (expires_at)`.execute(transaction)
    await sql`create table totp_secrets (
      user_id text collate "C" primary key references users on delete cascade,
      secret bytea not null,
      encrypted boolean not null,
      created_at timestamptz not null,
      confirmed_at timestamptz,
      last_step integer not null
    )`.execute(transaction)
    await sql`create table recovery_codes (
      user_id text collate "C" not null references users on delete cascade,
      hash bytea not null,
      primary key (user_id, hash)
    )`.execute(transaction)
    await sql`create table passkeys (
      id text collate "C" primary key,
      user_id text collate "C" not null references users on delete cascade,
      credential_id bytea not null unique,
      public_key bytea not null,
      counter bigint not null,
      transports jsonb not null,
      name text not null,
      backed_up boolean not null,
      created_at timestamptz not null,
      last_used_at timestamptz
    )`.execute(transaction)
    await sql`create index passkeys_user on passkeys (user_id, id)`.execute(transaction)
    await sql`create table identities (
      issuer text collate "C" not null,
      subject text collate "C" not null,
      provider text not null,
      user_id text collate "C" not null references users on delete cascade,
      email text,
      created_at timestamptz not null,
      primary key (issuer, subject),
      unique (user_id, provider)
    )`.execute(transaction)
  },
}
