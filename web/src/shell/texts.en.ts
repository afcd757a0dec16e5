/** The English texts of the frame. */
export const english = {
  'unknown.title': 'No such page',
  'unknown.heading': 'There is no page at this address',
  'unknown.text': 'Perhaps it was mistyped, or the page has moved. Your log is as it was.',
} as const

type Own = typeof english

declare module '../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
