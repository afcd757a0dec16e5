import type { LetterCatalogue } from './letter-catalogue.ts'

const notYou = 'Wenn du das nicht warst, brauchst du nichts zu tun.'
const notYours =
  'Wenn du das nicht warst, ist jemand anderes in deinem Konto. Wähle ein neues Passwort und sieh dann hier nach:'
const notYourKey = 'Wenn du das nicht warst, entferne den Schlüssel sofort und wähle ein neues Passwort:'

/** The letters in German. */
export const german: LetterCatalogue = {
  'confirm-address': {
    subject: 'Bestätige deine E-Mail-Adresse',
    paragraphs: (link) => [
      'Hallo,',
      'bitte bestätige, dass diese Adresse zu deinem Questlog-Konto gehört:',
      link,
      'Der Link gilt einmal und 24 Stunden lang.',
      notYou,
    ],
  },
  'confirm-new-address': {
    subject: 'Bestätige deine neue E-Mail-Adresse',
    paragraphs: (link) => [
      'Hallo,',
      'jemand, der bei Questlog angemeldet ist, möchte diese Adresse für sein Konto verwenden. Bitte bestätige sie:',
      link,
      'Der Link gilt einmal und 24 Stunden lang. Bis dahin bleibt alles, wie es ist.',
      notYou,
    ],
  },
  'reset-password': {
    subject: 'Wähle ein neues Passwort',
    paragraphs: (link) => [
      'Hallo,',
      'hier kannst du ein neues Passwort für dein Questlog-Konto wählen:',
      link,
      'Der Link gilt einmal und eine Stunde lang. Alle Geräte müssen sich danach neu anmelden, und alle API-Schlüssel enden.',
      `${notYou} Dein Passwort bleibt, wie es ist.`,
    ],
  },
  'address-in-use': {
    subject: 'Du hast bereits ein Konto',
    paragraphs: (link) => [
      'Hallo,',
      'jemand wollte diese Adresse für ein Questlog-Konto verwenden, aber eines hat sie schon: deines.',
      'Wenn du es warst, melde dich an, oder wähle dort ein neues Passwort, falls du deines nicht mehr weißt:',
      link,
      notYou,
    ],
  },
  'password-changed': {
    subject: 'Dein Passwort wurde geändert',
    paragraphs: (link) => [
      'Hallo,',
      'das Passwort deines Questlog-Kontos wurde geändert, und andere Geräte wurden abgemeldet. API-Schlüssel bleiben, wie sie sind.',
      'Wenn du das nicht warst, wähle sofort ein neues Passwort:',
      link,
    ],
  },
  'password-reset': {
    subject: 'Du hast ein neues Passwort',
    paragraphs: (link) => [
      'Hallo,',
      'über den Link in einer Mail an diese Adresse wurde ein neues Passwort für dein Questlog-Konto gewählt. Alle Geräte wurden abgemeldet, und alle API-Schlüssel sind beendet.',
      'Wenn du das nicht warst, liest jemand deine Mails: sichere zuerst dein Postfach und wähle dann ein neues Passwort:',
      link,
    ],
  },
  'password-set': {
    subject: 'Dein Konto hat jetzt ein Passwort',
    paragraphs: (link) => [
      'Hallo,',
      'dein Questlog-Konto, das bisher keines hatte, hat ein Passwort bekommen. Man meldet sich damit und mit der E-Mail-Adresse des Kontos an.',
      notYours,
      link,
    ],
  },
  'passkey-added': {
    subject: 'Ein Passkey wurde hinzugefügt',
    paragraphs: (link) => [
      'Hallo,',
      'zu deinem Questlog-Konto wurde ein Passkey hinzugefügt. Man meldet sich damit ohne Passwort an.',
      notYours,
      link,
    ],
  },
  'passkey-removed': {
    subject: 'Ein Passkey wurde entfernt',
    paragraphs: (link) => [
      'Hallo,',
      'ein Passkey deines Questlog-Kontos wurde entfernt. Man kann sich damit nicht mehr anmelden.',
      notYours,
      link,
    ],
  },
  'second-factor-added': {
    subject: 'Die Anmeldung in zwei Schritten ist an',
    paragraphs: (link) => [
      'Hallo,',
      'für dein Questlog-Konto wurde die Anmeldung in zwei Schritten eingeschaltet. Nach dem Passwort wird jetzt auch ein Code verlangt.',
      notYours,
      link,
    ],
  },
  'second-factor-removed': {
    subject: 'Die Anmeldung in zwei Schritten ist aus',
    paragraphs: (link) => [
      'Hallo,',
      'für dein Questlog-Konto wurde die Anmeldung in zwei Schritten ausgeschaltet. Das Passwort allein genügt wieder, und die Wiederherstellungscodes gelten nicht mehr.',
      notYours,
      link,
    ],
  },
  'recovery-codes-made': {
    subject: 'Neue Wiederherstellungscodes',
    paragraphs: (link) => [
      'Hallo,',
      'für dein Questlog-Konto wurden neue Wiederherstellungscodes erstellt. Die bisherigen gelten nicht mehr.',
      notYours,
      link,
    ],
  },
  'identity-linked': {
    subject: 'Ein anderer Dienst meldet bei deinem Konto an',
    paragraphs: (link) => [
      'Hallo,',
      'dein Konto bei einem anderen Dienst wurde mit deinem Questlog-Konto verknüpft. Wer dort angemeldet ist, kann sich auch hier anmelden.',
      notYours,
      link,
    ],
  },
  'identity-unlinked': {
    subject: 'Ein Dienst meldet nicht mehr bei deinem Konto an',
    paragraphs: (link) => [
      'Hallo,',
      'die Verknüpfung deines Questlog-Kontos mit deinem Konto bei einem anderen Dienst wurde entfernt. Man kann sich darüber nicht mehr anmelden.',
      notYours,
      link,
    ],
  },
  'api-key-created': {
    subject: 'Ein API-Schlüssel wurde erstellt',
    paragraphs: (link) => [
      'Hallo,',
      'für dein Questlog-Konto wurde ein API-Schlüssel erstellt. Programme, die ihn haben, lesen oder ändern deine Quests, so weit er reicht.',
      notYourKey,
      link,
    ],
  },
  'address-changed': {
    subject: 'Deine E-Mail-Adresse wurde geändert',
    paragraphs: (link) => [
      'Hallo,',
      'dein Questlog-Konto hat jetzt eine andere E-Mail-Adresse. An diese hier schreiben wir nicht mehr.',
      'Wenn du das nicht warst, wende dich an die Betreiber des Servers:',
      link,
    ],
  },
  farewell: {
    subject: 'Dein Konto wurde gelöscht',
    paragraphs: () => [
      'Hallo,',
      'dein Questlog-Konto wurde gelöscht, mit allem darin. Was du in Gruppen anderer geschrieben hast, bleibt bei ihnen.',
      'Mach’s gut.',
    ],
  },
  invitation: {
    subject: 'Du bist in eine Gruppe eingeladen',
    paragraphs: (link) => [
      'Hallo,',
      'jemand lädt dich ein, in einer Gruppe auf Questlog gemeinsam Quests zu verwalten. Wer es ist und welche Gruppe, steht hier:',
      link,
      'Der Link gilt einmal. Wenn du nicht beitreten möchtest, brauchst du nichts zu tun.',
    ],
  },
  footer: (home) => `Questlog unter ${home}`,
}
