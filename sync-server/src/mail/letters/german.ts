import type { LetterCatalogue } from './letter.ts'

const notYou = 'Wenn du das nicht warst, brauchst du nichts zu tun.'

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
      'Der Link gilt einmal und eine Stunde lang. Alle Geräte müssen sich danach neu anmelden.',
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
      'das Passwort deines Questlog-Kontos wurde geändert, und andere Geräte wurden abgemeldet.',
      'Wenn du das nicht warst, wähle sofort ein neues Passwort:',
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
