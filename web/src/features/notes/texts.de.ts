import type { Translated } from '../../i18n/message.ts'
import type { english } from './texts.en.ts'

/** The German texts of the notes editor, complete: a missing one does not compile. */
export const german: Translated<typeof english> = {
  'notes.title': 'Notizen',
  'notes.otherTab': 'Anderer Tab',
  'notes.placeholder': 'Schreib in Markdown',
}
