/** The English texts of quests and their lists. */
export const english = {
  'action.quickAdd': 'Add a quest',
  'action.next': 'Next quest',
  'action.previous': 'Previous quest',
  'action.select': 'Select or deselect',
  'action.selectNext': 'Extend selection down',
  'action.selectPrevious': 'Extend selection up',
  'action.reorderUp': 'Move up in the list',
  'action.reorderDown': 'Move down in the list',
  'action.open': 'Open',
  'action.complete': 'Complete or reopen',
  'action.edit': 'Edit title',
  'action.due': 'Set due date',
  'action.tag': 'Add a tag',
  'action.move': 'Move to a project',
  'action.goInbox': 'Go to Inbox',
  'action.goToday': 'Go to Today',

  'field.addTag': 'Add a tag',

  'tag.title': 'Add a tag',
  'tag.create': 'New tag @{name}',
  'tag.added': 'Tagged @{name}',
  'tag.addedMany': { one: 'Tagged @{name}', other: '{count} quests tagged @{name}' },
  'tag.removed': 'Tag removed: {name}',

  'due.title': 'Due',
  'due.placeholder': 'Choose, or type a date like 2027-01-31',
  'due.none': 'No due date',

  'move.title': 'Move to',
  'move.placeholder': 'Project',
  'trash.restore': 'Restore',

  'bulk.title': 'Selected quests',
  'bulk.count': { one: '{count} selected', other: '{count} selected' },
  'bulk.selectAll': 'Select all',
  'bulk.complete': 'Complete',
  'bulk.reopen': 'Reopen',
  'bulk.move': 'Move',
  'bulk.tag': 'Tag',
  'bulk.trash': 'Trash',
  'bulk.clear': 'Clear selection',
} as const

type Own = typeof english

declare module '../../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
