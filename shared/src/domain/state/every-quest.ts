import type { QuestId } from '../kernel/ids.ts'
import type { Patch, RecordWrite } from '../kernel/record-write.ts'
import type { Quest } from '../quest/quest.ts'
import type { LogState } from './log-state.ts'

/** The same patch for every quest of which something holds, those done and those in the Trash included. */
export function patchEvery(
  state: Pick<LogState, 'quest' | 'list'>,
  holds: (quest: Quest) => boolean,
  patch: Patch,
): readonly RecordWrite[] {
  const writes: RecordWrite[] = []
  const take = (id: QuestId): void => {
    const quest = state.quest(id)
    if (quest !== undefined && holds(quest)) writes.push({ table: 'quests', id, patch })
  }
  state.list({ kind: 'all' }).forEach(take)
  state.list({ kind: 'trash' }).forEach(take)
  return writes
}
