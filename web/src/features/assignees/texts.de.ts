import type { Translated } from '../../i18n/message.ts'
import type { english } from './texts.en.ts'

/** The German texts of assigning quests, complete: a missing one does not compile. */
export const german: Translated<typeof english> = {
  'action.assign': 'Jemandem zuweisen',
  'field.assignees': 'Zugewiesen an',
  'field.addAssignee': 'Jemandem zuweisen',

  'assignee.add': '{name} zuweisen',
  'assignee.remove': '{name} nicht mehr zuweisen',
  'assignee.title': 'Zuweisen an',
  'assignee.nobody': 'Hier ist noch niemand bekannt. Mitglieder erscheinen, sobald dieses Gerät online war.',
}
