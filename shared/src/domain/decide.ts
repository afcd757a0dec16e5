import type { Command, CommandError } from './commands.ts'
import { completeQuest, reopenQuest } from './decide-completion.ts'
import { completeQuests, createQuests, editQuests, moveQuests, reopenQuests, tagQuests } from './decide-many.ts'
import { reorderQuest } from './decide-order.ts'
import {
  createProject,
  createTag,
  editProject,
  editTag,
  reorderProject,
  restoreProject,
  trashProject,
} from './decide-project.ts'
import { createQuest, editQuest, moveQuest, restoreQuests, tagQuest, trashQuests, untagQuest } from './decide-quest.ts'
import { addStep, editStep, removeStep, reorderStep } from './decide-steps.ts'
import type { DecideContext, LogState } from './log-state.ts'
import type { RecordWrite } from './record-write.ts'
import { err, type Result } from './result.ts'

/**
 * What a command writes to the log it is asked of, or why it is not carried out. Pure: nothing is written here. The
 * writes belong into one transaction; none are needed where the log already is as asked.
 */
export function decide(
  state: LogState,
  command: Command,
  context: DecideContext,
): Result<readonly RecordWrite[], CommandError> {
  if (context.readOnly) return err({ code: 'read-only' })
  switch (command.kind) {
    case 'createQuest':
      return createQuest(state, command, context)
    case 'createQuests':
      return createQuests(state, command, context)
    case 'editQuest':
      return editQuest(state, command)
    case 'editQuests':
      return editQuests(state, command)
    case 'completeQuest':
      return completeQuest(state, command.id, context)
    case 'completeQuests':
      return completeQuests(state, command, context)
    case 'reopenQuest':
      return reopenQuest(state, command.id, context)
    case 'reopenQuests':
      return reopenQuests(state, command, context)
    case 'trashQuests':
      return trashQuests(state, command, context)
    case 'restoreQuests':
      return restoreQuests(state, command)
    case 'moveQuest':
      return moveQuest(state, command, context)
    case 'moveQuests':
      return moveQuests(state, command, context)
    case 'reorderQuest':
      return reorderQuest(state, command, context)
    case 'tagQuest':
      return tagQuest(state, command)
    case 'tagQuests':
      return tagQuests(state, command)
    case 'untagQuest':
      return untagQuest(state, command)
    case 'addStep':
      return addStep(state, command, context)
    case 'editStep':
      return editStep(state, command)
    case 'removeStep':
      return removeStep(state, command)
    case 'reorderStep':
      return reorderStep(state, command, context)
    case 'createProject':
      return createProject(state, command, context)
    case 'editProject':
      return editProject(state, command)
    case 'reorderProject':
      return reorderProject(state, command, context)
    case 'trashProject':
      return trashProject(state, command.id, context)
    case 'restoreProject':
      return restoreProject(state, command.id)
    case 'createTag':
      return createTag(state, command)
    case 'editTag':
      return editTag(state, command)
  }
}
