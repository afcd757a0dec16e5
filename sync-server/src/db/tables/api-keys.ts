import type { ApiKeyScope } from '@questlog/shared/protocol/api-keys'

interface ApiKeysTable {
  readonly id: string
  readonly user_id: string
  readonly name: string
  /** SHA-256 of the secret. */
  readonly secret_hash: Buffer
  readonly scope: ApiKeyScope
  /** The only workspace it is for; null for all of its user's. */
  readonly workspace_id: string | null
  readonly created_at: Date
  readonly expires_at: Date | null
  readonly last_used_at: Date | null
}

export interface ApiKeyTables {
  readonly api_keys: ApiKeysTable
}
