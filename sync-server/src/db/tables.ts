import type { Role, WorkspaceKind } from '@questlog/shared/protocol/workspaces'
import { type Generated, Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { IdempotentRequestsTable } from '../http/idempotency/tables.ts'
import type { ReadModelTables } from '../read-model/tables.ts'

interface UsersTable {
  readonly id: string
  readonly email: string
  readonly display_name: string
  readonly password_hash: string
  readonly created_at: Date
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
  readonly ended_by: 'logout' | 'reuse' | null
}

interface SigningKeysTable {
  readonly kid: string
  /** JSON; parsed where it is read. */
  readonly public_jwk: unknown
  readonly private_key: Buffer
  readonly encrypted: boolean
  readonly active_from: Date
}

interface WorkspacesTable {
  readonly id: string
  readonly kind: WorkspaceKind
  readonly name: string
  readonly created_by: string
  readonly created_at: Date
  /** A personal workspace that gave way to one made offline; listed only if something was written to it after all. */
  readonly replaced: Generated<boolean>
}

interface MembershipsTable {
  readonly workspace_id: string
  readonly user_id: string
  readonly role: Role
}

interface DocHeadsTable {
  readonly doc: string
  /** A bigint, as text. */
  readonly seq: string
  readonly epoch: number
}

/** The tables the account side of the server reads and writes; the update log has its own statements. */
export interface Tables extends ReadModelTables {
  readonly users: UsersTable
  readonly token_families: TokenFamiliesTable
  readonly signing_keys: SigningKeysTable
  readonly workspaces: WorkspacesTable
  readonly memberships: MembershipsTable
  readonly doc_heads: DocHeadsTable
  readonly idempotent_requests: IdempotentRequestsTable
}

export type Database = Kysely<Tables>

/** Typed queries over the pool; the pool stays its opener's to close. */
export function openQueries(pool: pg.Pool): Database {
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
}
