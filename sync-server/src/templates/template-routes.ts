import { questsForTemplate } from '@questlog/shared/domain/commands/template-from-quest'
import { newId, type QuestId, storedId } from '@questlog/shared/domain/kernel/ids'
import { pageOf, recordIdSchema, recordQuerySchema, workspaceIdSchema } from '@questlog/shared/protocol/record-ids'
import { createTemplateSchema, patchTemplateSchema } from '@questlog/shared/protocol/record-writes'
import { templateSchema } from '@questlog/shared/protocol/records'
import { z } from 'zod'
import { pageQuery } from '../http/pagination.ts'
import { problems } from '../http/problem-responses.ts'
import { noContent, notModified, type TypedApp } from '../http/typed-app.ts'
import { answerList, answerRecord, changeRecord, createRecord, removeRecord } from '../records/answer-records.ts'
import { locateRecord } from '../records/find-record.ts'
import type { RecordDeps } from '../records/record-deps.ts'
import { useTemplateRoute } from './use-template-route.ts'

const params = z.strictObject({ id: recordIdSchema })
const querystring = recordQuerySchema
const tags = ['Templates']

/** Quests with their sub-quests, kept to be made again. */
export function templateRoutes(app: TypedApp, deps: RecordDeps): void {
  app.route({
    method: 'GET',
    url: '/api/v1/templates',
    schema: {
      operationId: 'listTemplates',
      summary: 'Templates by name',
      tags,
      querystring: z.strictObject({ ...pageQuery, workspaceId: workspaceIdSchema.optional() }),
      response: { 200: pageOf(templateSchema, 'TemplateList'), 304: notModified },
    },
    handler: (request, reply) =>
      answerList(deps, request, reply, request.query, {
        table: 'templates',
        sort: { column: 'name', type: 'text' },
        conditions: [],
      }),
  })

  app.route({
    method: 'POST',
    url: '/api/v1/templates',
    schema: {
      operationId: 'createTemplate',
      summary: 'Make a template of a quest with its sub-quests, steps, notes and relations',
      tags,
      body: createTemplateSchema,
      response: { 201: templateSchema, ...problems('already-exists', 'trashed', 'workspace-full') },
    },
    handler: (request, reply) =>
      createRecord(deps, request, reply, 'templates', async () => {
        const { id = newId(), name, timeZone } = request.body
        const questId = storedId<QuestId>(request.body.questId)
        return {
          workspaceId: await locateRecord(deps, request, 'quests', questId),
          id,
          timeZone,
          command(draft) {
            const notes = questsForTemplate(draft.state, questId).map((each) => [each, draft.note(each)])
            return { kind: 'createTemplate', id: storedId(id), name, questId, notes: Object.fromEntries(notes) }
          },
          fieldOf: () => 'questId',
        }
      }),
  })

  app.route({
    method: 'GET',
    url: '/api/v1/templates/:id',
    schema: {
      operationId: 'getTemplate',
      summary: 'One template',
      tags,
      params,
      querystring,
      response: { 200: templateSchema, 304: notModified },
    },
    handler: (request, reply) => answerRecord(deps, request, reply, 'templates', request.params.id),
  })

  app.route({
    method: 'PATCH',
    url: '/api/v1/templates/:id',
    schema: {
      operationId: 'updateTemplate',
      summary: 'Rename a template',
      tags,
      params,
      querystring,
      body: patchTemplateSchema,
      response: { 200: templateSchema, ...problems('precondition-failed', 'workspace-full') },
    },
    handler(request, reply) {
      const { id } = request.params
      const { name } = request.body
      const fields = name === undefined ? {} : { name }
      return changeRecord(deps, request, reply, 'templates', id, (draft) =>
        draft.dispatch({ kind: 'editTemplate', id: storedId(id), fields }),
      )
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/v1/templates/:id',
    schema: {
      operationId: 'deleteTemplate',
      summary: 'Remove a template; the quests made from it stay',
      tags,
      params,
      querystring,
      response: { 204: noContent, ...problems('precondition-failed') },
    },
    handler(request, reply) {
      const { id } = request.params
      return removeRecord(deps, request, reply, 'templates', id, { kind: 'deleteTemplate', id: storedId(id) })
    },
  })

  useTemplateRoute(app, deps)
}
