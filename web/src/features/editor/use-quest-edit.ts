import type { QuestEdit } from '@questlog/shared/domain/commands'
import type { QuestId } from '@questlog/shared/domain/ids'
import { perform } from '../../app/perform.ts'
import { useWorkspace } from '../../app/workspace-context.ts'

/** Sets fields of a quest; a refusal is told to the person. */
export function useQuestEdit(id: QuestId): (fields: QuestEdit) => void {
  const workspace = useWorkspace()
  return (fields) => void perform(workspace, { kind: 'editQuest', id, fields })
}
