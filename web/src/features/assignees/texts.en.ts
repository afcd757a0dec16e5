/** The English texts of assigning quests. */
export const english = {
  'action.assign': 'Assign to somebody',
  'field.assignees': 'Assigned to',
  'field.addAssignee': 'Assign somebody',

  'assignee.add': 'Assign {name}',
  'assignee.remove': 'No longer assign {name}',
  'assignee.title': 'Assign to',
  'assignee.nobody': 'Nobody else is known here yet. Members appear once this device has been online.',
} as const

type Own = typeof english

declare module '../../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
