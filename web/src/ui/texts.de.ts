import type { Translated } from '../i18n/message.ts'
import type { english } from './texts.en.ts'

/** The German texts of the parts that all screens are made of, complete: a missing one does not compile. */
export const german: Translated<typeof english> = {
  cancel: 'Abbrechen',
  clear: 'Entfernen',
  save: 'Speichern',
  'project.name': 'Name',
  'palette.nothing': 'Nichts gefunden',
  copy: 'Kopieren',
  copied: 'Kopiert.',
  copyFailed: 'Das Kopieren ging nicht. Markiere den Text und kopiere ihn von Hand.',
}
