import type { Translated } from '../../i18n/message.ts'
import type { english } from './texts.en.ts'

/** The German texts of the Trash, complete: a missing one does not compile. */
export const german: Translated<typeof english> = {
  'action.goTrash': 'Zum Papierkorb',
  'project.restored': 'Projekt wiederhergestellt: {name}',

  'trash.detail': 'Bleibt, bis du ihn leerst',
  'trash.empty': 'Der Papierkorb ist leer',
  'trash.emptyText': 'Was du hierher legst, lässt sich lesen, wiederherstellen oder endgültig löschen.',
  'trash.project': { one: 'Projekt mit {count} Quest', other: 'Projekt mit {count} Quests' },
  'trash.from': 'Aus {name}',
  'trash.deletedAt': 'Gelöscht {time}',
  'trash.restoreOne': '{title} wiederherstellen',
  'trash.restoreAll': 'Alle wiederherstellen',
  'trash.choose': '{title} auswählen',
  'trash.chooseProject': 'Projekt {title} auswählen',
  'trash.chosen': '{count} ausgewählt',
  'trash.hint': 'Pfeiltasten bewegen, Enter öffnet, Entf löscht endgültig.',
  'trash.purge': 'Endgültig löschen',
  'trash.purgeOne': '{title} endgültig löschen',
  'trash.purgeAll': 'Papierkorb leeren',
  'trash.askOne':
    '„{title}“ wird überall entfernt, mit Notizen, Schritten und Verknüpfungen. Das lässt sich nicht rückgängig machen.',
  'trash.ask':
    'Überall entfernt werden, mit Notizen, Schritten und Verknüpfungen: {what}. Das lässt sich nicht rückgängig machen.',
  'trash.askKept': 'Was damit verdient wurde, bleibt.',
  'trash.quests': { one: '{count} Quest', other: '{count} Quests' },
  'trash.projects': { one: '{count} Projekt', other: '{count} Projekte' },
  'trash.both': '{projects} und {quests}',
  'trash.purged': 'Endgültig gelöscht: {what}',
}
