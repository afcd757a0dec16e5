import type { Command } from '@questlog/shared/domain/commands/commands'
import { newId, storedId, type TagId } from '@questlog/shared/domain/kernel/ids'
import { pageOf, recordIdSchema, recordQuerySchema, workspaceIdSchema } from '@questlog/shared/protocol/record-ids'
import { createTagSchema, patchTagSchema } from '@questlog/shared/protocol/record-writes'
import { tagSchema } from '@questlog/shared/protocol/records'

import { z } from 'zod'
import { pageQuery } from '../http/pagination.ts'
import { problems } from '../http/problem-responses.ts'
import { noContent, notModified, type TypedApp } from '../http/typed-app.ts'
import { answerList, answerRecord, changeRecord, createRecord, removeRecord } from '../records/answer-records.ts'
import { homeWorkspace } from '../records/answer-write.ts'
import type { RecordDeps } from '../records/record-deps.ts'

const params = z.strictObject({ id: recordIdSchema })
const querystring = recordQuerySchema
const tags = ['Tags']

/** Tags. */
export function tagRoutes(app: TypedApp, deps: RecordDeps): void {
  app.route({
    method: 'GET',
    url: '/api/v1/tags',
    schema: {
      operationId: 'listTags',
      summary: 'Tags, in their order',
      tags,
      querystring: z.strictObject({ ...pageQuery, workspaceId: workspaceIdSchema.optional() }),
      response: { 200: pageOf(tagSchema, 'TagList'), 304: notModified },
    },
    handler(request, reply) {
      const conditions: never[] = []
      return answerList(deps, request, reply, request.query, {
        table: 'tags',
        sort: { column: 'name', type: 'text' },
        conditions,
      })
    },
  })

  app.route({
    method: 'POST',
    url: '/api/v1/tags',
    schema: {
      operationId: 'createTag',
      summary: 'Make a tag',
      tags,
      body: createTagSchema,
      response: { 201: tagSchema, ...problems('already-exists', 'workspace-full') },
    },
    handler: (request, reply) =>
      createRecord(deps, request, reply, 'tags', () => {
        const { workspaceId = homeWorkspace(request), id = newId(), name, color = null } = request.body
        return { workspaceId, id, command: { kind: 'createTag', id: storedId(id), name, color } }
      }),
  })

  app.route({
    method: 'GET',
    url: '/api/v1/tags/:id',
    schema: {
      operationId: 'getTag',
      summary: 'One tag',
      tags,
      params,
      querystring,
      response: { 200: tagSchema, 304: notModified },
    },
    handler: (request, reply) => answerRecord(deps, request, reply, 'tags', request.params.id),
  })

  app.route({
    method: 'PATCH',
    url: '/api/v1/tags/:id',
    schema: {
      operationId: 'updateTag',
      summary: 'Change a tag',
      tags,
      params,
      querystring,
      body: patchTagSchema,
      response: { 200: tagSchema, ...problems('precondition-failed', 'workspace-full') },
    },
    handler(request, reply) {
      const { id } = request.params
      return changeRecord(deps, request, reply, 'tags', id, (draft) =>
        draft.dispatch(editOf(storedId(id), request.body)),
      )
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/v1/tags/:id',
    schema: {
      operationId: 'deleteTag',
      summary: 'Remove a tag, and take it off its quests',
      tags,
      params,
      querystring,
      response: { 204: noContent, ...problems('precondition-failed', 'workspace-full') },
    },
    handler: (request, reply) =>
      removeRecord(deps, request, reply, 'tags', request.params.id, {
        kind: 'deleteTag',
        id: storedId(request.params.id),
      }),
  })
}

function editOf(id: TagId, { name, color }: z.infer<typeof patchTagSchema>): Command {
  return { kind: 'editTag', id, fields: { ...(name !== undefined && { name }), ...(color !== undefined && { color }) } }
}
