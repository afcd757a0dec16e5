import type { Translated } from '../../i18n/message.ts'
import type { english } from './texts.en.ts'

/** The German texts of the ways into an account, complete: a missing one does not compile. */
export const german: Translated<typeof english> = {
  'account.signInText': 'Dein Log kommt auf dieses Gerät und bleibt auf allen Geräten gleich.',
  'account.signingIn': 'Anmeldung läuft…',
  'account.noAccount': 'Noch kein Konto?',
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
  'merge.apart': 'Getrennt lassen',
  'merge.apartText': 'Es bleibt nur auf diesem Gerät. Du findest es unter Sync und Geräte.',
  'merge.apartButton': 'Getrennt lassen',
  'merge.textEarlier':
    'Es gehört zu einem früheren Konto mit deiner E-Mail-Adresse. Es kann jetzt in das Log deines Kontos übergehen.',
  'merge.apartTextEarlier': 'Es bleibt auf diesem Gerät, wie es ist. Du findest es unter Sync und Geräte.',
  'merge.doneEarlier': 'Das Log des früheren Kontos gehört jetzt zu deinem.',

  'account.forgot': 'Passwort vergessen?',

  'signIn.or': 'Oder',
  'signIn.passkey': 'Mit einem Passkey anmelden',
  'signIn.passkeyBusy': 'Warten auf deinen Passkey…',
  'signIn.provider': 'Mit {name} anmelden',
  'signIn.providerNew': 'Konto mit {name} anlegen',
  'signIn.returning': 'Anmeldung läuft…',
  'signIn.codeTitle': 'Gib deinen Code ein',
  'signIn.codeText':
    'Dein Konto verlangt einen zweiten Schritt: die sechs Ziffern, die deine Authenticator-App gerade zeigt.',
  'signIn.code': 'Code',
  'signIn.codeHint': 'Sechs Ziffern',
  'signIn.recoveryText': 'Einer der Codes, die du für ein verlorenes Gerät aufbewahrt hast. Jeder gilt einmal.',
  'signIn.recoveryCode': 'Wiederherstellungscode',
  'signIn.useRecovery': 'Stattdessen einen Wiederherstellungscode benutzen',
  'signIn.useApp': 'Stattdessen die Authenticator-App benutzen',
  'signIn.continue': 'Weiter',
  'signIn.back': 'Zurück zur Anmeldung',
  'signIn.refused.expired': 'Das hat zu lange gedauert oder begann in einem anderen Browser. Versuch es noch einmal.',
  'signIn.refused.provider-refused':
    'Du hast beim Anbieter abgebrochen, oder er hat abgelehnt. Versuch es noch einmal oder wähle einen anderen Weg.',
  'signIn.refused.provider-unavailable':
    'Der Anbieter ist gerade nicht erreichbar. Versuch es später noch einmal oder wähle einen anderen Weg.',
  'signIn.refused.provider-failed':
    'Der Anbieter und dieser Server verstehen sich nicht. Wähle einen anderen Weg und sag Bescheid, wer diesen Server betreibt: Sein Protokoll nennt den Grund.',
  'signIn.refused.email-unverified':
    'Der Anbieter hat deine E-Mail-Adresse nicht bestätigt. Bestätige sie zuerst dort.',
  'signIn.refused.link-required':
    'Zu dieser E-Mail-Adresse gibt es schon ein Konto. Melde dich dort an und verknüpfe den Anbieter in den Einstellungen.',
  'signIn.refused.identity-taken': 'Dieses Konto beim Anbieter ist hier mit einem anderen Konto verknüpft.',
  'signIn.refused.already-linked': 'Dieser Anbieter ist schon mit deinem Konto verknüpft.',
  'signIn.refused.registration-closed': 'Dieser Server nimmt keine neuen Konten an.',
  'signIn.refused.account-disabled': 'Dieses Konto ist gesperrt. Frag, wer diesen Server betreibt.',

  'forgot.title': 'Passwort vergessen',
  'forgot.text':
    'Nenn uns deine E-Mail-Adresse, und wir schicken dir einen Link, mit dem du ein neues Passwort wählst.',
  'forgot.send': 'Link schicken',
  'forgot.sending': 'Wird geschickt…',
  'forgot.sent': 'Schau in dein Postfach',
  'forgot.sentText':
    'Wenn {email} hier ein Konto hat, ist ein Link unterwegs. Er gilt einmal, eine Stunde lang. Schau auch im Spam nach.',
  'forgot.noMail': 'Dieser Server verschickt keine Mails. Frag, wer ihn betreibt.',

  'reset.title': 'Neues Passwort',
  'reset.text': 'Wähle ein neues Passwort. Alle Geräte müssen sich damit neu anmelden, und alle API-Schlüssel enden.',
  'reset.password': 'Neues Passwort',
  'reset.save': 'Neues Passwort speichern',
  'reset.saving': 'Wird gespeichert…',
  'reset.done': 'Dein Passwort ist geändert',
  'reset.doneText': 'Melde dich damit an, hier und auf deinen anderen Geräten.',

  'link.invalid': 'Dieser Link geht nicht',
  'link.invalidText': 'Er wurde schon benutzt, ist zu alt oder unvollständig. Lass dir einen neuen schicken.',
  'link.again': 'Neuen Link holen',

  'confirm.title': 'Adresse bestätigen',
  'confirm.text': 'Bestätige, dass die Adresse, an die dieser Link ging, die deines Kontos ist.',
  'confirm.button': 'Adresse bestätigen',
  'confirm.busy': 'Wird bestätigt…',
  'confirm.done': 'Deine E-Mail-Adresse ist bestätigt',
  'confirm.doneText': 'Danke. Mehr ist nicht zu tun.',
  'confirm.taken': 'Inzwischen hat ein anderes Konto diese Adresse.',
  'confirm.again': 'Melde dich an und hol dir unter Einstellungen, Konto einen neuen Link.',
  'confirm.toAccount': 'Zum Konto',
}
