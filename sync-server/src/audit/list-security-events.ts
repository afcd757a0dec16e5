import type { SecurityEventResponse } from '@questlog/shared/protocol/audit'
import { sql } from 'kysely'
import { z } from 'zod'
import type { Database } from '../db/tables.ts'

/** Whose events to list. */
export type EventFilter =
  | { readonly of: 'person'; readonly userId: string }
  | { readonly of: 'workspace'; readonly workspaceId: string }
  | { readonly of: 'server'; readonly userId: string | undefined; readonly kind: string | undefined }

const detailsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).catch({})

/**
 * A page of events, the newest first. Devices, addresses and requests are told to the person who used them and to the
 * server's administrators, never to the owners of a workspace.
 */
export async function listSecurityEvents(
  db: Database,
  filter: EventFilter,
  page: { readonly limit: number; readonly after: string | undefined },
): Promise<{ readonly items: SecurityEventResponse[]; readonly next: string | null }> {
  let query = db.selectFrom('security_events').selectAll()
  if (filter.of === 'workspace') query = query.where('workspace_id', '=', filter.workspaceId)
  else if (filter.userId !== undefined) query = query.where(isAbout(filter.userId))
  if (filter.of === 'server' && filter.kind !== undefined) query = query.where(sql<boolean>`kind = ${filter.kind}`)
  if (page.after !== undefined) query = query.where('id', '<', page.after)
  const rows = await query
    .orderBy('id', 'desc')
    .limit(page.limit + 1)
    .execute()
  const items = rows.slice(0, page.limit).map((row) => {
    const isShown =
      filter.of === 'server' || (filter.of === 'person' && (row.actor_id ?? row.user_id) === filter.userId)
    return {
      id: row.id,
      at: row.at.toISOString(),
      kind: row.kind,
      userId: row.user_id,
      actorId: row.actor_id,
      workspaceId: row.workspace_id,
      sessionId: isShown ? row.session_id : null,
      address: isShown ? row.address : null,
      requestId: isShown ? row.request_id : null,
      details: detailsSchema.parse(row.details),
    }
  })
  return { items, next: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null }
}

function isAbout(userId: string) {
  return sql<boolean>`(user_id = ${userId} or actor_id = ${userId})`
}
