import {
  createWorkspaceRequestSchema,
  type WorkspaceResponse,
  workspaceListSchema,
  workspaceSchema,
} from '@questlog/shared/protocol/workspaces'
import type { Database } from '../db/tables.ts'
import { HttpProblem } from '../http/http-problem.ts'
import { idempotently } from '../http/idempotency/idempotently.ts'
import { problems } from '../http/problem-responses.ts'
import type { TypedApp } from '../http/typed-app.ts'
import { createWorkspace, listWorkspaces } from './workspaces.ts'

/** The workspaces of the signed-in user, under `/api/v1/workspaces`. */
export function workspaceRoutes(app: TypedApp, deps: { readonly db: Database; readonly now: () => number }): void {
  app.route({
    method: 'GET',
    url: '/api/v1/workspaces',
    schema: {
      operationId: 'listWorkspaces',
      summary: 'The workspaces you belong to',
      tags: ['Workspaces'],
      response: { 200: workspaceListSchema },
    },
    async handler(request, reply) {
      void reply.header('cache-control', 'no-store')
      const { userId, onlyWorkspaceId } = request.caller
      const listed = await listWorkspaces(deps.db, userId)
      const items = listed.filter(({ id }) => onlyWorkspaceId === null || id === onlyWorkspaceId)
      return { items, nextCursor: null }
    },
  })

  app.route({
    method: 'POST',
    url: '/api/v1/workspaces',
    schema: {
      operationId: 'createWorkspace',
      summary: 'Make a workspace, or claim the id of one made offline',
      tags: ['Workspaces'],
      body: createWorkspaceRequestSchema,
      response: {
        201: workspaceSchema,
        ...problems('personal-workspace-exists', 'workspace-id-taken', 'too-many-workspaces'),
      },
    },
    async handler(request, reply) {
      const answerOf = (body: WorkspaceResponse) => ({ status: 201, headers: { 'cache-control': 'no-store' }, body })
      return idempotently(deps, request, reply, async (record) => {
        const created = await createWorkspace(
          { ...deps, inTransaction: (transaction, made) => record(transaction, answerOf(made)) },
          request.caller.userId,
          request.body,
        )
        if (!created.ok) throw new HttpProblem(created.error)
        return answerOf(created.value)
      })
    },
  })
}
