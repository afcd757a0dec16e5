import type { JSONColumnType } from 'kysely'

/** The answer given to a write with an `Idempotency-Key`. */
export interface IdempotentRequestsTable {
  readonly user_id: string
  readonly key: string
  readonly fingerprint: Buffer
  readonly status: number
  readonly headers: JSONColumnType<Readonly<Record<string, string>>>
  /** The JSON text as it was sent; null for an answer without a body. */
  readonly body: string | null
  readonly at: Date
}
