import type { Texts } from '../../i18n/message.ts'

/** German for all that comes after the first screen, of every folder that has some. */
export const laterGerman: Texts = Object.assign(
  {},
  ...Object.values(import.meta.glob<Texts>('../../**/texts.de.ts', { eager: true, import: 'german' })),
)
