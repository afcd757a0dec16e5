import { completeQuestSchema } from '@questlog/shared/protocol/quest-writes'
import { questSchema } from '@questlog/shared/protocol/quests'
import { recordIdSchema, recordQuerySchema } from '@questlog/shared/protocol/record-ids'
import { z } from 'zod'
import { problems } from '../http/problem-responses.ts'
import type { TypedApp } from '../http/typed-app.ts'
import type { RecordDeps } from '../records/record-deps.ts'
import { changeQuest } from './change-quest.ts'

const params = z.strictObject({ questId: recordIdSchema })

/** Completes and reopens quests: what a guest, too, does with those assigned to them. */
export function questDoneRoutes(app: TypedApp, deps: RecordDeps): void {
  app.route({
    method: 'POST',
    url: '/api/v1/quests/:questId/complete',
    schema: {
      operationId: 'completeQuest',
      summary: 'Complete the current occurrence of a quest',
      tags: ['Quests'],
      params,
      querystring: recordQuerySchema,
      body: completeQuestSchema,
      response: { 200: questSchema, ...problems('precondition-failed', 'trashed', 'already-done', 'workspace-full') },
    },
    handler: (request, reply) =>
      changeQuest(deps, request, reply, {
        ...request.params,
        ...request.body,
        change: (draft, id) => draft.dispatch({ kind: 'completeQuest', id }),
      }),
  })

  app.route({
    method: 'POST',
    url: '/api/v1/quests/:questId/reopen',
    schema: {
      operationId: 'reopenQuest',
      summary: 'Undo the completion of a quest',
      tags: ['Quests'],
      params,
      querystring: recordQuerySchema,
      response: { 200: questSchema, ...problems('precondition-failed', 'trashed', 'not-done', 'workspace-full') },
    },
    handler: (request, reply) =>
      changeQuest(deps, request, reply, {
        ...request.params,
        change: (draft, id) => draft.dispatch({ kind: 'reopenQuest', id }),
      }),
  })
}
