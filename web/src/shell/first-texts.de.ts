import type { Translated } from '../i18n/message.ts'
import type { firstEnglish } from './first-texts.en.ts'

/** The German texts of the frame that the first screen may show, complete: a missing one does not compile. */
export const firstGerman: Translated<typeof firstEnglish> = {
  'sync.refusedTitle': 'Der Server nimmt die Änderungen dieses Logs nicht an.',

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

  'readOnly.title': 'Dieses Log kann hier nur gelesen werden.',
  'readOnly.text': 'Entweder erlaubt deine Rolle keine Änderungen, oder diese Version der App ist zu alt.',
  'problems.title': { one: '{count} Eintrag war nicht lesbar.', other: '{count} Einträge waren nicht lesbar.' },
  'problems.text': 'Was nicht lesbar ist, wird übergangen und bleibt, wie es ist; das übrige Log ist nicht betroffen.',

  'update.title': 'Eine neue Version ist da.',
  'update.text': 'Sie startet, wenn du sie lädst; dein Log bleibt, wie es ist.',
  'update.apply': 'Neue Version laden',
  'update.later': 'Später',

  'party.viewerTitle': 'In {name} darfst du nur lesen.',
  'party.viewerText':
    'Du kannst alles lesen und nichts ändern. Wer die Party besitzt oder verwaltet, kann dir eine andere Rolle geben.',
  opening: 'Dein Log wird geöffnet…',
  skipToMain: 'Zu den Quests springen',

  'nav.main': 'Hauptnavigation',
  'nav.more': 'Mehr',
  'nav.find': 'Suchen…',

  'toast.dismiss': 'Meldung ausblenden',

  'crash.title': 'Die Anzeige ist abgestürzt',
  'crash.text': 'Dein Log liegt sicher auf diesem Gerät. Lade die Seite neu oder sichere zuerst eine Kopie.',
  'crash.reload': 'Neu laden',
}
