import type { Command } from '@questlog/shared/domain/commands/commands'
import { type CategoryId, newId, storedId } from '@questlog/shared/domain/kernel/ids'
import { pageOf, recordIdSchema, recordQuerySchema, workspaceIdSchema } from '@questlog/shared/protocol/record-ids'
import { createCategorySchema, patchCategorySchema } from '@questlog/shared/protocol/record-writes'
import { categorySchema } from '@questlog/shared/protocol/records'

import { z } from 'zod'
import { pageQuery } from '../http/pagination.ts'
import { problems } from '../http/problem-responses.ts'
import { noContent, notModified, type TypedApp } from '../http/typed-app.ts'
import type { Draft } from '../read-model/workspace-store.ts'
import {
  answerList,
  answerRecord,
  changeRecord,
  createRecord,
  dispatchEach,
  removeRecord,
} from '../records/answer-records.ts'
import { homeWorkspace } from '../records/answer-write.ts'
import { placeAfter } from '../records/place-after.ts'
import type { RecordDeps } from '../records/record-deps.ts'

const params = z.strictObject({ id: recordIdSchema })
const querystring = recordQuerySchema
const tags = ['Categories']

/** Categories. */
export function categoryRoutes(app: TypedApp, deps: RecordDeps): void {
  app.route({
    method: 'GET',
    url: '/api/v1/categories',
    schema: {
      operationId: 'listCategories',
      summary: 'Categories, in their order',
      tags,
      querystring: z.strictObject({ ...pageQuery, workspaceId: workspaceIdSchema.optional() }),
      response: { 200: pageOf(categorySchema, 'CategoryList'), 304: notModified },
    },
    handler(request, reply) {
      const conditions: never[] = []
      return answerList(deps, request, reply, request.query, {
        table: 'categories',
        sort: { column: 'rank', type: 'text' },
        conditions,
      })
    },
  })

  app.route({
    method: 'POST',
    url: '/api/v1/categories',
    schema: {
      operationId: 'createCategory',
      summary: 'Make a category',
      tags,
      body: createCategorySchema,
      response: { 201: categorySchema, ...problems('already-exists', 'workspace-full') },
    },
    handler: (request, reply) =>
      createRecord(deps, request, reply, 'categories', () => {
        const { workspaceId = homeWorkspace(request), id = newId(), name, color = null } = request.body
        return { workspaceId, id, command: { kind: 'createCategory', id: storedId(id), name, color } }
      }),
  })

  app.route({
    method: 'GET',
    url: '/api/v1/categories/:id',
    schema: {
      operationId: 'getCategory',
      summary: 'One category',
      tags,
      params,
      querystring,
      response: { 200: categorySchema, 304: notModified },
    },
    handler: (request, reply) => answerRecord(deps, request, reply, 'categories', request.params.id),
  })

  app.route({
    method: 'PATCH',
    url: '/api/v1/categories/:id',
    schema: {
      operationId: 'updateCategory',
      summary: 'Change a category',
      tags,
      params,
      querystring,
      body: patchCategorySchema,
      response: { 200: categorySchema, ...problems('precondition-failed', 'workspace-full') },
    },
    handler(request, reply) {
      const { id } = request.params
      return changeRecord(deps, request, reply, 'categories', id, (draft) =>
        dispatchEach(draft, changesOf(draft, storedId(id), request.body)),
      )
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/v1/categories/:id',
    schema: {
      operationId: 'deleteCategory',
      summary: 'Remove a category; its quests are left without one',
      tags,
      params,
      querystring,
      response: { 204: noContent, ...problems('precondition-failed', 'workspace-full') },
    },
    handler: (request, reply) =>
      removeRecord(deps, request, reply, 'categories', request.params.id, {
        kind: 'deleteCategory',
        id: storedId(request.params.id),
      }),
  })
}

function changesOf(
  draft: Draft,
  id: CategoryId,
  { name, color, after }: z.infer<typeof patchCategorySchema>,
): readonly Command[] {
  const fields = {
    ...(name !== undefined && { name }),
    ...(color !== undefined && { color }),
  }
  const edited: Command = { kind: 'editCategory', id, fields }
  const place =
    after === undefined ? null : placeAfter(draft.state.categories(), id, after === null ? null : storedId(after))
  return place === null ? [edited] : [edited, { kind: 'reorderCategory', id, ...place }]
}
