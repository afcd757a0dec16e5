import type { Translated } from '../i18n/message.ts'
import type { firstEnglish } from './first-texts.en.ts'

/** The German texts of the parts that all screens are made of that the first screen may show, complete: a missing one does not compile. */
export const firstGerman: Translated<typeof firstEnglish> = {
  'error.readOnly': 'Du kannst dieses Log lesen, aber nicht ändern.',
  'app.pageTitle': '{page} · Questlog',
  close: 'Schließen',
  dismiss: 'Ausblenden',
  retry: 'Erneut versuchen',
  'part.missing': 'Dieser Teil der App ließ sich nicht laden.',
}
