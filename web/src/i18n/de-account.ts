import type { englishAccount } from './en-account.ts'
import type { Message } from './translate.ts'

/** The German texts about accounts, sync and this device's storage. */
export const germanAccount: { readonly [Key in keyof typeof englishAccount]: Message } = {
  'account.title': 'Konto',
  'account.signIn': 'Anmelden',
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
  'account.error.credentials': 'E-Mail oder Passwort ist falsch.',
  'account.error.register':
    'Dieses Konto kann nicht angelegt werden. Vielleicht hat die E-Mail-Adresse schon eins: Melde dich an.',
  'account.error.closed': 'Dieser Server nimmt keine neuen Konten an.',
  'account.error.invalid': 'Prüfe E-Mail-Adresse, Name und Länge des Passworts.',
  'account.error.rateLimited': 'Zu viele Versuche. Warte eine Minute und versuche es erneut.',
  'account.error.unreachable':
    'Der Server ist nicht erreichbar. Dein lokales Log funktioniert weiter; versuche es, wenn du online bist.',
  'account.error.server': 'Der Server hat ein Problem. Nichts wurde geändert; versuche es später erneut.',
  'account.error.storage': 'Dieses Gerät kann das Log nicht behalten: Der Speicher ist voll oder gesperrt.',

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

  'sync.chip': 'Sync: {status}',
  'sync.local-only': 'Auf diesem Gerät',
  'sync.offline': 'Offline',
  'sync.connecting': 'Wird verbunden',
  'sync.saving': 'Wird gespeichert',
  'sync.saved': 'Gespeichert',
  'sync.refused': 'Nicht angenommen',
  'sync.moving': 'Zieht um',
  'sync.signedOut': 'Abgemeldet',
  'sync.withUnsaved': {
    one: '{status} · {count} ungespeicherte Änderung',
    other: '{status} · {count} ungespeicherte Änderungen',
  },
  'sync.withElsewhere': '{status} · {count} ungesichert in anderem Log',
  'sync.elsewhere': {
    one: 'Log von {name}: {count} ungesicherte Änderung',
    other: 'Log von {name}: {count} ungesicherte Änderungen',
  },
  'sync.explain.local-only': 'Dieses Log liegt nur auf diesem Gerät. Mit einem Konto liegt es auch auf dem Server.',
  'sync.explain.offline':
    'Der Server ist nicht erreichbar. Jede Änderung ist auf diesem Gerät und wird später von selbst übertragen.',
  'sync.explain.connecting': 'Der Server wird gesucht. Jede Änderung ist auf diesem Gerät.',
  'sync.explain.saving': 'Änderungen sind unterwegs zum Server. Auf diesem Gerät sind sie schon.',
  'sync.explain.saved': 'Jede Änderung ist auf dem Server gespeichert.',
  'sync.savedAt': 'Zuletzt gespeichert {time}.',
  'sync.tryNow': 'Jetzt versuchen',
  'sync.refusedTitle': 'Der Server nimmt die Änderungen dieses Logs nicht an.',
  'sync.movingTitle': 'Dieses Log zieht um.',
  'sync.moved': 'Der Server hat dieses Log verlegt. Alles darin ist mitgekommen.',
  'sync.exportTitle': 'Nimm dein Log mit',
  'sync.exportText': 'Eine JSON-Datei mit jeder Quest, jedem Projekt, Tag, Abschluss und jeder Notiz auf diesem Gerät.',
  'sync.export': 'Als JSON exportieren',
  'sync.setAside': 'Unlesbares beiseitelegen',
  'sync.setAsideDone': {
    one: '{count} Eintrag wurde beiseitegelegt. Dieses Gerät behält ihn, und jeder Export enthält ihn.',
    other: '{count} Einträge wurden beiseitegelegt. Dieses Gerät behält sie, und jeder Export enthält sie.',
  },
  'refusal.signed-out':
    'Du bist abgemeldet. Melde dich wieder an, dann werden deine Änderungen übertragen; bis dahin bleiben sie auf diesem Gerät.',
  'refusal.role': 'Du darfst dieses Log lesen, aber nicht ändern. Was du geschrieben hast, bleibt auf diesem Gerät.',
  'refusal.not-found':
    'Dieses Log ist nicht auf dem Server oder gehört dir nicht mehr. Alles darin bleibt auf diesem Gerät.',
  'refusal.too-large':
    'Eine Änderung ist größer, als der Server annimmt. Exportiere das Log, kürze lange Notizen und lade dann die Seite neu.',
  'refusal.malformed': 'Der Server konnte eine Änderung nicht lesen. Exportiere das Log und lade dann die Seite neu.',
  'refusal.foreign-client-id':
    'Einige Änderungen hier stammen von einem anderen Konto. Melde dich mit diesem Konto an, um sie zu sichern.',
  'refusal.entry-shape': 'Der Server kennt die Form einer Änderung nicht. Exportiere das Log und aktualisiere die App.',
  'refusal.unsafe-stamp':
    'Eine Änderung trägt eine Zeit, die der Server nicht annimmt. Stelle die Uhr dieses Geräts richtig und versuche es erneut.',
  'refusal.old-epoch': 'Der Server hat dieses Log verlegt. Es wird am neuen Ort zusammengeführt.',
  'refusal.rate-limited': 'Zu viele Änderungen auf einmal. Sie gehen binnen einer Minute von selbst hinaus.',
  'refusal.old-client': 'Diese Version der App ist zu alt zum Schreiben. Lade die Seite neu, um sie zu aktualisieren.',

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
  'device.localLog': 'Lokales Log',
  'device.logOf': 'Log von {name}',
  'device.shown': 'Gerade offen',
  'device.onlyHere': 'Nur auf diesem Gerät',
  'device.unsaved': { one: '{count} ungesicherte Änderung.', other: '{count} ungesicherte Änderungen.' },
  'device.unsavedOwn': 'Sie werden von selbst gesendet, sobald der Server erreichbar ist.',
  'device.unsavedOther': 'Sie werden gesendet, sobald sich {name} hier anmeldet.',
  'device.open': 'Öffnen',
  'device.remove': 'Entfernen',
  'device.removeLocalQuestion': 'Dieses Log gibt es nirgends sonst. Wird es entfernt, sind seine Quests endgültig weg.',
  'device.removeQuestion': 'Änderungen, die nie auf dem Server gespeichert wurden, sind dann endgültig weg.',

  'storage.cannotOpen': 'Dein Log lässt sich nicht öffnen',
  'storage.cannotWrite': 'Änderungen sind angehalten.',
  'storage.repaired': 'Ein Teil des gespeicherten Logs war beschädigt.',
  'storage.quota-exceeded':
    'Der Speicher dieses Geräts ist voll. Alles bisher Geschriebene ist sicher. Schaffe etwas Platz und versuche es erneut.',
  'storage.blocked':
    'Ein anderer Tab mit einer anderen Version der App hält das Log. Schließe die anderen Tabs und versuche es erneut.',
  'storage.closed': 'Der Browser hat den Speicher dieses Logs geschlossen. Lade die Seite neu, um weiterzumachen.',
  'storage.unavailable':
    'Der Browser lässt diese Seite nichts speichern, vielleicht in einem privaten Fenster. Was du siehst, wird nicht behalten.',
  'storage.corrupt':
    'Die beschädigten Zeilen wurden beiseitegelegt und der Rest geladen. Mit einem Konto kommt das Fehlende vom Server zurück.',
  'storage.stillFailing': 'Es lässt sich noch immer nicht schreiben.',
  'storage.reload': 'Neu laden',

  'readOnly.title': 'Dieses Log kann hier nur gelesen werden.',
  'readOnly.text': 'Entweder erlaubt deine Rolle keine Änderungen, oder diese Version der App ist zu alt.',

  'problems.title': {
    one: '{count} Eintrag war nicht lesbar.',
    other: '{count} Einträge waren nicht lesbar.',
  },
  'problems.text': 'Was nicht lesbar ist, wird übergangen und bleibt, wie es ist; das übrige Log ist nicht betroffen.',
  'update.title': 'Eine neue Version ist da.',
  'update.text': 'Sie startet, wenn du sie lädst; dein Log bleibt, wie es ist.',
  'update.apply': 'Neue Version laden',
  'update.later': 'Später',
}
