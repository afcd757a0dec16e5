import type { SecurityEventKind } from '@questlog/shared/protocol/audit'

interface SecurityEventsTable {
  readonly id: string
  readonly at: Date
  readonly kind: SecurityEventKind
  readonly user_id: string | null
  readonly actor_id: string | null
  readonly workspace_id: string | null
  readonly session_id: string | null
  readonly address: string | null
  readonly request_id: string | null
  /** JSON. */
  readonly details: unknown
}

export interface AuditTables {
  readonly security_events: SecurityEventsTable
}
