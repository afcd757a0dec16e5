import { securityEventListSchema } from '@questlog/shared/protocol/audit'
import { ulidSchema } from '@questlog/shared/protocol/ulid'
import { z } from 'zod'
import type { Database } from '../db/tables.ts'
import { pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import type { TypedApp } from '../http/typed-app.ts'
import { type EventFilter, listSecurityEvents } from './list-security-events.ts'

/** What was kept of everybody's safety: for each person theirs, for a party's owners and administrators the party's. */
export function auditRoutes(app: TypedApp, deps: { readonly db: Database }): void {
  async function answer(filter: EventFilter, query: { readonly limit: number; readonly cursor?: string | undefined }) {
    const order = `security-events/${filter.of}`
    const after = readCursor(order, ulidSchema, query.cursor)
    const { items, next } = await listSecurityEvents(deps.db, filter, { limit: query.limit, after })
    return { items, nextCursor: next === null ? null : writeCursor(order, next) }
  }

  app.route({
    method: 'GET',
    url: '/api/v1/users/me/security-events',
    schema: {
      operationId: 'listOwnSecurityEvents',
      summary: 'What happened to your account, and what you did to others, the newest first',
      tags: ['Audit'],
      querystring: z.strictObject(pageQuery),
      response: { 200: securityEventListSchema },
    },
    async handler(request, reply) {
      void reply.header('cache-control', 'no-store')
      return answer({ of: 'person', userId: request.caller.userId }, request.query)
    },
  })

  app.route({
    method: 'GET',
    url: '/api/v1/workspaces/:workspaceId/audit',
    schema: {
      operationId: 'listWorkspaceSecurityEvents',
      summary: 'Who joined, left, was given a role or invited, the newest first',
      tags: ['Audit'],
      params: z.strictObject({ workspaceId: ulidSchema }),
      querystring: z.strictObject(pageQuery),
      response: { 200: securityEventListSchema },
    },
    async handler(request, reply) {
      void reply.header('cache-control', 'no-store')
      return answer({ of: 'workspace', workspaceId: request.params.workspaceId }, request.query)
    },
  })

  app.route({
    method: 'GET',
    url: '/api/v1/admin/audit',
    schema: {
      operationId: 'listSecurityEvents',
      summary: 'Every security event of this server, the newest first',
      tags: ['Administration'],
      querystring: z.strictObject({
        ...pageQuery,
        userId: ulidSchema.optional(),
        kind: z.string().max(100).optional(),
      }),
      response: { 200: securityEventListSchema },
    },
    async handler(request, reply) {
      void reply.header('cache-control', 'no-store')
      const { userId, kind } = request.query
      return answer({ of: 'server', userId, kind }, request.query)
    },
  })
}
