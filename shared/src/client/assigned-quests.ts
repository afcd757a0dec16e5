import { z } from 'zod'
import { ok, type Result } from '../domain/result.ts'
import { type QuestResponse, questListSchema } from '../protocol/quests.ts'
import type { Account, AccountError } from './account.ts'
import { listAll } from './list-all.ts'

type Answer<Value> = Promise<Result<Value, AccountError>>

/** What a guest of a party gets at: the quests assigned to them, over REST alone. */
export interface AssignedQuests {
  list(workspaceId: string): Answer<readonly QuestResponse[]>
  complete(questId: string): Answer<null>
  reopen(questId: string): Answer<null>
}

/** The guests' part of the REST interface, as the account that is signed in. */
export function createAssignedQuests({ send }: Pick<Account, 'send'>): AssignedQuests {
  const act = async (questId: string, action: 'complete' | 'reopen'): Answer<null> => {
    const path = `/quests/${encodeURIComponent(questId)}/${action}`
    const answer = await send({ method: 'POST', path, answer: z.unknown() })
    return answer.ok ? ok(null) : answer
  }
  return {
    list: (workspaceId) =>
      listAll(send, `/quests?workspaceId=${encodeURIComponent(workspaceId)}&assignee=me`, questListSchema),
    complete: (questId) => act(questId, 'complete'),
    reopen: (questId) => act(questId, 'reopen'),
  }
}
