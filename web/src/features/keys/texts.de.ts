import type { Translated } from '../../i18n/message.ts'
import type { english } from './texts.en.ts'

/** The German texts of the list of keys, complete: a missing one does not compile. */
export const german: Translated<typeof english> = {
  'action.keys': 'Tastenkürzel anzeigen',

  'keys.title': 'Tastenkürzel',
  'keys.general': 'Überall',
  'keys.list': 'In einer Liste',
  'keys.quest': 'Für die gewählte Quest',
  'keys.go': 'Gehe zu',
}
