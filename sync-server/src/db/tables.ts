import { type Generated, Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import { preparing } from './prepared-statements.ts'
import type { AccountTables } from './tables/account-mail.ts'
import type { ApiKeyTables } from './tables/api-keys.ts'
import type { AuditTables } from './tables/audit.ts'
import type { IdempotentRequestsTable } from './tables/idempotent-requests.ts'
import type { ReadModelTables } from './tables/read-model.ts'
import type { SignInMethodTables } from './tables/sign-in-methods.ts'
import type { WorkspaceTables } from './tables/workspaces.ts'

interface UsersTable {
  readonly id: string
  readonly email: string
  readonly display_name: string
  /** Null for an account that signs in by other ways only. */
  readonly password_hash: string | null
  readonly created_at: Date
  /** When the owner of the address proved to be the account's. */
  readonly email_verified_at: Date | null
  /** Since when an administrator keeps the account from being used. */
  readonly disabled_at: Generated<Date | null>
}

interface TokenFamiliesTable {
  readonly id: string
  readonly user_id: string
  readonly client: 'browser' | 'native'
  readonly secret: Buffer
  readonly generation: number
  readonly token_hash: Buffer
  readonly rotated_at: Date
  readonly expires_at: Date
  readonly created_at: Date
  readonly ended_at: Date | null
  readonly ended_by: 'logout' | 'reuse' | 'revoked' | 'password' | null
  /** When the person last proved who they are. */
  readonly authenticated_at: Date
  /** What the device calls itself, and what its browser says it is. */
  readonly device_name: string | null
  readonly user_agent: string | null
  /** The network it signed in from; never the whole address. */
  readonly address: string | null
}

interface SigningKeysTable {
  readonly kid: string
  /** JSON; parsed where it is read. */
  readonly public_jwk: unknown
  readonly private_key: Buffer
  readonly encrypted: boolean
  readonly active_from: Date
}

interface DocHeadsTable {
  readonly doc: string
  /** A bigint, as text. */
  readonly seq: string
  readonly epoch: number
  /** The seq its epoch ended at, as text; null while it is the current one. */
  readonly final_seq: string | null
  readonly ended_at: Date | null
}

/** The tables the account side of the server reads and writes; the update log has its own statements. */
export interface Tables
  extends ReadModelTables,
    AccountTables,
    SignInMethodTables,
    WorkspaceTables,
    ApiKeyTables,
    AuditTables {
  readonly users: UsersTable
  readonly token_families: TokenFamiliesTable
  readonly signing_keys: SigningKeysTable
  readonly doc_heads: DocHeadsTable
  readonly idempotent_requests: IdempotentRequestsTable
}

export type Database = Kysely<Tables>

/** Typed queries over the pool; the pool stays its opener's to close. */
export function openQueries(pool: pg.Pool): Database {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: preparing(pool) }) })
}
