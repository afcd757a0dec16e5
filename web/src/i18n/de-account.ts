import type { englishAccount } from './en-account.ts'
import type { Message } from './translate.ts'

/** The German texts about accounts, sync and this device's storage. */
export const germanAccount: { readonly [Key in keyof typeof englishAccount]: Message } = {
  'account.title': 'Konto',
  'account.signInText': 'Dein Log kommt auf dieses Gerät und bleibt auf allen Geräten gleich.',
  'account.signingIn': 'Anmeldung läuft…',
  'account.noAccount': 'Noch kein Konto?',
  'account.signUp': 'Konto anlegen',
  'account.signUpText': 'Mit einem Konto liegt dein Log auch auf dem Server und ist auf allen Geräten gleich.',
  'account.create': 'Konto anlegen',
  'account.creating': 'Konto wird angelegt…',
  'account.haveAccount': 'Hast du schon ein Konto?',
  'account.name': 'Name',
  'account.email': 'E-Mail',
  'account.password': 'Passwort',
  'account.passwordHint': 'Mindestens 8 Zeichen. Ein paar Wörter zusammen sind ein gutes Passwort.',
  'account.localLog': 'Das Log auf diesem Gerät',
  'account.claim': { one: '{count} Quest ins Konto übernehmen', other: '{count} Quests ins Konto übernehmen' },
  'account.claimText': 'Es wird ab jetzt synchronisiert.',
  'account.keepApart': 'Getrennt lassen',
  'account.keepApartText': 'Das Konto beginnt leer; das lokale Log bleibt nur auf diesem Gerät.',

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
  'log.loadAgain': 'Übertragen und neu laden',
  'log.loadedAgain': 'Das Log wurde neu geladen. Was hier geschrieben wurde, ist darin.',
  'log.notLoadedAgain':
    'Der Server hat noch nicht übernommen, was hier steht. Nichts wurde entfernt; versuche es erneut, wenn er erreichbar ist.',
  'log.setAside': 'Unlesbares beiseitelegen',
  'log.setAsideDone': {
    one: '{count} Eintrag wurde beiseitegelegt. Dieses Gerät behält ihn, und jeder Export enthält ihn.',
    other: '{count} Einträge wurden beiseitegelegt. Dieses Gerät behält sie, und jeder Export enthält sie.',
  },

  'merge.title': 'Du hast ein Log auf diesem Gerät',
  'merge.text': 'Es entstand, bevor du dich angemeldet hast. Es kann in das Log deines Kontos übergehen.',
  'merge.merge': 'Zusammenführen',
  'merge.mergeText': 'Alle Quests kommen in das Log deines Kontos. Nichts dort wird überschrieben.',
  'merge.mergeButton': 'Logs zusammenführen',
  'merge.apart': 'Getrennt lassen',
  'merge.apartText': 'Es bleibt nur auf diesem Gerät. Du findest es unter Sync und Geräte.',
  'merge.apartButton': 'Getrennt lassen',
  'merge.textEarlier':
    'Es gehört zu einem früheren Konto mit deiner E-Mail-Adresse. Es kann jetzt in das Log deines Kontos übergehen.',
  'merge.apartTextEarlier': 'Es bleibt auf diesem Gerät, wie es ist. Du findest es unter Sync und Geräte.',
  'merge.doneEarlier': 'Das Log des früheren Kontos gehört jetzt zu deinem.',
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
  'merge.done': 'Das lokale Log gehört jetzt zum Log deines Kontos.',

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
  'device.shown': 'Gerade offen',
  'device.onlyHere': 'Nur auf diesem Gerät',
  'device.unsaved': { one: '{count} ungespeicherte Änderung.', other: '{count} ungespeicherte Änderungen.' },
  'device.unsavedOwn': 'Sie werden von selbst gesendet, sobald der Server erreichbar ist.',
  'device.unsavedOther': 'Sie werden gesendet, sobald sich {name} hier anmeldet.',
  'device.open': 'Öffnen',
  'device.remove': 'Entfernen',
  'device.removeLocalQuestion': 'Dieses Log gibt es nirgends sonst. Wird es entfernt, sind seine Quests endgültig weg.',
  'device.removeQuestion': 'Änderungen, die nie auf dem Server gespeichert wurden, sind dann endgültig weg.',
}
