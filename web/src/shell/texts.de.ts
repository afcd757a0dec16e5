import type { Translated } from '../i18n/message.ts'
import type { english } from './texts.en.ts'

/** The German texts of the frame, complete: a missing one does not compile. */
export const german: Translated<typeof english> = {
  'unknown.title': 'Keine solche Seite',
  'unknown.heading': 'Unter dieser Adresse gibt es keine Seite',
  'unknown.text': 'Vielleicht ist sie vertippt, oder die Seite ist umgezogen. Dein Log ist, wie es war.',
}
