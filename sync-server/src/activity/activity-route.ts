import { activitySchema } from '@questlog/shared/protocol/activity'
import { pageOf, recordIdSchema, workspaceIdSchema } from '@questlog/shared/protocol/record-ids'
import { z } from 'zod'
import { admittedMemberships } from '../access/enforce-access.ts'
import { HttpProblem } from '../http/http-problem.ts'
import { pageQuery, readCursor, writeCursor } from '../http/pagination.ts'
import type { TypedApp } from '../http/typed-app.ts'
import type { RecordDeps } from '../records/record-deps.ts'
import { activityCursorSchema, listActivity } from './list-activity.ts'

/** Who changed what. */
export function activityRoute(app: TypedApp, deps: RecordDeps): void {
  app.route({
    method: 'GET',
    url: '/api/v1/activity',
    schema: {
      operationId: 'listActivity',
      summary: 'Who changed which field of what, from what to what, the newest first',
      description:
        'Of a quest, or of everything in a workspace. Of a quest that moved here, its changes in the workspaces it ' +
        'was in before are there too, where you are a member of them. That a workspace was put back to a moment is ' +
        'told as a change of kind `workspace` before all that it changed; where that is more than a hundred records, only ' +
        'the histories of the quests tell it.',
      tags: ['Activity'],
      querystring: z.strictObject({
        ...pageQuery,
        workspaceId: workspaceIdSchema.optional(),
        quest: recordIdSchema.optional(),
        removed: z
          .enum(['true', 'false'])
          .optional()
          .meta({
            description:
              '`true`: only records that went, by whatever means, those put into the Trash, and notes of which most was ' +
              'deleted at once.',
          }),
      }),
      response: { 200: pageOf(activitySchema, 'ActivityList') },
    },
    async handler(request, reply) {
      const { quest, workspaceId, removed, limit, cursor } = request.query
      if (quest === undefined && workspaceId === undefined) {
        throw new HttpProblem('invalid-request', [{ path: 'query.quest', message: 'name a quest or a workspace' }])
      }
      const workspaceIds = admittedMemberships(request).map((membership) => membership.workspaceId)
      const after = readCursor('activity', activityCursorSchema, cursor)
      await deps.store.catchUp(workspaceIds)
      const { items, next } = await listActivity(deps.db, {
        workspaceIds,
        quest,
        removed: removed === 'true',
        limit,
        after,
      })
      void reply.header('cache-control', 'no-store')
      return { items, nextCursor: next === null ? null : writeCursor('activity', next) }
    },
  })
}
