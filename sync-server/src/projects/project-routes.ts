import type { Command } from '@questlog/shared/domain/commands/commands'
import { newId, type ProjectId, storedId } from '@questlog/shared/domain/kernel/ids'
import { pageOf, recordIdSchema, recordQuerySchema, workspaceIdSchema } from '@questlog/shared/protocol/record-ids'
import { createProjectSchema, patchProjectSchema } from '@questlog/shared/protocol/record-writes'
import { projectSchema } from '@questlog/shared/protocol/records'
import { sql } from 'kysely'
import { z } from 'zod'
import { pageQuery } from '../http/pagination.ts'
import { problems } from '../http/problem-responses.ts'
import { notModified, type TypedApp } from '../http/typed-app.ts'
import type { Draft } from '../read-model/workspace-store.ts'
import { answerList, answerRecord, changeRecord, createRecord, dispatchEach } from '../records/answer-records.ts'
import { homeWorkspace } from '../records/answer-write.ts'
import { placeAfter } from '../records/place-after.ts'
import type { RecordDeps } from '../records/record-deps.ts'

const params = z.strictObject({ id: recordIdSchema })
const querystring = recordQuerySchema
const tags = ['Projects']

/** Projects. */
export function projectRoutes(app: TypedApp, deps: RecordDeps): void {
  app.route({
    method: 'GET',
    url: '/api/v1/projects',
    schema: {
      operationId: 'listProjects',
      summary: 'Projects, in their order',
      tags,
      querystring: z.strictObject({
        ...pageQuery,
        workspaceId: workspaceIdSchema.optional(),
        trashed: z.enum(['true', 'false']).default('false'),
      }),
      response: { 200: pageOf(projectSchema, 'ProjectList'), 304: notModified },
    },
    handler(request, reply) {
      const conditions = [
        request.query.trashed === 'true' ? sql`projects.deleted_at is not null` : sql`projects.deleted_at is null`,
      ]
      return answerList(deps, request, reply, request.query, {
        table: 'projects',
        sort: { column: 'rank', type: 'text' },
        conditions,
      })
    },
  })

  app.route({
    method: 'POST',
    url: '/api/v1/projects',
    schema: {
      operationId: 'createProject',
      summary: 'Make a project',
      tags,
      body: createProjectSchema,
      response: { 201: projectSchema, ...problems('already-exists', 'workspace-full') },
    },
    handler: (request, reply) =>
      createRecord(deps, request, reply, 'projects', () => {
        const { workspaceId = homeWorkspace(request), id = newId(), name, color = null } = request.body
        return { workspaceId, id, command: { kind: 'createProject', id: storedId(id), name, color } }
      }),
  })

  app.route({
    method: 'GET',
    url: '/api/v1/projects/:id',
    schema: {
      operationId: 'getProject',
      summary: 'One project',
      tags,
      params,
      querystring,
      response: { 200: projectSchema, 304: notModified },
    },
    handler: (request, reply) => answerRecord(deps, request, reply, 'projects', request.params.id),
  })

  app.route({
    method: 'PATCH',
    url: '/api/v1/projects/:id',
    schema: {
      operationId: 'updateProject',
      summary: 'Change a project',
      tags,
      params,
      querystring,
      body: patchProjectSchema,
      response: { 200: projectSchema, ...problems('precondition-failed', 'trashed', 'workspace-full') },
    },
    handler(request, reply) {
      const { id } = request.params
      return changeRecord(deps, request, reply, 'projects', id, (draft) =>
        dispatchEach(draft, changesOf(draft, storedId(id), request.body, deps.now())),
      )
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/v1/projects/:id',
    schema: {
      operationId: 'trashProject',
      summary: 'Put a project into the Trash with its quests',
      tags,
      params,
      querystring,
      response: { 200: projectSchema, ...problems('precondition-failed', 'trashed', 'workspace-full') },
    },
    handler(request, reply) {
      const { id } = request.params
      return changeRecord(deps, request, reply, 'projects', id, (draft) =>
        draft.dispatch({ kind: 'trashProject', id: storedId(id) }),
      )
    },
  })

  app.route({
    method: 'POST',
    url: '/api/v1/projects/:id/restore',
    schema: {
      operationId: 'restoreProject',
      summary: 'Take a project out of the Trash with the quests that went there with it',
      tags,
      params,
      querystring,
      response: { 200: projectSchema, ...problems('precondition-failed', 'workspace-full') },
    },
    handler(request, reply) {
      const { id } = request.params
      return changeRecord(deps, request, reply, 'projects', id, (draft) =>
        draft.dispatch({ kind: 'restoreProject', id: storedId(id) }),
      )
    },
  })
}

function changesOf(
  draft: Draft,
  id: ProjectId,
  { name, color, archived, after }: z.infer<typeof patchProjectSchema>,
  now: number,
): readonly Command[] {
  const fields = {
    ...(name !== undefined && { name }),
    ...(color !== undefined && { color }),
    ...(archived !== undefined && { archivedAt: archivedAt(draft, id, archived, now) }),
  }
  const edited: Command = { kind: 'editProject', id, fields }
  const place =
    after === undefined ? null : placeAfter(draft.state.projects(), id, after === null ? null : storedId(after))
  return place === null ? [edited] : [edited, { kind: 'reorderProject', id, ...place }]
}

function archivedAt(draft: Draft, id: ProjectId, archived: boolean, now: number): number | null {
  return archived ? (draft.state.project(id)?.archivedAt ?? now) : null
}
