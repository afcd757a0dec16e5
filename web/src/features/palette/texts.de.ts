import type { Translated } from '../../i18n/message.ts'
import type { english } from './texts.en.ts'

/** The German texts of the palette, complete: a missing one does not compile. */
export const german: Translated<typeof english> = {
  'action.palette': 'Aktionen und Quests',
  'action.search': 'Quests suchen',

  'palette.label': 'Aktionen und Quests',
  'palette.placeholder': 'Aktion oder Quest finden',
  'palette.nothingInHand': 'Wähle zuerst eine Quest in einer Liste.',

  'search.label': 'Quests suchen',
  'search.placeholder': 'Quests nach Titel suchen',
  'search.hint': 'Gib einen Teil eines Titels ein.',

  'party.goTo': 'Zur Party {name}',
  'party.goToPersonal': 'Zum eigenen Log',
  'party.goToAssigned': 'Zu den zugewiesenen Quests von {name}',
}
