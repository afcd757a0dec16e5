import type { TextSources } from '../../i18n/message.ts'
import { firstEnglish } from './first-english.ts'

/** The words of the whole app. A language comes in two parts, each one file however many folders have texts. */
export const texts: TextSources = {
  firstEnglish,
  first: {
    en: async () => firstEnglish,
    de: async () => (await import('./first-german.ts')).firstGerman,
  },
  later: {
    en: async () => (await import('./later-english.ts')).laterEnglish,
    de: async () => (await import('./later-german.ts')).laterGerman,
  },
}
