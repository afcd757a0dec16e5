/** The English texts of the quest editor. */
export const english = {
  'editor.title': 'Quest details',
  'editor.more': 'More details',
  'editor.gone': 'This quest is not in this log.',
  'editor.inTrash': 'This quest is in the Trash. You can read it, and change it once it is restored.',

  'field.estimate': 'Estimate in minutes',
  'field.tags': 'Tags',
  'field.dateOf': '{field}: date',
  'field.timeOf': '{field}: time',
  'field.clear': 'Clear {field}',

  'steps.title': 'Steps',
  'steps.progress': '{done} of {count}',
  'steps.add': 'Add a step',
  'steps.text': 'Step',
  'steps.done': 'Step done: {text}',
  'steps.up': 'Move step up: {text}',
  'steps.down': 'Move step down: {text}',
  'steps.remove': 'Remove step: {text}',

  'notes.loading': 'Loading notes…',
  'tag.remove': 'Remove tag {name}',
} as const

type Own = typeof english

declare module '../../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
