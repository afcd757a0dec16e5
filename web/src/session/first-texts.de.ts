import type { Translated } from '../i18n/message.ts'
import type { firstEnglish } from './first-texts.en.ts'

/** The German texts about whose log it is that the first screen may show, complete: a missing one does not compile. */
export const firstGerman: Translated<typeof firstEnglish> = {
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

  'refusal.signed-out':
    'Du bist abgemeldet. Melde dich wieder an, dann werden deine Änderungen übertragen; bis dahin bleiben sie auf diesem Gerät. Gibt es das Konto nicht mehr, melde dich mit einem anderen an: Dieses Log kann in dessen Log übergehen.',
  'storage.bug':
    'Die App hat hier einen Fehler. Auf diesem Gerät ist alles, wie es war. Lade die Seite neu, um es noch einmal zu versuchen.',

  'account.error.secondFactor': 'Es braucht noch einen Code.',
  'account.error.code': 'Dieser Code stimmt nicht oder wurde schon benutzt. Warte auf den nächsten.',
  'account.error.expired': 'Das hat zu lange gedauert. Fang noch einmal an.',
  'account.error.passkey': 'Dieser Passkey ist hier nicht bekannt.',
  'account.error.unavailable': 'Diese Art der Anmeldung geht unter dieser Adresse nicht.',
  'account.error.disabled': 'Dieses Konto ist gesperrt. Frag, wer diesen Server betreibt.',
  'account.error.password': 'Wähle ein anderes Passwort: mindestens 8 Zeichen und nicht leicht zu erraten.',

  'signIn.passkeyCancelled': 'Es wurde kein Passkey benutzt. Versuch es noch einmal oder melde dich anders an.',
  'members.someone': 'Jemand anderes',
  'party.error.gone': 'Das gibt es nicht mehr, oder es gehört dir nicht mehr.',
  'party.error.guest': 'Dort bist du Gast und siehst nur zugewiesene Quests.',
}
