import type { CommandError } from '@questlog/shared/domain/commands/command-error'
import { newId, type QuestId, type StepId, storedId } from '@questlog/shared/domain/kernel/ids'
import type { Result } from '@questlog/shared/domain/kernel/result'
import { addStepSchema, patchStepSchema } from '@questlog/shared/protocol/quest-writes'
import { questSchema } from '@questlog/shared/protocol/quests'
import { recordIdSchema, recordQuerySchema } from '@questlog/shared/protocol/record-ids'
import { z } from 'zod'
import { HttpProblem } from '../http/http-problem.ts'
import { problems } from '../http/problem-responses.ts'
import type { TypedApp } from '../http/typed-app.ts'
import type { Draft } from '../read-model/workspace-store.ts'
import { placeAfter } from '../records/place-after.ts'
import type { RecordDeps } from '../records/record-deps.ts'
import { changeQuest } from './change-quest.ts'
import { writeStep } from './write-steps.ts'

const params = z.strictObject({ questId: recordIdSchema, stepId: recordIdSchema })
const tags = ['Quests']

/** The steps of a quest, one by one. Each answers with the quest. */
export function stepRoutes(app: TypedApp, deps: RecordDeps): void {
  app.route({
    method: 'POST',
    url: '/api/v1/quests/:questId/steps',
    schema: {
      operationId: 'addStep',
      summary: 'Add a step after the last',
      tags,
      params: params.omit({ stepId: true }),
      querystring: recordQuerySchema,
      body: addStepSchema,
      response: { 201: questSchema, ...problems('precondition-failed', 'trashed', 'already-exists', 'workspace-full') },
    },
    handler(request, reply) {
      const { id: stepId = newId(), text, done = false } = request.body
      return changeQuest(deps, request, reply, {
        ...request.params,
        status: 201,
        change(draft, id) {
          const isTaken = draft.state.quest(id)?.steps.has(storedId(stepId)) === true
          if (isTaken) return { ok: false, error: { code: 'already-exists', id: stepId } }
          return writeStep(draft, id, storedId(stepId), { text, done })
        },
      })
    },
  })

  app.route({
    method: 'PATCH',
    url: '/api/v1/quests/:questId/steps/:stepId',
    schema: {
      operationId: 'updateStep',
      summary: 'Tick, word or move a step',
      description: 'Guests may tick the steps of quests assigned to them.',
      tags,
      params,
      querystring: recordQuerySchema,
      body: patchStepSchema,
      response: { 200: questSchema, ...problems('precondition-failed', 'trashed', 'forbidden', 'workspace-full') },
    },
    handler(request, reply) {
      const { body } = request
      const { questId, stepId } = request.params
      return changeQuest(deps, request, reply, {
        questId,
        change(draft, id, role) {
          const isMore = body.text !== undefined || body.after !== undefined
          if (role === 'guest' && isMore) return { ok: false, error: new HttpProblem('forbidden') }
          return changeStep(draft, id, storedId(stepId), body)
        },
      })
    },
  })

  app.route({
    method: 'DELETE',
    url: '/api/v1/quests/:questId/steps/:stepId',
    schema: {
      operationId: 'removeStep',
      summary: 'Remove a step',
      tags,
      params,
      querystring: recordQuerySchema,
      response: { 200: questSchema, ...problems('precondition-failed', 'trashed', 'workspace-full') },
    },
    handler(request, reply) {
      const { questId, stepId } = request.params
      return changeQuest(deps, request, reply, {
        questId,
        change: (draft, id) => draft.dispatch({ kind: 'removeStep', id, stepId: storedId(stepId) }),
      })
    },
  })
}

function changeStep(
  draft: Draft,
  id: QuestId,
  stepId: StepId,
  { text, done, after }: z.infer<typeof patchStepSchema>,
): Result<void, CommandError> {
  const fields = { ...(text !== undefined && { text }), ...(done !== undefined && { done }) }
  const edited = draft.dispatch({ kind: 'editStep', id, stepId, fields })
  if (!edited.ok || after === undefined) return edited
  const stepIds = [...(draft.state.quest(id)?.steps.keys() ?? [])]
  const place = placeAfter(stepIds, stepId, after === null ? null : storedId<StepId>(after))
  return place === null ? edited : draft.dispatch({ kind: 'reorderStep', id, stepId, ...place })
}
