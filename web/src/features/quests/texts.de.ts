import type { Translated } from '../../i18n/message.ts'
import type { english } from './texts.en.ts'

/** The German texts of quests and their lists, complete: a missing one does not compile. */
export const german: Translated<typeof english> = {
  'action.quickAdd': 'Quest hinzufügen',
  'action.next': 'Nächste Quest',
  'action.previous': 'Vorherige Quest',
  'action.select': 'Auswählen oder abwählen',
  'action.selectNext': 'Auswahl nach unten erweitern',
  'action.selectPrevious': 'Auswahl nach oben erweitern',
  'action.reorderUp': 'In der Liste nach oben',
  'action.reorderDown': 'In der Liste nach unten',
  'action.open': 'Öffnen',
  'action.complete': 'Erledigen oder wieder öffnen',
  'action.edit': 'Titel bearbeiten',
  'action.due': 'Fälligkeit setzen',
  'action.tag': 'Tag hinzufügen',
  'action.move': 'In ein Projekt verschieben',
  'action.goInbox': 'Zum Eingang',
  'action.goToday': 'Zu Heute',

  'field.addTag': 'Tag hinzufügen',

  'tag.title': 'Tag hinzufügen',
  'tag.create': 'Neuer Tag @{name}',
  'tag.added': 'Tag @{name} hinzugefügt',
  'tag.addedMany': { one: 'Tag @{name} hinzugefügt', other: 'Tag @{name} zu {count} Quests hinzugefügt' },
  'tag.removed': 'Tag entfernt: {name}',

  'due.title': 'Fällig',
  'due.placeholder': 'Auswählen oder Datum wie 2027-01-31 eingeben',
  'due.none': 'Kein Fälligkeitsdatum',

  'move.title': 'Verschieben nach',
  'move.placeholder': 'Projekt',
  'trash.restore': 'Wiederherstellen',

  'bulk.title': 'Ausgewählte Quests',
  'bulk.count': { one: '{count} ausgewählt', other: '{count} ausgewählt' },
  'bulk.selectAll': 'Alle',
  'bulk.complete': 'Erledigen',
  'bulk.reopen': 'Wieder öffnen',
  'bulk.move': 'Verschieben',
  'bulk.tag': 'Tag',
  'bulk.trash': 'Papierkorb',
  'bulk.clear': 'Aufheben',
}
