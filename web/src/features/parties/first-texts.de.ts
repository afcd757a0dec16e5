import type { Translated } from '../../i18n/message.ts'
import type { firstEnglish } from './first-texts.en.ts'

/** The German texts of parties and invitations that the first screen may show, complete: a missing one does not compile. */
export const firstGerman: Translated<typeof firstEnglish> = {
  'device.localLog': 'Lokales Log',

  'party.switch': 'Log wechseln, jetzt {name}',
  'party.personal': 'Eigenes Log',
  'party.choose': 'Zu Log oder Party',
  'party.unsaved': { one: '{count} ungespeichert', other: '{count} ungespeichert' },
  'party.opened': 'Jetzt in {name}.',
  'party.page': 'Party',
  'party.lostTitle': 'Du gehörst nicht mehr zu {name}.',
  'party.lostText':
    'Du wurdest entfernt, oder die Party wurde gelöscht. Deine Kopie ist noch auf diesem Gerät: Exportiere sie, wenn du sie brauchst, und entferne sie dann.',
  'party.guestTitle': 'In {name} bist du jetzt Gast.',
  'party.guestText':
    'Gäste sehen nur zugewiesene Quests, online. Deine Kopie ist noch auf diesem Gerät: Exportiere sie, wenn du sie brauchst, und entferne sie dann.',
  'party.roleTitle': 'Du darfst {name} nicht mehr ändern.',
  'party.roleText': {
    one: '{count} Änderung von dir kam zu spät für den Server. Exportiere sie, wenn du sie brauchst, und hole die Party dann neu.',
    other:
      '{count} Änderungen von dir kamen zu spät für den Server. Exportiere sie, wenn du sie brauchst, und hole die Party dann neu.',
  },
}
