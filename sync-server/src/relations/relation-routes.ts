import { type QuestId, storedId } from '@questlog/shared/domain/kernel/ids'
import { relationIdOf } from '@questlog/shared/domain/relations/relation-id'
import { pageOf, recordIdSchema, recordQuerySchema, workspaceIdSchema } from '@questlog/shared/protocol/record-ids'
import { createRelationSchema } from '@questlog/shared/protocol/record-writes'
import { relationKindSchema, relationSchema } from '@questlog/shared/protocol/records'
import { sql } from 'kysely'
import { z } from 'zod'
import { pageQuery } from '../http/pagination.ts'
import { problems } from '../http/problem-responses.ts'
import { noContent, notModified, type TypedApp } from '../http/typed-app.ts'
import { answerList, createRecord, removeRecord } from '../records/answer-records.ts'
import { locateRecord } from '../records/find-record.ts'
import type { RecordDeps } from '../records/record-deps.ts'

const tags = ['Relations']

/** How quests stand to each other. */
export function relationRoutes(app: TypedApp, deps: RecordDeps): void {
  app.route({
    method: 'GET',
    url: '/api/v1/relations',
    schema: {
      operationId: 'listRelations',
      summary: 'Relations, of a quest or of all',
      tags,
      querystring: z.strictObject({
        ...pageQuery,
        workspaceId: workspaceIdSchema.optional(),
        quest: recordIdSchema.optional().meta({ description: 'At either end.' }),
        kind: relationKindSchema.optional(),
      }),
      response: { 200: pageOf(relationSchema, 'RelationList'), 304: notModified },
    },
    handler(request, reply) {
      const { quest, kind } = request.query
      const conditions = [
        ...(quest === undefined ? [] : [sql`(relations.from_id = ${quest} or relations.to_id = ${quest})`]),
        ...(kind === undefined ? [] : [sql`relations.kind = ${kind}`]),
      ]
      return answerList(deps, request, reply, request.query, {
        table: 'relations',
        sort: { column: 'id', type: 'text' },
        conditions,
      })
    },
  })

  app.route({
    method: 'POST',
    url: '/api/v1/relations',
    schema: {
      operationId: 'createRelation',
      summary: 'Relate two quests of a workspace',
      description: 'What is related already stays as it is. A `blocks` that would close a circle is refused with it.',
      tags,
      body: createRelationSchema,
      response: { 201: relationSchema, ...problems('trashed', 'cycle', 'workspace-full') },
    },
    handler: (request, reply) =>
      createRecord(deps, request, reply, 'relations', async () => {
        const { kind, ...ends } = request.body
        const [from, to] = [storedId<QuestId>(ends.from), storedId<QuestId>(ends.to)]
        return {
          workspaceId: await locateRecord(deps, request, 'quests', from),
          id: relationIdOf(kind, from, to),
          command: { kind: 'relate', relation: kind, from, to },
          fieldOf: (_table, id) => (id === from ? 'from' : 'to'),
        }
      }),
  })

  app.route({
    method: 'DELETE',
    url: '/api/v1/relations/:id',
    schema: {
      operationId: 'deleteRelation',
      summary: 'Remove a relation',
      tags,
      params: z.strictObject({ id: recordIdSchema }),
      querystring: recordQuerySchema,
      response: { 204: noContent, ...problems('precondition-failed') },
    },
    handler(request, reply) {
      const { id } = request.params
      return removeRecord(deps, request, reply, 'relations', id, { kind: 'unrelate', id: storedId(id) })
    },
  })
}
