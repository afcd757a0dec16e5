import type { CommandError } from '@questlog/shared/domain/commands/command-error'
import type { Command } from '@questlog/shared/domain/commands/commands'
import { type QuestId, storedId } from '@questlog/shared/domain/kernel/ids'
import type { Result } from '@questlog/shared/domain/kernel/result'
import type { QuestOperation } from '@questlog/shared/protocol/quest-writes'
import type { Draft } from '../read-model/workspace-store.ts'
import { createQuest, writeQuestFields } from './write-quest-fields.ts'

/** An operation whose new quest has its id. */
export type IdentifiedOperation = QuestOperation & { readonly id: string }

/** Carries out one operation on a draft, or says why not. */
export function applyOperation(draft: Draft, operation: IdentifiedOperation): Result<void, CommandError> {
  const id = storedId<QuestId>(operation.id)
  switch (operation.op) {
    case 'create':
      return createQuest(draft, operation.id, operation)
    case 'patch':
      return writeQuestFields(draft, id, operation.fields)
    default:
      return draft.dispatch(commandOf(operation, id))
  }
}

function commandOf(operation: Exclude<QuestOperation, { op: 'create' | 'patch' }>, id: QuestId): Command {
  switch (operation.op) {
    case 'complete':
      return { kind: 'completeQuest', id }
    case 'reopen':
      return { kind: 'reopenQuest', id }
    case 'trash':
      return { kind: 'trashQuests', ids: [id] }
    case 'restore':
      return { kind: 'restoreQuests', ids: [id] }
    case 'move': {
      const { projectId, sectionId = null } = operation
      return {
        kind: 'moveQuest',
        id,
        projectId: projectId === null ? null : storedId(projectId),
        sectionId: sectionId === null ? null : storedId(sectionId),
      }
    }
    case 'tag':
      return { kind: 'tagQuest', id, tagId: storedId(operation.tagId) }
    case 'untag':
      return { kind: 'untagQuest', id, tagId: storedId(operation.tagId) }
  }
}
