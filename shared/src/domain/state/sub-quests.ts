import type { QuestId } from '../kernel/ids.ts'
import type { Quest } from '../quest/quest.ts'
import type { LogState } from './log-state.ts'

/**
 * A quest and its sub-quests of every depth, parents before their children, those done and those in the Trash included.
 * One that `belongs` says no to is left out with all below it.
 */
export function questWithSubQuests(
  state: Pick<LogState, 'quest' | 'subQuestsOf'>,
  id: QuestId,
  belongs: (subQuest: Quest) => boolean = () => true,
): ReadonlySet<QuestId> {
  const ids = new Set([id])
  // A set is visited in the order of insertion, what is added meanwhile included.
  for (const parent of ids) {
    for (const child of state.subQuestsOf(parent)) {
      const quest = state.quest(child)
      if (quest !== undefined && belongs(quest)) ids.add(child)
    }
  }
  return ids
}
