import type { Translated } from '../../i18n/message.ts'
import type { english } from './texts.en.ts'

/** The German texts of the settings, complete: a missing one does not compile. */
export const german: Translated<typeof english> = {
  'action.goSettings': 'Zu den Einstellungen',

  'settings.account': 'Konto',
  'settings.detail': 'Für dieses Gerät',
  'settings.theme': 'Farbschema',
  'settings.themeSystem': 'System',
  'settings.themeLight': 'Hell',
  'settings.themeDark': 'Dunkel',
  'settings.language': 'Sprache',
  'settings.density': 'Dichte',
  'settings.comfortable': 'Komfortabel',
  'settings.compact': 'Kompakt',
  'settings.contrast': 'Höherer Kontrast',
  'settings.contrastText': 'Dunklerer Text und stärkere Linien, als das System verlangt.',
  'settings.singleKeys': 'Tastenkürzel mit einer einzigen Taste',
  'settings.singleKeysText': 'Schalte sie ab, wenn diktierte oder versehentliche Buchstaben Aktionen auslösen.',
}
