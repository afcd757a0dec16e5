import { newId } from '@questlog/shared/domain/kernel/ids'
import { err } from '@questlog/shared/domain/kernel/result'
import { createQuestSchema, patchQuestSchema, replaceQuestSchema } from '@questlog/shared/protocol/quest-writes'
import { questSchema } from '@questlog/shared/protocol/quests'
import { recordIdSchema, recordQuerySchema } from '@questlog/shared/protocol/record-ids'
import { z } from 'zod'
import { problems } from '../http/problem-responses.ts'
import { noContent, type TypedApp } from '../http/typed-app.ts'
import { answerWrite, emptyAnswer, homeWorkspace, recordAnswer } from '../records/answer-write.ts'
import { commandProblem } from '../records/command-problem.ts'
import type { RecordDeps } from '../records/record-deps.ts'
import { checkAssignees, membersToAssign } from './assignees.ts'
import { changeQuest, type QuestChange, questWrite } from './change-quest.ts'
import { replacedQuest } from './replaced-quest.ts'
import { createQuest, writeQuestFields } from './write-quest-fields.ts'

const params = z.strictObject({ questId: recordIdSchema })
const querystring = recordQuerySchema
const tags = ['Quests']

/** Makes, changes, completes, trashes, restores and purges quests. */
export function questWriteRoutes(app: TypedApp, deps: RecordDeps): void {
  app.route({
    method: 'POST',
    url: '/api/v1/quests',
    schema: {
      operationId: 'createQuest',
      summary: 'Make a quest',
      tags,
      body: createQuestSchema,
      response: { 201: questSchema, ...problems('already-exists', 'trashed', 'workspace-full') },
    },
    handler: (request, reply) =>
      answerWrite(deps, request, reply, () => {
        const { workspaceId = homeWorkspace(request), id = newId(), ...quest } = request.body
        return {
          workspaceIds: [workspaceId],
          async run(drafts) {
            const members = await membersToAssign(deps.db, workspaceId, quest.assignees)
            const known = checkAssignees(members, quest.assignees)
            if (!known.ok) return known
            const created = createQuest(drafts.get(workspaceId), id, quest)
            return created.ok ? known : err(commandProblem(created.error, { id: null }))
          },
          answer: recordAnswer('quests', workspaceId, id, 201),
        }
      }),
  })

  app.route({
    method: 'PATCH',
    url: '/api/v1/quests/:questId',
    schema: {
      operationId: 'updateQuest',
      summary: 'Change fields of a quest',
      tags,
      params,
      querystring,
      body: patchQuestSchema,
      response: { 200: questSchema, ...problems('precondition-failed', 'trashed', 'cycle', 'workspace-full') },
    },
    handler(request, reply) {
      const { params, body } = request
      const change: QuestChange['change'] = (draft, id) => writeQuestFields(draft, id, body)
      return changeQuest(deps, request, reply, { ...params, change, assignees: body.assignees })
    },
  })

  app.route({
    method: 'PUT',
    url: '/api/v1/quests/:questId',
    schema: {
      operationId: 'replaceQuest',
      summary: 'Replace all that can be written of a quest',
      description: 'What is left out takes its default. Id, place in lists, and when and by whom it was made stay.',
      tags,
      params,
      querystring,
      body: replaceQuestSchema,
      response: { 200: questSchema, ...problems('precondition-failed', 'trashed', 'cycle', 'workspace-full') },
    },
    handler(request, reply) {
      const fields = replacedQuest(request.body)
      const change: QuestChange['change'] = (draft, id) => writeQuestFields(draft, id, fields)
      return changeQuest(deps, request, reply, { ...request.params, change, assignees: fields.assignees })
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/v1/quests/:questId',
    schema: {
      operationId: 'trashQuest',
      summary: 'Put a quest into the Trash',
      tags,
      params,
      querystring,
      response: { 200: questSchema, ...problems('precondition-failed', 'workspace-full') },
    },
    handler: (request, reply) =>
      changeQuest(deps, request, reply, {
        ...request.params,
        change: (draft, id) => draft.dispatch({ kind: 'trashQuests', ids: [id] }),
      }),
  })

  app.route({
    method: 'POST',
    url: '/api/v1/quests/:questId/restore',
    schema: {
      operationId: 'restoreQuest',
      summary: 'Take a quest out of the Trash, and its project with it',
      tags,
      params,
      querystring,
      response: { 200: questSchema, ...problems('precondition-failed', 'workspace-full') },
    },
    handler: (request, reply) =>
      changeQuest(deps, request, reply, {
        ...request.params,
        change: (draft, id) => draft.dispatch({ kind: 'restoreQuests', ids: [id] }),
      }),
  })

  app.route({
    method: 'POST',
    url: '/api/v1/quests/:questId/purge',
    schema: {
      operationId: 'purgeQuest',
      summary: 'Remove a quest of the Trash for good',
      description: 'Its notes and relations go with it. What was earned with it stays in the completions.',
      tags,
      params,
      querystring,
      response: { 204: noContent, ...problems('precondition-failed', 'not-trashed') },
    },
    handler: (request, reply) =>
      answerWrite(deps, request, reply, async () => {
        const write = await questWrite(deps, request, {
          ...request.params,
          change(draft, id) {
            const purged = draft.dispatch({ kind: 'purgeQuests', ids: [id] })
            if (purged.ok) draft.setNote(id, '')
            return purged
          },
        })
        return { ...write, answer: emptyAnswer }
      }),
  })
}
