import type { SecurityEventKind } from '@questlog/shared/protocol/audit'
import type { FastifyRequest } from 'fastify'
import { ulid } from 'ulidx'
import type { Caller } from '../access/access-rule.ts'
import type { Database } from '../db/tables.ts'

/** Where an event came from. */
export interface EventOrigin {
  /** Who did it; null for nobody who is signed in. */
  readonly actorId: string | null
  /** The signed-in device, or the API key as `key:<id>`. */
  readonly sessionId: string | null
  readonly address: string | null
  readonly requestId: string | null
}

export interface SecurityEvent {
  readonly kind: SecurityEventKind
  readonly at: number
  readonly origin: EventOrigin
  /** Whom it is about, who then sees it among their own; null where no account is known. */
  readonly userId: string | null
  /** Whose owners and administrators see it. */
  readonly workspaceId?: string
  /** Never a secret, a token or a password, nor anything that was typed in a wrong place. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>
}

/** Keeps an event as part of the transaction it tells of: both are committed, or neither. */
export async function recordSecurityEvent(transaction: Database, event: SecurityEvent): Promise<void> {
  const { kind, at, origin, userId, workspaceId, details } = event
  await transaction
    .insertInto('security_events')
    .values({
      id: ulid(at),
      at: new Date(at),
      kind,
      user_id: userId,
      actor_id: origin.actorId,
      workspace_id: workspaceId ?? null,
      session_id: origin.sessionId,
      address: origin.address,
      request_id: origin.requestId,
      details: JSON.stringify(details ?? {}),
    })
    .execute()
}

/** The origin of what a request does; `caller` is null on routes for anyone. */
export function originOf(request: FastifyRequest, caller: Caller | null): EventOrigin {
  return {
    actorId: caller?.userId ?? null,
    sessionId: caller?.session?.familyId ?? (caller?.apiKeyId ? `key:${caller.apiKeyId}` : null),
    address: request.ip,
    requestId: request.id,
  }
}

export interface SweepDeps {
  readonly db: Database
  readonly now: () => number
  readonly keepMs: number
}

/** Removes events older than they are kept for. */
export async function sweepSecurityEvents(deps: SweepDeps): Promise<void> {
  await deps.db
    .deleteFrom('security_events')
    .where('at', '<', new Date(deps.now() - deps.keepMs))
    .execute()
}
