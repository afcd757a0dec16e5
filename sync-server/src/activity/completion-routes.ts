import { pageOf, recordIdSchema, workspaceIdSchema } from '@questlog/shared/protocol/record-ids'
import { completionSchema } from '@questlog/shared/protocol/records'
import { instantSchema } from '@questlog/shared/protocol/value-schemas'
import { sql } from 'kysely'
import { z } from 'zod'
import { pageQuery } from '../http/pagination.ts'
import { notModified, type TypedApp } from '../http/typed-app.ts'
import { answerList } from '../records/answer-records.ts'
import type { RecordDeps } from '../records/record-deps.ts'

/** What was completed: the ledger of what was earned, which outlasts the quests. */
export function completionRoutes(app: TypedApp, deps: RecordDeps): void {
  app.route({
    method: 'GET',
    url: '/api/v1/completions',
    schema: {
      operationId: 'listCompletions',
      summary: 'Completions, the newest first, those undone included',
      tags: ['Activity'],
      querystring: z.strictObject({
        ...pageQuery,
        workspaceId: workspaceIdSchema.optional(),
        quest: recordIdSchema.optional(),
        from: instantSchema.optional(),
        before: instantSchema.optional(),
      }),
      response: { 200: pageOf(completionSchema, 'CompletionList'), 304: notModified },
    },
    handler(request, reply) {
      const { quest, from, before } = request.query
      const conditions = [
        ...(quest === undefined ? [] : [sql`completions.quest_id = ${quest}`]),
        ...(from === undefined ? [] : [sql`completions.at >= ${from}::timestamptz`]),
        ...(before === undefined ? [] : [sql`completions.at < ${before}::timestamptz`]),
      ]
      return answerList(deps, request, reply, request.query, {
        table: 'completions',
        sort: { column: 'at', type: 'timestamptz' },
        descending: true,
        conditions,
      })
    },
  })
}
