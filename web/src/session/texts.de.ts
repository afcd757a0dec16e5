import type { Translated } from '../i18n/message.ts'
import type { english } from './texts.en.ts'

/** The German texts about whose log it is, complete: a missing one does not compile. */
export const german: Translated<typeof english> = {
  'account.signUp': 'Konto anlegen',
  'merge.mergeButton': 'Logs zusammenführen',
  'merge.done': 'Das lokale Log gehört jetzt zum Log deines Kontos.',
}
