import type { englishStart } from './en-start.ts'
import type { Message } from './translate.ts'

/** The German texts about accounts, sync, storage and parties that the first screen may show. */
export const germanStart: { readonly [Key in keyof typeof englishStart]: Message } = {
  'account.signIn': 'Anmelden',
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

  'sync.chip': 'Sync: {status}',
  'sync.local-only': 'Auf diesem Gerät',
  'sync.offline': 'Offline',
  'sync.connecting': 'Wird verbunden',
  'sync.saving': 'Wird gespeichert',
  'sync.saved': 'Gespeichert',
  'sync.refused': 'Nicht angenommen',
  'sync.moving': 'Zieht um',
  'sync.signedOut': 'Abgemeldet',
  'sync.another': 'Anderes Konto',
  'sync.withUnsaved': {
    one: '{status} · {count} ungespeicherte Änderung',
    other: '{status} · {count} ungespeicherte Änderungen',
  },
  'sync.withElsewhere': '{status} · {count} ungespeichert in anderem Log',
  'sync.elsewhere': {
    one: 'Log von {name}: {count} ungespeicherte Änderung',
    other: 'Log von {name}: {count} ungespeicherte Änderungen',
  },
  'sync.refusedTitle': 'Der Server nimmt die Änderungen dieses Logs nicht an.',
  'sync.export': 'Als JSON exportieren',
  'refusal.signed-out':
    'Du bist abgemeldet. Melde dich wieder an, dann werden deine Änderungen übertragen; bis dahin bleiben sie auf diesem Gerät. Gibt es das Konto nicht mehr, melde dich mit einem anderen an: Dieses Log kann in dessen Log übergehen.',
  'refusal.role': 'Du darfst dieses Log lesen, aber nicht ändern. Was du geschrieben hast, bleibt auf diesem Gerät.',
  'refusal.not-found':
    'Dieses Log ist nicht auf dem Server oder gehört dir nicht mehr. Alles darin bleibt auf diesem Gerät.',
  'refusal.too-large':
    'Eine Änderung ist größer, als der Server annimmt. Exportiere das Log, kürze lange Notizen und lade dann die Seite neu.',
  'refusal.workspace-full':
    'Dieses Log ist so groß, wie der Server es zulässt. Leere den Papierkorb oder kürze lange Notizen und lade dann die Seite neu.',
  'refusal.malformed': 'Der Server konnte eine Änderung nicht lesen. Exportiere das Log und lade dann die Seite neu.',
  'refusal.foreign-client-id':
    'Einige Änderungen hier gehören zu einem anderen Konto. Melde dich mit diesem Konto an, um sie zu sichern, oder übertrage sie als deine.',
  'refusal.entry-shape': 'Der Server kennt die Form einer Änderung nicht. Exportiere das Log und aktualisiere die App.',
  'refusal.unsafe-stamp':
    'Eine Änderung trägt eine Zeit, die der Server nicht annimmt. Stelle die Uhr dieses Geräts richtig und versuche es erneut.',
  'refusal.removal':
    'Eine Änderung entfernt etwas, an dessen Stelle nichts tritt. Exportiere das Log und lade dann die Seite neu.',
  'refusal.old-epoch': 'Der Server hat dieses Log verlegt. Es wird am neuen Ort zusammengeführt.',
  'refusal.rate-limited': 'Zu viele Änderungen auf einmal. Sie gehen binnen einer Minute von selbst hinaus.',
  'refusal.content-differs':
    'Dieses Log ist hier nicht dasselbe wie auf dem Server. Lade es noch einmal: Was hier geschrieben wurde, wird zuvor übertragen.',
  'refusal.old-client': 'Diese Version der App ist zu alt zum Schreiben. Lade die Seite neu, um sie zu aktualisieren.',
  'device.localLog': 'Lokales Log',

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
  'storage.bug':
    'Die App hat hier einen Fehler. Auf diesem Gerät ist alles, wie es war. Lade die Seite neu, um es noch einmal zu versuchen.',
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

  'account.error.secondFactor': 'Es braucht noch einen Code.',
  'account.error.code': 'Dieser Code stimmt nicht oder wurde schon benutzt. Warte auf den nächsten.',
  'account.error.expired': 'Das hat zu lange gedauert. Fang noch einmal an.',
  'account.error.passkey': 'Dieser Passkey ist hier nicht bekannt.',
  'account.error.unavailable': 'Diese Art der Anmeldung geht unter dieser Adresse nicht.',
  'account.error.disabled': 'Dieses Konto ist gesperrt. Frag, wer diesen Server betreibt.',
  'account.error.password': 'Wähle ein anderes Passwort: mindestens 8 Zeichen und nicht leicht zu erraten.',
  'signIn.passkeyCancelled': 'Es wurde kein Passkey benutzt. Versuch es noch einmal oder melde dich anders an.',

  'nav.activity': 'Aktivität',
  'action.goActivity': 'Zur Aktivität',

  'party.switch': 'Log wechseln, jetzt {name}',
  'party.personal': 'Eigenes Log',
  'party.choose': 'Zu Log oder Party',
  'party.unsaved': { one: '{count} ungespeichert', other: '{count} ungespeichert' },
  'party.opened': 'Jetzt in {name}.',
  'party.page': 'Party',
  'members.someone': 'Jemand anderes',
  'party.error.gone': 'Das gibt es nicht mehr, oder es gehört dir nicht mehr.',
  'party.error.guest': 'Dort bist du Gast und siehst nur zugewiesene Quests.',

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
  'party.viewerTitle': 'In {name} darfst du nur lesen.',
  'party.viewerText':
    'Du kannst alles lesen und nichts ändern. Wer die Party besitzt oder verwaltet, kann dir eine andere Rolle geben.',
  'action.assign': 'Jemandem zuweisen',
  'action.goKeys': 'Zu den API-Schlüsseln',
  'action.goParty': 'Zu den Mitgliedern der Party',
  'action.newParty': 'Neue Party',
}
