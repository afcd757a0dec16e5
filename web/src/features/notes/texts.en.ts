/** The English texts of the notes editor. */
export const english = {
  'notes.title': 'Notes',
  'notes.otherTab': 'Another tab',
  'notes.placeholder': 'Write in Markdown',
} as const

type Own = typeof english

declare module '../../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
