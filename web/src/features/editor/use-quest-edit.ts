import type { QuestEdit } from '@questlog/shared/domain/commands/commands'
import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import { perform } from '../../actions/perform.ts'
import { useWorkspace } from '../../session/workspace-context.ts'

/** Sets fields of a quest; a refusal is told to the person. Whether it was done. */
export function useQuestEdit(id: QuestId): (fields: QuestEdit) => boolean {
  const workspace = useWorkspace()
  return (fields) => perform(workspace, { kind: 'editQuest', id, fields })
}
