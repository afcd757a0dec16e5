import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import type { QuestEdit } from '@questlog/shared/domain/commands/commands'
import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import { editInWords } from '../../actions/command-in-words.ts'
import { offerUndo, perform } from '../../actions/perform.ts'
import { useWorkspace } from '../../session/workspace-context.ts'
import { useUi } from '../quests/list-state.ts'

/**
 * Sets fields of a quest; a refusal is told to the person, and so is that the quest has left the list on screen. Whether
 * it was done.
 */
export function useQuestEdit(id: QuestId): (fields: QuestEdit) => boolean {
  const workspace = useWorkspace()
  return (fields) => {
    const wasShown = useUi.getState().visibleIds.includes(id)
    if (!perform(workspace, { kind: 'editQuest', id, fields })) return false
    if (wasShown) offerUndoOnceGone(workspace, id, fields)
    return true
  }
}

/** In the second frame the list shows what was changed. */
function offerUndoOnceGone(workspace: Workspace, id: QuestId, fields: QuestEdit): void {
  const look = () => {
    const quest = workspace.projection.quest(id)
    if (quest === undefined || useUi.getState().visibleIds.includes(id)) return
    offerUndo(workspace, editInWords(fields), { count: 1, name: quest.title })
  }
  requestAnimationFrame(() => requestAnimationFrame(look))
}
