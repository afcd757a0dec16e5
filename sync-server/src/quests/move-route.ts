import { type QuestId, storedId } from '@questlog/shared/domain/kernel/ids'
import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import { questWithSubQuests } from '@questlog/shared/domain/state/sub-quests'
import { moveQuestSchema } from '@questlog/shared/protocol/quest-writes'
import { questSchema } from '@questlog/shared/protocol/quests'
import { recordIdSchema } from '@questlog/shared/protocol/record-ids'
import { isAtLeast } from '@questlog/shared/protocol/workspaces'
import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { loadMemberships } from '../access/load-memberships.ts'
import { HttpProblem } from '../http/http-problem.ts'
import { problems } from '../http/problem-responses.ts'
import type { TypedApp } from '../http/typed-app.ts'
import type { Draft } from '../read-model/workspace-store.ts'
import { answerWrite, checkMatch, recordAnswer } from '../records/answer-write.ts'
import { commandProblem } from '../records/command-problem.ts'
import { findShownRecord } from '../records/find-record.ts'
import type { RecordDeps } from '../records/record-deps.ts'
import { moveQuests } from './move-quests.ts'
import { writeQuestFields } from './write-quest-fields.ts'

/** Moves quests between workspaces. */
export function moveRoute(app: TypedApp, deps: RecordDeps): void {
  app.route({
    method: 'POST',
    url: '/api/v1/quests/:questId/move',
    schema: {
      operationId: 'moveQuest',
      summary: 'Move a quest to another workspace',
      description:
        'It keeps its id, notes, completions and the relations to those that move with it. `movedFrom` tells where ' +
        'its earlier activity is. Those it was assigned to and who are not members there are taken off. You must be ' +
        'a member of both workspaces.',
      tags: ['Quests'],
      params: z.strictObject({ questId: recordIdSchema }),
      body: moveQuestSchema,
      response: { 200: questSchema, ...problems('precondition-failed', 'trashed', 'already-exists', 'workspace-full') },
    },
    handler: (request, reply) =>
      answerWrite(deps, request, reply, async () => {
        const { questId } = request.params
        const { workspaceId: to, projectId = null, sectionId = null } = request.body
        const from = await sourceOf(deps, request, questId)
        return {
          workspaceIds: from === to ? [to] : [from, to],
          async run(drafts) {
            const id = storedId<QuestId>(questId)
            const matched = await checkMatch(deps, request, 'quests', from, questId)
            if (!matched.ok) return matched
            if (from !== to) {
              const moved = await moveBetween(deps, drafts.get(from), drafts.get(to), id)
              if (!moved.ok) return moved
            }
            if (from === to && request.body.projectId === undefined) return ok(undefined)
            const placed = writeQuestFields(drafts.get(to), id, { projectId, sectionId })
            return placed.ok ? placed : err(commandProblem(placed.error, { id: questId }))
          },
          answer: recordAnswer('quests', to, questId),
        }
      }),
  })
}

/** The workspace the quest is in now: the one that is asked for last, where it is there already. */
async function sourceOf({ db, store }: RecordDeps, request: FastifyRequest, questId: string): Promise<string> {
  const memberships = await loadMemberships(db, request.caller.userId)
  const target = request.membership.workspaceId
  const ids = memberships.map(({ workspaceId }) => workspaceId).filter((id) => id !== target)
  await store.catchUp([...ids, target])
  // The workspace that is asked for comes last.
  const inOrder = [...ids, target].flatMap((id) => memberships.find(({ workspaceId }) => workspaceId === id) ?? [])
  const asks = { userId: request.caller.userId, memberships: inOrder }
  const found = await findShownRecord(db, asks, 'quests', questId)
  const membership = memberships.find(({ workspaceId }) => workspaceId === found?.workspaceId)
  if (found === undefined || membership === undefined) throw new HttpProblem('not-found')
  if (!isAtLeast(membership.role, 'member')) throw new HttpProblem('forbidden')
  return found.workspaceId
}

async function moveBetween(
  { db, now }: RecordDeps,
  from: Draft,
  to: Draft,
  id: QuestId,
): Promise<Result<void, HttpProblem>> {
  const quest = from.state.quest(id)
  if (quest === undefined) return err(new HttpProblem('not-found'))
  if (quest.deletedAt !== null) return err(new HttpProblem('trashed'))
  const ids = questWithSubQuests(from.state, id)
  for (const each of ids) if (to.state.quest(each) !== undefined) return err(new HttpProblem('already-exists'))
  const members = await db
    .selectFrom('memberships')
    .select('user_id')
    .where('workspace_id', '=', to.workspaceId)
    .execute()
  const known = new Set<string>(members.map(({ user_id }) => user_id))
  moveQuests(from, to, id, { at: now(), isMember: (userId) => known.has(userId) })
  return ok(undefined)
}
