/** The English texts of the Trash. */
export const english = {
  'action.goTrash': 'Go to Trash',
  'project.restored': 'Project restored: {name}',

  'trash.detail': 'Kept until you empty it',
  'trash.empty': 'The Trash is empty',
  'trash.emptyText': 'What you move here can be read, restored, or deleted for good.',
  'trash.project': { one: 'Project with {count} quest', other: 'Project with {count} quests' },
  'trash.from': 'From {name}',
  'trash.deletedAt': 'Deleted {time}',
  'trash.restoreOne': 'Restore {title}',
  'trash.restoreAll': 'Restore all',
  'trash.choose': 'Choose {title}',
  'trash.chooseProject': 'Choose project {title}',
  'trash.chosen': '{count} chosen',
  'trash.hint': 'Move with the arrow keys, open with Enter, delete for good with Delete.',
  'trash.purge': 'Delete for good',
  'trash.purgeOne': 'Delete {title} for good',
  'trash.purgeAll': 'Empty Trash',
  'trash.askOne': '“{title}” is removed everywhere, with its notes, steps and links. There is no undo.',
  'trash.ask': 'Removed everywhere, with all notes, steps and links: {what}. There is no undo.',
  'trash.askKept': 'What was earned stays.',
  'trash.quests': { one: '{count} quest', other: '{count} quests' },
  'trash.projects': { one: '{count} project', other: '{count} projects' },
  'trash.both': '{projects} and {quests}',
  'trash.purged': 'Deleted for good: {what}',
} as const

type Own = typeof english

declare module '../../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
