import type { ProjectId, QuestId } from '../kernel/ids.ts'
import type { RecordWrite } from '../kernel/record-write.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import type { Quest } from '../quest/quest.ts'
import type { DecideContext, LogState } from '../state/log-state.ts'
import { questWithSubQuests } from '../state/sub-quests.ts'
import type { CommandError } from './command-error.ts'
import type { Command } from './commands.ts'
import { inARow } from './decide-many.ts'
import { checkPlace, editable, endRank } from './decide-quest.ts'

/**
 * Moves quests to a project and section (nulls: to the Inbox, to no section), all or none; those that come from another
 * project stand at its end, in order. A quest takes along its sub-quests of every depth that are where it was [R29].
 */
export function moveQuests(
  state: LogState,
  { ids, projectId, sectionId }: Omit<Extract<Command, { kind: 'moveQuests' }>, 'kind'>,
  context: DecideContext,
): Result<readonly RecordWrite[], CommandError> {
  const moving = new Set<QuestId>()
  for (const id of ids) {
    const quest = editable(state, id)
    if (!quest.ok) return quest
    for (const each of questWithSubQuests(state, id, goesAlong(quest.value, projectId))) moving.add(each)
  }
  if (moving.size === 0) return ok([])
  const place = checkPlace(state, projectId, sectionId)
  if (place !== null) return err(place)
  // Asked for only where one comes from elsewhere: it may take a walk through the list.
  let rank: string | undefined
  const writes: RecordWrite[] = []
  for (const id of moving) {
    const quest = state.quest(id)
    if (quest?.projectId !== projectId) {
      rank ??= endRank(state, projectId, context)
      writes.push({ table: 'quests', id, patch: { projectId, sectionId, rank } })
    } else if (quest.sectionId !== sectionId) writes.push({ table: 'quests', id, patch: { sectionId } })
  }
  return ok(inARow(writes, context))
}

function goesAlong(parent: Quest, projectId: ProjectId | null): (subQuest: Quest) => boolean {
  return (subQuest) =>
    subQuest.projectId === parent.projectId &&
    (parent.projectId !== projectId || subQuest.sectionId === parent.sectionId)
}
