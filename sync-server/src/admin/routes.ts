import { adminStatusSchema, adminUserListSchema } from '@questlog/shared/protocol/admin'
import { ulidSchema } from '@questlog/shared/protocol/ulid'
import { sql } from 'kysely'
import { z } from 'zod'
import { originOf, recordSecurityEvent } from '../audit/security-events.ts'
import type { Database } from '../db/tables.ts'
import { HttpProblem } from '../http/http-problem.ts'
import { inOneTransaction } from '../http/idempotency/in-one-transaction.ts'
import { pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import { problems } from '../http/problem-responses.ts'
import { noContent, type TypedApp } from '../http/typed-app.ts'
import type { Sync } from '../sync/sync.ts'
import { disableUser, enableUser, listUsers } from './users.ts'

export interface AdminDeps {
  readonly db: Database
  readonly now: () => number
  readonly sync: Pick<Sync, 'endFamily'>
  readonly syncStats: () => Readonly<Record<string, number>>
  readonly sendsMail: boolean
}

const params = z.strictObject({ userId: ulidSchema })

/** What whoever runs the server does: accounts and how the server is, under `/api/v1/admin`. */
export function adminRoutes(app: TypedApp, deps: AdminDeps): void {
  const { db, now } = deps
  const startedAt = new Date(now()).toISOString()

  app.route({
    method: 'GET',
    url: '/api/v1/admin/users',
    schema: {
      operationId: 'listUsers',
      summary: 'The accounts of this server, the newest first',
      tags: ['Administration'],
      querystring: z.strictObject({
        ...pageQuery,
        text: z.string().min(1).max(200).optional().meta({ description: 'What an address or a name contains.' }),
      }),
      response: { 200: adminUserListSchema },
    },
    async handler(request, reply) {
      void reply.header('cache-control', 'no-store')
      const { text, limit, cursor } = request.query
      const { items, next } = await listUsers(db, { text, limit, after: readCursor('users', ulidSchema, cursor) })
      return { items, nextCursor: next === null ? null : writeCursor('users', next) }
    },
  })

  app.route({
    method: 'POST',
    url: '/api/v1/admin/users/:userId/disable',
    schema: {
      operationId: 'disableUser',
      summary: 'Keep an account from being used; nothing of it is deleted',
      tags: ['Administration'],
      params,
      response: { 204: noContent, ...problems('not-found', 'own-account') },
    },
    async handler(request, reply) {
      const { userId } = request.params
      if (userId === request.caller.userId) throw new HttpProblem('own-account')
      let ended: readonly string[] = []
      const answer = await inOneTransaction(deps, request, reply, async (transaction) => {
        const families = await disableUser(transaction, userId, now())
        if (families === undefined) throw new HttpProblem('not-found')
        ended = families
        const origin = originOf(request, request.caller)
        await recordSecurityEvent(transaction, { kind: 'user-disabled', at: now(), origin, userId })
        return { status: 204, body: undefined }
      })
      for (const familyId of ended) deps.sync.endFamily(familyId)
      return answer
    },
  })

  app.route({
    method: 'POST',
    url: '/api/v1/admin/users/:userId/enable',
    schema: {
      operationId: 'enableUser',
      summary: 'Let a disabled account be used again',
      tags: ['Administration'],
      params,
      response: { 204: noContent, ...problems('not-found') },
    },
    async handler(request, reply) {
      const { userId } = request.params
      return inOneTransaction(deps, request, reply, async (transaction) => {
        if (!(await enableUser(transaction, userId))) throw new HttpProblem('not-found')
        const origin = originOf(request, request.caller)
        await recordSecurityEvent(transaction, { kind: 'user-enabled', at: now(), origin, userId })
        return { status: 204, body: undefined }
      })
    },
  })

  app.route({
    method: 'GET',
    url: '/api/v1/admin/status',
    schema: {
      operationId: 'getServerStatus',
      summary: 'How the server is',
      tags: ['Administration'],
      response: { 200: adminStatusSchema },
    },
    async handler(_request, reply) {
      void reply.header('cache-control', 'no-store')
      const { rows } = await sql<{ users: number; disabled: number; workspaces: number; bytes: string }>`select
        (select count(*)::int from users) as users,
        (select count(*)::int from users where disabled_at is not null) as disabled,
        (select count(*)::int from workspaces) as workspaces,
        pg_database_size(current_database()) as bytes`.execute(db)
      const [counts] = rows
      return {
        startedAt,
        users: counts?.users ?? 0,
        disabledUsers: counts?.disabled ?? 0,
        workspaces: counts?.workspaces ?? 0,
        databaseBytes: Number(counts?.bytes ?? 0),
        mail: deps.sendsMail,
        sync: deps.syncStats(),
      }
    },
  })
}
