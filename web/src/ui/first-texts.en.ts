/** The English texts of the parts that all screens are made of that the first screen may show. */
export const firstEnglish = {
  'error.readOnly': 'You can read this log but not change it.',
  'app.pageTitle': '{page} · Questlog',
  close: 'Close',
  dismiss: 'Dismiss',
  retry: 'Try again',
  'part.missing': 'This part of the app could not be loaded.',
} as const

type Own = typeof firstEnglish

declare module '../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
