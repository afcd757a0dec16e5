import type { Translated } from '../i18n/message.ts'
import type { firstEnglish } from './first-texts.en.ts'

/** The German texts of what happens to a command that the first screen may show, complete: a missing one does not compile. */
export const firstGerman: Translated<typeof firstEnglish> = {
  undo: 'Rückgängig',
  redo: 'Wiederholen',
  'undo.undone': 'Rückgängig gemacht: {what}',
  'undo.redone': 'Wiederholt: {what}',

  'did.added': { one: '„{name}“ angelegt', other: '{count} Quests angelegt' },
  'did.archived': '„{name}“ archiviert',
  'did.assigned': { one: '„{name}“ zugewiesen', other: '{count} Quests zugewiesen' },
  'did.changed': { one: '„{name}“ geändert', other: '{count} Quests geändert' },
  'did.completed': { one: '„{name}“ erledigt', other: '{count} Quests erledigt' },
  'did.dated': { one: 'Datum von „{name}“ geändert', other: 'Datum von {count} Quests geändert' },
  'did.deleted': '„{name}“ gelöscht',
  'did.moved': { one: '„{name}“ verschoben', other: '{count} Quests verschoben' },
  'did.prioritized': { one: 'Priorität von „{name}“ geändert', other: 'Priorität von {count} Quests geändert' },
  'did.purged': { one: '„{name}“ endgültig gelöscht', other: '{count} Quests endgültig gelöscht' },
  'did.related': '„{name}“ verknüpft',
  'did.reminder': 'Erinnerungen von „{name}“ geändert',
  'did.renamed': '„{name}“ umbenannt',
  'did.reopened': { one: '„{name}“ wieder geöffnet', other: '{count} Quests wieder geöffnet' },
  'did.reordered': '„{name}“ in der Liste verschoben',
  'did.restored': { one: '„{name}“ wiederhergestellt', other: '{count} Quests wiederhergestellt' },
  'did.statusSet': { one: 'Status von „{name}“ geändert', other: 'Status von {count} Quests geändert' },
  'did.stepAdded': 'Schritt von „{name}“ angelegt',
  'did.stepChanged': 'Schritt von „{name}“ geändert',
  'did.stepMoved': 'Schritt von „{name}“ verschoben',
  'did.stepRemoved': 'Schritt von „{name}“ entfernt',
  'did.tagged': { one: '„{name}“ mit Tag versehen', other: '{count} Quests mit Tag versehen' },
  'did.trashed': { one: '„{name}“ in den Papierkorb gelegt', other: '{count} Quests in den Papierkorb gelegt' },
  'did.unarchived': '„{name}“ aus dem Archiv geholt',
  'did.unassigned': { one: 'Zuweisung von „{name}“ entfernt', other: 'Zuweisung von {count} Quests entfernt' },
  'did.unrelated': 'Verknüpfung von „{name}“ entfernt',
  'did.untagged': 'Tag von „{name}“ entfernt',

  'undo.nothing': 'Es gibt nichts rückgängig zu machen',
  'undo.nothingToRedo': 'Es gibt nichts zu wiederholen',

  'error.storage': 'Nicht geändert: Dieses Gerät kann gerade keine Änderungen behalten.',
  'error.notFound': 'Es ist nicht mehr in diesem Log.',
  'error.trashed': 'Es liegt im Papierkorb. Stelle es zuerst wieder her.',
  'error.title': 'Eine Quest braucht einen Titel mit 1 bis 500 Zeichen.',
  'error.invalidField': 'Dieser Wert passt nicht.',
  'error.alreadySo': 'Es ist schon so.',
}
