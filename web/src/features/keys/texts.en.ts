/** The English texts of the list of keys. */
export const english = {
  'action.keys': 'List of keys',

  'keys.title': 'Keys',
  'keys.general': 'Anywhere',
  'keys.list': 'In a list',
  'keys.quest': 'For the quest in hand',
  'keys.go': 'Go to',
} as const

type Own = typeof english

declare module '../../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
