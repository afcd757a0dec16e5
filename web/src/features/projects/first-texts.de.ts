import type { Translated } from '../../i18n/message.ts'
import type { firstEnglish } from './first-texts.en.ts'

/** The German texts of projects that the first screen may show, complete: a missing one does not compile. */
export const firstGerman: Translated<typeof firstEnglish> = {
  'nav.projects': 'Projekte',
  'project.new': 'Neues Projekt',
}
