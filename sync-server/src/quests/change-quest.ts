import type { CommandError } from '@questlog/shared/domain/commands/command-error'
import { type QuestId, storedId, type UserId } from '@questlog/shared/domain/kernel/ids'
import { err, type Result } from '@questlog/shared/domain/kernel/result'
import type { QuestResponse } from '@questlog/shared/protocol/quests'
import type { Role } from '@questlog/shared/protocol/workspaces'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { requireMembership } from '../access/enforce-access.ts'
import { HttpProblem } from '../http/http-problem.ts'
import type { Draft } from '../read-model/workspace-store.ts'
import { answerWrite, checkMatch, type RequestedWrite, recordAnswer } from '../records/answer-write.ts'
import { commandProblem } from '../records/command-problem.ts'
import { locateRecord } from '../records/find-record.ts'
import type { RecordDeps } from '../records/record-deps.ts'
import { checkAssignees, membersToAssign } from './assignees.ts'

export interface QuestChange {
  readonly questId: string
  readonly timeZone?: string | undefined
  readonly change: (draft: Draft, id: QuestId, role: Role) => Result<void, CommandError | HttpProblem>
  /** 200 unless it says another. */
  readonly status?: number
  /** New assignees, who must be members. */
  readonly assignees?: readonly string[] | undefined
}

/** Changes the quest a request names, under its `If-Match`, and answers with it. */
export function changeQuest(
  deps: RecordDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  change: QuestChange,
): Promise<QuestResponse | undefined> {
  return answerWrite(deps, request, reply, async () => {
    const write = await questWrite(deps, request, change)
    return { ...write, answer: recordAnswer('quests', write.workspaceId, change.questId, change.status) }
  })
}

/** The write that changes a quest, without its answer. */
export async function questWrite(
  deps: RecordDeps,
  request: FastifyRequest,
  { questId, timeZone, change, assignees }: QuestChange,
): Promise<Omit<RequestedWrite<never>, 'answer'> & { readonly workspaceId: string }> {
  const id = storedId<QuestId>(questId)
  const workspaceId = await locateRecord(deps, request, 'quests', questId)
  const { role } = requireMembership(request, workspaceId)
  return {
    workspaceId,
    workspaceIds: [workspaceId],
    timeZone,
    async run(drafts) {
      const draft = drafts.get(workspaceId)
      const quest = draft.state.quest(id)
      const isHidden = role === 'guest' && quest?.assignees.has(storedId<UserId>(request.caller.userId)) !== true
      if (quest === undefined || isHidden) return err(new HttpProblem('not-found'))
      const matched = await checkMatch(deps, request, 'quests', workspaceId, questId)
      if (!matched.ok) return matched
      const members = await membersToAssign(deps.db, workspaceId, assignees)
      const known = checkAssignees(members, assignees, quest.assignees)
      if (!known.ok) return known
      const changed = change(draft, id, role)
      if (changed.ok) return changed
      return err(changed.error instanceof HttpProblem ? changed.error : commandProblem(changed.error, { id: questId }))
    },
  }
}
