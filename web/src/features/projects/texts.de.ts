import type { Translated } from '../../i18n/message.ts'
import type { english } from './texts.en.ts'

/** The German texts of projects, complete: a missing one does not compile. */
export const german: Translated<typeof english> = {
  'action.goProjects': 'Zu den Projekten',
  'quest.addToProject': 'Quest zu {name} hinzufügen',

  'project.create': 'Projekt anlegen',
  'project.count': { one: '{count} Projekt', other: '{count} Projekte' },
  'project.open': { one: '{count} offen', other: '{count} offen' },
  'project.none': 'Noch keine Projekte',
  'project.noneText': 'Ein Projekt hält die Quests zusammen, die zu einem Ziel führen.',
  'project.empty': 'Noch keine Quests hier',
  'project.emptyText': 'Füge die erste hinzu oder verschiebe Quests hierher.',
  'project.edit': 'Bearbeiten',
  'project.menu': 'Projekt {name} bearbeiten',
  'project.rename': 'Projekt umbenennen',
  'project.archive': 'Projekt archivieren',
  'project.unarchive': 'Aus dem Archiv holen',
  'project.archived': 'Archiviert',
  'project.trash': 'Projekt in den Papierkorb',
  'project.movedToTrash': 'Projekt in den Papierkorb gelegt: {name}',
  'project.trashed': 'Dieses Projekt liegt im Papierkorb',
  'project.trashedText': 'Seine Quests lassen sich hier lesen und kommen mit ihm zurück.',
  'project.gone': 'Projekt nicht gefunden',
  'project.goneText': 'Es ist nicht in diesem Log oder noch nicht auf diesem Gerät angekommen.',
}
