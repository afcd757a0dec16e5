import {
  memberListSchema,
  transferOwnershipRequestSchema,
  updateMemberRequestSchema,
} from '@questlog/shared/protocol/members'
import { ulidSchema } from '@questlog/shared/protocol/ulid'
import { roleSchema } from '@questlog/shared/protocol/workspaces'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { originOf, recordSecurityEvent, type SecurityEvent } from '../audit/security-events.ts'
import type { Database } from '../db/tables.ts'
import { HttpProblem } from '../http/http-problem.ts'
import { inOneTransaction } from '../http/idempotency/in-one-transaction.ts'
import { pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import { problems } from '../http/problem-responses.ts'
import { noContent, type TypedApp } from '../http/typed-app.ts'
import { changeRole, listMembers, removeMember, transferOwnership } from './members.ts'
import type { PartyDeps } from './party-deps.ts'

const params = z.strictObject({ workspaceId: ulidSchema })
const memberParams = z.strictObject({ workspaceId: ulidSchema, userId: ulidSchema })
const cursorSchema = z.tuple([z.int().min(1).max(roleSchema.options.length), ulidSchema])
const done = { status: 204, body: undefined }

/** The members of a party: who they are, their roles, and their going. */
export function memberRoutes(app: TypedApp, deps: PartyDeps): void {
  const record = (
    transaction: Database,
    request: FastifyRequest,
    event: Pick<SecurityEvent, 'kind' | 'userId' | 'workspaceId' | 'details'>,
  ) => recordSecurityEvent(transaction, { ...event, at: deps.now(), origin: originOf(request, request.caller) })

  app.route({
    method: 'GET',
    url: '/api/v1/workspaces/:workspaceId/members',
    schema: {
      operationId: 'listMembers',
      summary: 'Who belongs to a workspace, the most powerful first',
      tags: ['Members'],
      params,
      querystring: z.strictObject(pageQuery),
      response: { 200: memberListSchema },
    },
    async handler(request, reply) {
      void reply.header('cache-control', 'no-store')
      const { limit, cursor } = request.query
      const viewer = { ...request.membership, userId: request.caller.userId }
      const { items, next } = await listMembers(deps.db, viewer, {
        limit,
        after: readCursor('members', cursorSchema, cursor),
      })
      return { items, nextCursor: next === null ? null : writeCursor('members', next) }
    },
  })

  app.route({
    method: 'PATCH',
    url: '/api/v1/workspaces/:workspaceId/members/:userId',
    schema: {
      operationId: 'updateMember',
      summary: 'Give a member another role, at most your own',
      tags: ['Members'],
      params: memberParams,
      body: updateMemberRequestSchema,
      response: { 204: noContent, ...problems('last-owner', 'not-a-party') },
    },
    async handler(request, reply) {
      const { workspaceId, userId } = request.params
      const { role } = request.body
      const answer = await inOneTransaction(deps, request, reply, async (transaction) => {
        const change = { workspaceId, userId, role, actorId: request.caller.userId }
        const before = await changeRole(transaction, change)
        if (!before.ok) throw new HttpProblem(before.error)
        if (before.value !== role) {
          const details = { before: before.value, after: role }
          await record(transaction, request, { kind: 'role-changed', userId, workspaceId, details })
        }
        return done
      })
      deps.sync.changeAccess({ workspaceId, userId })
      return answer
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/v1/workspaces/:workspaceId/members/:userId',
    schema: {
      operationId: 'removeMember',
      summary: 'Remove a member from a party',
      description: 'Their devices lose it within a second. They come back with an invitation made after this only.',
      tags: ['Members'],
      params: memberParams,
      response: { 204: noContent, ...problems('last-owner', 'not-a-party') },
    },
    async handler(request, reply) {
      const { workspaceId, userId } = request.params
      const answer = await inOneTransaction(deps, request, reply, async (transaction) => {
        const change = { workspaceId, userId, actorId: request.caller.userId }
        const role = await removeMember(transaction, change, deps.now())
        if (!role.ok) throw new HttpProblem(role.error)
        await record(transaction, request, {
          kind: 'member-removed',
          userId,
          workspaceId,
          details: { role: role.value },
        })
        return done
      })
      deps.sync.changeAccess({ workspaceId, userId })
      return answer
    },
  })

  app.route({
    method: 'POST',
    url: '/api/v1/workspaces/:workspaceId/leave',
    schema: {
      operationId: 'leaveWorkspace',
      summary: 'Leave a party',
      tags: ['Members'],
      params,
      response: { 204: noContent, ...problems('last-owner', 'not-a-party') },
    },
    async handler(request, reply) {
      const { workspaceId } = request.params
      const { userId } = request.caller
      const answer = await inOneTransaction(deps, request, reply, async (transaction) => {
        const role = await removeMember(transaction, { workspaceId, userId, actorId: userId }, deps.now())
        if (!role.ok) throw new HttpProblem(role.error)
        await record(transaction, request, { kind: 'member-left', userId, workspaceId, details: { role: role.value } })
        return done
      })
      deps.sync.changeAccess({ workspaceId, userId })
      return answer
    },
  })

  app.route({
    method: 'POST',
    url: '/api/v1/workspaces/:workspaceId/transfer-ownership',
    schema: {
      operationId: 'transferOwnership',
      summary: 'Make another member the owner in your place; you become an administrator',
      tags: ['Members'],
      params,
      body: transferOwnershipRequestSchema,
      response: { 204: noContent, ...problems('not-a-party') },
    },
    async handler(request, reply) {
      const { workspaceId } = request.params
      const { userId } = request.body
      const actorId = request.caller.userId
      const answer = await inOneTransaction(deps, request, reply, async (transaction) => {
        const transferred = await transferOwnership(transaction, { workspaceId, userId, actorId })
        if (!transferred.ok) throw new HttpProblem(transferred.error)
        await record(transaction, request, { kind: 'ownership-transferred', userId, workspaceId })
        return done
      })
      for (const one of [userId, actorId]) deps.sync.changeAccess({ workspaceId, userId: one })
      return answer
    },
  })
}
