import type { Translated } from '../../i18n/message.ts'
import type { english } from './texts.en.ts'

/** The German texts of sync, and of the logs on this device, complete: a missing one does not compile. */
export const german: Translated<typeof english> = {
  'action.goSync': 'Zu Sync und Geräte',
  'account.title': 'Konto',

  'explain.local-only': 'Dieses Log liegt nur auf diesem Gerät. Mit einem Konto liegt es auch auf dem Server.',
  'explain.offline':
    'Der Server ist nicht erreichbar. Jede Änderung ist auf diesem Gerät und wird später von selbst übertragen.',
  'explain.connecting': 'Der Server wird gesucht. Jede Änderung ist auf diesem Gerät.',
  'explain.saving': 'Änderungen sind unterwegs zum Server. Auf diesem Gerät sind sie schon.',
  'explain.saved': 'Jede Änderung ist auf dem Server gespeichert.',
  'explain.savedAt': 'Zuletzt gespeichert {time}.',
  'explain.tryNow': 'Jetzt versuchen',

  'log.exportTitle': 'Nimm dein Log mit',
  'log.exportText': 'Eine JSON-Datei mit jeder Quest, jedem Projekt, Tag, Abschluss und jeder Notiz auf diesem Gerät.',
  'log.bringBack': 'Zurückbringen',
  'log.broughtBack': 'Alles ist jetzt im Log des Servers.',
  'log.loadAgain': 'Übertragen und neu laden',
  'log.loadedAgain': 'Das Log wurde neu geladen. Was hier geschrieben wurde, ist darin.',
  'log.notLoadedAgain':
    'Der Server hat noch nicht übernommen, was hier steht. Nichts wurde entfernt; versuche es erneut, wenn er erreichbar ist.',
  'log.setAside': 'Unlesbares beiseitelegen',
  'log.setAsideDone': {
    one: '{count} Eintrag wurde beiseitegelegt. Dieses Gerät behält ihn, und jeder Export enthält ihn.',
    other: '{count} Einträge wurden beiseitegelegt. Dieses Gerät behält sie, und jeder Export enthält sie.',
  },

  'merge.intoMine': 'In mein Log übernehmen',
  'merge.intoMineQuestion':
    'Alles aus dem Log von {name} kommt in das Log deines Kontos; danach gibt es jenes auf diesem Gerät nicht mehr für sich.',
  'merge.doneOf': 'Das Log von {name} gehört jetzt zu deinem.',
  'merge.copyButton': 'In mein Log kopieren',
  'merge.copyQuestion':
    'Alles aus dem Log von {name} wird in das Log deines Kontos kopiert. Das Log von {name} bleibt auf diesem Gerät, wie es ist.',
  'merge.copied': 'Das Log von {name} ist in deines kopiert.',

  'standing.another':
    'Das ist das Log von {name} ({email}), angemeldet ist {person}. Änderungen bleiben auf diesem Gerät; sie werden übertragen, sobald sich {name} hier anmeldet. Gibt es jenes Konto nicht mehr, kopiere das Log in deines.',
  'standing.localBeside':
    'Dieses Log gehört zu keinem Konto und liegt nur auf diesem Gerät. Es kann in das Log von {person} übergehen.',
  'device.unsavedUnknown':
    'Der Server hat dieses Log nicht, oder es gehört dir nicht mehr. Du kannst es in das Log deines Kontos übernehmen.',
  'device.unsavedAnother':
    'Sie werden gesendet, sobald sich {name} hier anmeldet. Gibt es jenes Konto nicht mehr, übernimm das Log in deines.',

  'signOut.button': 'Abmelden',
  'signOut.title': 'Auf diesem Gerät abmelden',
  'signOut.text':
    'Dein Log kann auf diesem Gerät bleiben, lesbar für alle, die es benutzen, oder davon entfernt werden.',
  'signOut.unsaved': {
    one: '{count} Änderung ist noch nicht auf dem Server. Wird das Log jetzt entfernt, ist sie endgültig verloren.',
    other:
      '{count} Änderungen sind noch nicht auf dem Server. Wird das Log jetzt entfernt, sind sie endgültig verloren.',
  },
  'signOut.keep': 'Abmelden, Log hier behalten',
  'signOut.remove': 'Abmelden und entfernen',

  'device.title': 'Speicher auf diesem Gerät',
  'device.explainLocal':
    'Deine Quests liegen in diesem Browser auf diesem Gerät. Wer die Browserdaten dieser Seite löscht, löscht auch sie: Exportiere sie ab und zu oder lege ein Konto an.',
  'device.explainAccount':
    'Deine Quests liegen in diesem Browser und auf dem Server. Wer die Browserdaten dieser Seite löscht, entfernt die Kopie hier und noch nicht gespeicherte Änderungen; den Rest bringt die Anmeldung zurück.',
  'device.persistent': 'Der Browser hat zugesagt, sie nicht von selbst zu entfernen.',
  'device.notPersistent':
    'Wird der Platz knapp, kann der Browser sie von selbst entfernen. Installiere die App oder setze ein Lesezeichen, um das zu verhindern.',
  'device.mayGo': 'Dein Browser verspricht nicht, dein Log zu behalten. Mit einem Konto liegt es auch auf dem Server.',
  'device.usage': '{used} von {quota} belegt, die diese Seite nutzen darf.',
  'device.logs': 'Logs auf diesem Gerät',
  'device.logOf': 'Log von {name}',
  'device.unsaved': { one: '{count} ungespeicherte Änderung.', other: '{count} ungespeicherte Änderungen.' },
  'device.unsavedOwn': 'Sie werden von selbst gesendet, sobald der Server erreichbar ist.',
  'device.unsavedOther': 'Sie werden gesendet, sobald sich {name} hier anmeldet.',
  'device.open': 'Öffnen',
  'device.remove': 'Entfernen',
  'device.removeLocalQuestion': 'Dieses Log gibt es nirgends sonst. Wird es entfernt, sind seine Quests endgültig weg.',
  'device.removeQuestion': 'Änderungen, die nie auf dem Server gespeichert wurden, sind dann endgültig weg.',

  'setAside.title': { one: 'Eine Änderung war nicht lesbar', other: 'Einige Änderungen waren nicht lesbar' },
  'setAside.text': {
    one: 'Seit {since} konnte der Server eine Änderung nicht lesen und hat sie beiseitegelegt. Sonst ist nichts verloren.',
    other:
      'Seit {since} konnte der Server {count} Änderungen nicht lesen und hat sie beiseitegelegt. Sonst ist nichts verloren.',
  },
  'setAside.ask':
    'Bitte die Person, die diesen Server betreibt, danach zu sehen. Ein Gerät, das eine solche Änderung noch hat, sendet sie von selbst noch einmal.',

  'party.removeHere': 'Von diesem Gerät entfernen',
  'party.removeHereQuestion':
    'Deine Kopie von {name} wird von diesem Gerät entfernt, mit jeder Änderung, die der Server nicht hat.',
  'party.fetchAgain': 'Verwerfen und neu holen',
  'party.fetchAgainQuestion':
    'Änderungen, die der Server nicht hat, werden endgültig gelöscht, und die Party wird neu geholt.',
  'party.nowGuest':
    'In {name} bist du jetzt Gast und siehst die Quests, die dir zugewiesen sind. Deine Kopie bleibt auf diesem Gerät, bis du sie unter „Sync und Geräte“ entfernst.',
  'party.removedHere': '{name} ist von diesem Gerät entfernt.',
}
