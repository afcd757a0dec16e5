import type { Texts } from '../../i18n/message.ts'

/** English for all that comes after the first screen, of every folder that has some. */
export const laterEnglish: Texts = Object.assign(
  {},
  ...Object.values(import.meta.glob<Texts>('../../**/texts.en.ts', { eager: true, import: 'english' })),
)
