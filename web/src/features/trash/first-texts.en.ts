/** The English texts of the Trash that the first screen may show. */
export const firstEnglish = {
  'nav.trash': 'Trash',
} as const

type Own = typeof firstEnglish

declare module '../../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
