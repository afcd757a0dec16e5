import type { RecordWrite } from '../kernel/record-write.ts'
import { err, type Result } from '../kernel/result.ts'
import type { DecideContext, LogState } from '../state/log-state.ts'
import type { CommandError } from './command-error.ts'
import type { Command } from './commands.ts'
import { assignQuest, unassignQuest } from './decide-assignees.ts'
import { createCategory, deleteCategory, editCategory, reorderCategory } from './decide-category.ts'
import { completeQuest, reopenQuest } from './decide-completion.ts'
import { completeQuests, createQuests, editQuests, reopenQuests, tagQuests } from './decide-many.ts'
import { moveQuests } from './decide-move.ts'
import { reorderQuest } from './decide-order.ts'
import { createProject, editProject, reorderProject, restoreProject, trashProject } from './decide-project.ts'
import { purgeQuests } from './decide-purge.ts'
import { createQuest, editQuest, restoreQuests, tagQuest, trashQuests, untagQuest } from './decide-quest.ts'
import { relate, unrelate } from './decide-relation.ts'
import { addReminder, editReminder, removeReminder } from './decide-reminders.ts'
import { createSection, deleteSection, editSection, reorderSection } from './decide-section.ts'
import { addStep, editStep, removeStep, reorderStep } from './decide-steps.ts'
import { createTag, deleteTag, editTag } from './decide-tag.ts'
import { createTemplate, deleteTemplate, editTemplate, instantiateTemplate } from './decide-template.ts'

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
      return moveQuests(state, { ...command, ids: [command.id] }, context)
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
    case 'purgeQuests':
      return purgeQuests(state, command)
    case 'assignQuest':
      return assignQuest(state, command)
    case 'unassignQuest':
      return unassignQuest(state, command)
    case 'addReminder':
      return addReminder(state, command)
    case 'editReminder':
      return editReminder(state, command)
    case 'removeReminder':
      return removeReminder(state, command)
    case 'relate':
      return relate(state, command, context)
    case 'unrelate':
      return unrelate(state, command.id)
    case 'deleteTag':
      return deleteTag(state, command.id)
    case 'createSection':
      return createSection(state, command, context)
    case 'editSection':
      return editSection(state, command)
    case 'reorderSection':
      return reorderSection(state, command, context)
    case 'deleteSection':
      return deleteSection(state, command.id)
    case 'createCategory':
      return createCategory(state, command, context)
    case 'editCategory':
      return editCategory(state, command)
    case 'reorderCategory':
      return reorderCategory(state, command, context)
    case 'deleteCategory':
      return deleteCategory(state, command.id)
    case 'createTemplate':
      return createTemplate(state, command, context)
    case 'editTemplate':
      return editTemplate(state, command)
    case 'deleteTemplate':
      return deleteTemplate(state, command.id)
    case 'instantiateTemplate':
      return instantiateTemplate(state, command, context)
  }
}
