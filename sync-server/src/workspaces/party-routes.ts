import { ulidSchema } from '@questlog/shared/protocol/ulid'
import { updateWorkspaceRequestSchema, workspaceSchema } from '@questlog/shared/protocol/workspaces'
import { z } from 'zod'
import { originOf, recordSecurityEvent } from '../audit/security-events.ts'
import { HttpProblem } from '../http/http-problem.ts'
import { inOneTransaction } from '../http/idempotency/in-one-transaction.ts'
import { problems } from '../http/problem-responses.ts'
import { noContent, type TypedApp } from '../http/typed-app.ts'
import { deleteWorkspaces } from './delete-workspaces.ts'
import { lockWorkspace } from './members.ts'
import type { PartyDeps } from './party-deps.ts'
import { findWorkspace } from './workspaces.ts'

const params = z.strictObject({ workspaceId: ulidSchema })

/** One workspace: reading, renaming and deleting it. */
export function partyRoutes(app: TypedApp, deps: PartyDeps): void {
  const { db, now } = deps

  app.route({
    method: 'GET',
    url: '/api/v1/workspaces/:workspaceId',
    schema: {
      operationId: 'getWorkspace',
      summary: 'A workspace, and what you are in it',
      tags: ['Workspaces'],
      params,
      response: { 200: workspaceSchema },
    },
    async handler(request, reply) {
      void reply.header('cache-control', 'no-store')
      const found = await findWorkspace(db, request.caller.userId, request.params.workspaceId)
      if (found === undefined) throw new HttpProblem('not-found')
      return found
    },
  })

  app.route({
    method: 'PATCH',
    url: '/api/v1/workspaces/:workspaceId',
    schema: {
      operationId: 'updateWorkspace',
      summary: 'Rename a workspace',
      tags: ['Workspaces'],
      params,
      body: updateWorkspaceRequestSchema,
      response: { 200: workspaceSchema },
    },
    async handler(request, reply) {
      const { workspaceId } = request.params
      const { name } = request.body
      return inOneTransaction(deps, request, reply, async (transaction) => {
        await transaction.updateTable('workspaces').set({ name }).where('id', '=', workspaceId).execute()
        const renamed = await findWorkspace(transaction, request.caller.userId, workspaceId)
        if (renamed === undefined) throw new HttpProblem('not-found')
        await recordSecurityEvent(transaction, {
          kind: 'workspace-renamed',
          at: now(),
          origin: originOf(request, request.caller),
          userId: request.caller.userId,
          workspaceId,
        })
        return { status: 200, headers: { 'cache-control': 'no-store' }, body: renamed }
      })
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/v1/workspaces/:workspaceId',
    schema: {
      operationId: 'deleteWorkspace',
      summary: 'Delete a party for everybody, with everything in it, for good',
      tags: ['Workspaces'],
      params,
      querystring: z.strictObject({
        name: z.string().max(400).meta({ description: 'The name of the party as it is, typed to confirm.' }),
      }),
      response: { 204: noContent, ...problems('not-a-party') },
    },
    async handler(request, reply) {
      const { workspaceId } = request.params
      const { userId } = request.caller
      let documents: readonly string[] = []
      const answer = await inOneTransaction(deps, request, reply, async (transaction) => {
        const workspace = await lockWorkspace(transaction, workspaceId)
        if (workspace === undefined) throw new HttpProblem('not-found')
        if (workspace.kind === 'personal') throw new HttpProblem('not-a-party')
        if (workspace.name !== request.query.name) {
          throw new HttpProblem('invalid-request', [{ path: 'query.name', message: 'is not the name of the party' }])
        }
        await recordSecurityEvent(transaction, {
          kind: 'workspace-deleted',
          at: now(),
          origin: originOf(request, request.caller),
          userId,
          workspaceId,
        })
        documents = await deleteWorkspaces(transaction, [workspaceId], now())
        return { status: 204, body: undefined }
      })
      for (const document of documents) deps.sync.forget(document)
      deps.sync.changeAccess({ workspaceId, userId: null })
      return answer
    },
  })
}
