import type { Translated } from '../../i18n/message.ts'
import type { firstEnglish } from './first-texts.en.ts'

/** The German texts of quests and their lists that the first screen may show, complete: a missing one does not compile. */
export const firstGerman: Translated<typeof firstEnglish> = {
  'nav.inbox': 'Eingang',
  'nav.today': 'Heute',

  'firstRun.title': 'Dein Log ist bereit. Was ist deine erste Quest?',
  'firstRun.text': 'Schreib sie auf und drücke Enter. Eine Quest ist alles, was du vorhast.',
  'firstRun.local': 'Sie bleibt auf diesem Gerät. Zum Anfangen brauchst du kein Konto.',
  'firstRun.offline': 'Alles funktioniert offline, und keine Änderung geht je verloren.',
  'firstRun.keys': 'Für die Tastatur gemacht: Esc, dann ? zeigt alle Tastenkürzel.',
  'firstRun.touch': 'Halte eine Quest gedrückt, um mehrere auszuwählen.',
  'firstRun.account': 'Sie bleibt auf diesem Gerät und kommt auf deine anderen.',
  'firstRun.elsewhere': 'Hast du ein Log auf einem anderen Gerät?',

  'inbox.empty': 'Der Eingang ist leer',
  'inbox.emptyText': 'Neue Quests ohne Projekt landen hier.',
  'inbox.arriving': 'Dein Log ist unterwegs',
  'inbox.arrivingText': 'Es erscheint hier, sobald der Server antwortet. Schreiben kannst du schon jetzt.',

  'today.empty': 'Heute steht nichts an',
  'today.emptyText': 'Fällige, geplante und aktive Quests erscheinen hier. Oder füge eine für heute hinzu.',
  'today.overdue': 'Überfällig',
  'today.now': 'Jetzt',
  'today.later': 'Später heute',
  'today.done': 'Heute erledigt',

  'list.hint': 'Mit den Pfeiltasten bewegen, mit Enter öffnen, mit der Leertaste erledigen.',
  'list.count': { one: '{count} Quest', other: '{count} Quests' },
  'list.done': 'Erledigt',

  'quest.add': 'Hinzufügen',
  'quest.addToInbox': 'Quest hinzufügen',
  'quest.addForToday': 'Quest für heute hinzufügen',
  'quest.added': { one: 'Hinzugefügt: {title}', other: '{count} Quests hinzugefügt' },
  'quest.complete': '{title} erledigen',
  'quest.completed': 'Erledigt: {title}',
  'quest.completedMany': { one: '{count} Quest erledigt', other: '{count} Quests erledigt' },
  'quest.reopened': 'Wieder offen: {title}',
  'quest.reopenedMany': { one: '{count} Quest wieder offen', other: '{count} Quests wieder offen' },
  'quest.trash': 'In den Papierkorb',
  'quest.trashed': { one: 'Quest in den Papierkorb gelegt', other: '{count} Quests in den Papierkorb gelegt' },
  'quest.restored': { one: 'Quest wiederhergestellt', other: '{count} Quests wiederhergestellt' },
  'quest.moved': 'An Stelle {position} von {count} verschoben',
  'quest.movedTo': { one: 'Quest nach {name} verschoben', other: '{count} Quests nach {name} verschoben' },
  'quest.select': '{title} auswählen',
  'quest.selected': 'ausgewählt',
  'quest.stepsDone': { one: '{done} von {count} Schritt erledigt', other: '{done} von {count} Schritten erledigt' },
  'quest.minutes': '{count} Min.',
  'quest.overdueSince': 'Überfällig seit',

  'field.priority': 'Priorität',
  'field.due': 'Fällig',

  'status.active': 'Aktiv',
  'status.waiting': 'Wartet',
  'status.cancelled': 'Abgebrochen',

  'priority.0': 'Keine Priorität',
  'priority.1': 'P1 Dringend',
  'priority.2': 'P2 Hoch',
  'priority.3': 'P3 Mittel',
  'priority.4': 'P4 Niedrig',
  'priority.set': 'Priorität {priority}',
  'priority.setMany': { one: 'Priorität {priority}', other: 'Priorität {priority} für {count} Quests' },
  'priority.cleared': 'Keine Priorität',
  'priority.clearedMany': { one: 'Keine Priorität', other: 'Keine Priorität für {count} Quests' },

  'due.set': { one: 'Fälligkeit gesetzt', other: 'Fälligkeit für {count} Quests gesetzt' },
  'due.cleared': { one: 'Fälligkeit entfernt', other: 'Fälligkeit von {count} Quests entfernt' },
  'project.restoredMany': { one: 'Projekt wiederhergestellt', other: '{count} Projekte wiederhergestellt' },
  'bulk.select': 'Auswählen',
}
