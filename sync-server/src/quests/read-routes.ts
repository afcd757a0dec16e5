import { questFilters } from '@questlog/shared/protocol/quest-lists'
import { questListSchema, questSchema } from '@questlog/shared/protocol/quests'
import { recordIdSchema, recordQuerySchema } from '@questlog/shared/protocol/record-ids'
import { z } from 'zod'
import { admittedMemberships } from '../access/enforce-access.ts'
import { answerUnchanged, etagOf } from '../http/etag.ts'
import { HttpProblem } from '../http/http-problem.ts'
import { pageQuery } from '../http/pagination.ts'
import { problems } from '../http/problem-responses.ts'
import { notModified, type TypedApp } from '../http/typed-app.ts'
import { answerList } from '../records/answer-records.ts'
import { readRecord } from '../records/find-record.ts'
import type { RecordDeps } from '../records/record-deps.ts'
import { questList } from './list-quests.ts'

/** `GET /api/v1/quests` and one of them. */
export function questReadRoutes(app: TypedApp, deps: RecordDeps): void {
  app.route({
    method: 'GET',
    url: '/api/v1/quests',
    schema: {
      operationId: 'listQuests',
      summary: 'Quests by filters, in an order, page by page',
      description: 'Guests see the quests that are assigned to them.',
      tags: ['Quests'],
      querystring: z.strictObject({ ...pageQuery, ...questFilters }),
      response: { 200: questListSchema, 304: notModified },
    },
    async handler(request, reply) {
      const { limit, cursor, ...filters } = request.query
      if (filters.sort === 'updated' && filters.workspaceId === undefined) {
        throw new HttpProblem('invalid-request', [{ path: 'query.sort', message: 'updated needs a workspaceId' }])
      }
      const list = questList(filters, request.caller.userId, admittedMemberships(request))
      return answerList(deps, request, reply, { limit, cursor }, list)
    },
  })

  app.route({
    method: 'GET',
    url: '/api/v1/quests/:questId',
    schema: {
      operationId: 'getQuest',
      summary: 'One quest, also from the Trash',
      tags: ['Quests'],
      params: z.strictObject({ questId: recordIdSchema }),
      querystring: recordQuerySchema,
      response: { 200: questSchema, 304: notModified, ...problems('not-found') },
    },
    async handler(request, reply) {
      const { record } = await readRecord(deps, request, 'quests', request.params.questId)
      return answerUnchanged(request, reply, etagOf(record.version)) ? reply : record
    },
  })
}
