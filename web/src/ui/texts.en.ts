/** The English texts of the parts that all screens are made of. */
export const english = {
  cancel: 'Cancel',
  clear: 'Clear',
  save: 'Save',
  'project.name': 'Name',
  'palette.nothing': 'Nothing found',
  copy: 'Copy',
  copied: 'Copied.',
  copyFailed: 'It could not be copied. Select it and copy it by hand.',
} as const

type Own = typeof english

declare module '../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
