/** The English texts of projects that the first screen may show. */
export const firstEnglish = {
  'nav.projects': 'Projects',
  'project.new': 'New project',
} as const

type Own = typeof firstEnglish

declare module '../../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
