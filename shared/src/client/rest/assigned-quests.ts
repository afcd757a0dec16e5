import { ok, type Result } from '../../domain/kernel/result.ts'
import type { QuestResponse } from '../../protocol/quests.ts'
import type { Account, AccountError } from './account.ts'
import { listAll } from './list-all.ts'
import { anyAnswer } from './rest-request.ts'

type Answer<Value> = Promise<Result<Value, AccountError>>

/** What a guest of a party gets at: the quests assigned to them, over REST alone. */
export interface AssignedQuests {
  list(workspaceId: string): Answer<readonly QuestResponse[]>
  /** `timeZone` (IANA) decides which day it counts for. */
  complete(workspaceId: string, questId: string, timeZone: string): Answer<null>
  reopen(workspaceId: string, questId: string): Answer<null>
}

// Fetched when it is needed: the first paint can do without schemas.
const questList = async () => (await import('../../protocol/quests.ts')).questListSchema

/** The guests' part of the REST interface, as the account that is signed in. */
export function createAssignedQuests({ send }: Pick<Account, 'send'>): AssignedQuests {
  const act = async (workspaceId: string, questId: string, action: string, body?: unknown): Answer<null> => {
    const path = `/quests/${encodeURIComponent(questId)}/${action}?workspaceId=${encodeURIComponent(workspaceId)}`
    const answer = await send({ method: 'POST', path, answer: anyAnswer, ...(body === undefined ? {} : { body }) })
    return answer.ok ? ok(null) : answer
  }
  return {
    list: (workspaceId) =>
      listAll(send, `/quests?workspaceId=${encodeURIComponent(workspaceId)}&assignee=me`, questList),
    complete: (workspaceId, questId, timeZone) => act(workspaceId, questId, 'complete', { timeZone }),
    reopen: (workspaceId, questId) => act(workspaceId, questId, 'reopen'),
  }
}
