import { createWorkspaceRequestSchema } from '@questlog/shared/protocol/workspaces'
import type { FastifyInstance } from 'fastify'
import type { Authenticate } from '../auth/authenticate.ts'
import type { Database } from '../db/tables.ts'
import { requireUser } from '../http/bearer.ts'
import { HttpProblem } from '../http/http-problem.ts'
import { parseBody } from '../http/json-body.ts'
import { createWorkspace, listWorkspaces } from './workspaces.ts'

/** The workspaces of the signed-in user, under `/api/v1/workspaces`. */
export function workspaceRoutes(
  app: FastifyInstance,
  deps: { readonly db: Database; readonly now: () => number; readonly authenticate: Authenticate },
): void {
  app.get('/api/v1/workspaces', async (request, reply) => {
    const { userId } = await requireUser(deps.authenticate, request)
    void reply.header('cache-control', 'no-store')
    return { items: await listWorkspaces(deps.db, userId), nextCursor: null }
  })

  app.post('/api/v1/workspaces', async (request, reply) => {
    const { userId } = await requireUser(deps.authenticate, request)
    const created = await createWorkspace(deps, userId, parseBody(createWorkspaceRequestSchema, request.body))
    if (!created.ok) throw new HttpProblem(created.error)
    return reply.code(201).header('cache-control', 'no-store').send(created.value)
  })
}
