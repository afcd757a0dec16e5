import type { Texts } from '../../i18n/message.ts'

/** German for the first screen, of every folder that has some. */
export const firstGerman: Texts = Object.assign(
  {},
  ...Object.values(import.meta.glob<Texts>('../../**/first-texts.de.ts', { eager: true, import: 'firstGerman' })),
)
