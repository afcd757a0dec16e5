import type { Texts } from '../../i18n/message.ts'

/** English for the first screen, of every folder that has some. */
export const firstEnglish: Texts = Object.assign(
  {},
  ...Object.values(import.meta.glob<Texts>('../../**/first-texts.en.ts', { eager: true, import: 'firstEnglish' })),
)
