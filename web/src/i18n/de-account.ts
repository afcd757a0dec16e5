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

  'merge.title': 'Du hast ein Log auf diesem Gerät',
  'merge.text': 'Es entstand, bevor du dich angemeldet hast. Es kann in das Log deines Kontos übergehen.',
  'merge.merge': 'Zusammenführen',
  'merge.mergeText': 'Alle Quests kommen in das Log deines Kontos. Nichts dort wird überschrieben.',
  'merge.mergeButton': 'Logs zusammenführen',
  'merge.apart': 'Getrennt lassen',
  'merge.apartText': 'Es bleibt nur auf diesem Gerät. Du findest es unter Sync und Geräte.',
  'merge.apartButton': 'Getrennt lassen',
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
