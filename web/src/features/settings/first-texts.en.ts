/** The English texts of the settings that the first screen may show. */
export const firstEnglish = {
  'nav.settings': 'Settings',
} as const

type Own = typeof firstEnglish

declare module '../../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
