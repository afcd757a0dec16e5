/** The English texts of histories and of putting back that the first screen may show. */
export const firstEnglish = {
  'nav.activity': 'Activity',
  'status.open': 'Open',
} as const

type Own = typeof firstEnglish

declare module '../../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
