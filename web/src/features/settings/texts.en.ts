/** The English texts of the settings. */
export const english = {
  'action.goSettings': 'Go to Settings',

  'settings.account': 'Account',
  'settings.detail': 'For this device',
  'settings.theme': 'Theme',
  'settings.themeSystem': 'System',
  'settings.themeLight': 'Light',
  'settings.themeDark': 'Dark',
  'settings.language': 'Language',
  'settings.density': 'Density',
  'settings.comfortable': 'Comfortable',
  'settings.compact': 'Compact',
  'settings.contrast': 'Higher contrast',
  'settings.contrastText': 'Darker text and stronger lines than the system asks for.',
  'settings.singleKeys': 'Single-key shortcuts',
  'settings.singleKeysText': 'Turn off if letters typed by voice or by accident trigger actions.',
} as const

type Own = typeof english

declare module '../../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
