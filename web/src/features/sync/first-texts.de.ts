import type { Translated } from '../../i18n/message.ts'
import type { firstEnglish } from './first-texts.en.ts'

/** The German texts of sync, and of the logs on this device that the first screen may show, complete: a missing one does not compile. */
export const firstGerman: Translated<typeof firstEnglish> = {
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
  'sync.export': 'Als JSON exportieren',

  'refusal.role': 'Du darfst dieses Log lesen, aber nicht ändern. Was du geschrieben hast, bleibt auf diesem Gerät.',
  'refusal.ahead':
    'Der Server wurde auf einen früheren Stand zurückgesetzt, etwa aus einer Sicherung. Dieses Log ist vollständig auf diesem Gerät: bring es auf den Server zurück.',
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

  'storage.stillFailing': 'Es lässt sich noch immer nicht schreiben.',
  'storage.reload': 'Neu laden',
  'nav.sync': 'Sync und Geräte',
}
