/** The English texts of the frame that the first screen may show. */
export const firstEnglish = {
  'sync.refusedTitle': 'The server does not accept this log’s edits.',

  'storage.cannotOpen': 'Your log cannot be opened',
  'storage.cannotWrite': 'Edits are paused.',
  'storage.repaired': 'A part of the stored log was damaged.',
  'storage.quota-exceeded':
    'This device’s storage is full. Everything written so far is safe. Free some space, then try again.',
  'storage.blocked': 'Another tab with another version of the app holds the log. Close the other tabs, then try again.',
  'storage.closed': 'The browser has closed this log’s storage. Load the page again to go on.',
  'storage.unavailable':
    'The browser does not let this site store anything, perhaps in a private window. What is on screen is not kept.',
  'storage.corrupt':
    'The damaged rows were set aside and the rest is loaded. With an account, what is missing comes back from the server.',

  'readOnly.title': 'This log can only be read here.',
  'readOnly.text': 'Either your role does not let you change it, or this version of the app is too old.',
  'problems.title': { one: '{count} entry could not be read.', other: '{count} entries could not be read.' },
  'problems.text': 'What cannot be read is skipped and left as it is; the rest of the log is not affected.',

  'update.title': 'A new version is ready.',
  'update.text': 'It starts when you load it; your log stays as it is.',
  'update.apply': 'Load new version',
  'update.later': 'Later',

  'party.viewerTitle': 'You are a viewer in {name}.',
  'party.viewerText':
    'You can read everything and change nothing. An owner or administrator can give you another role.',
  opening: 'Opening your log…',
  skipToMain: 'Skip to the quests',

  'nav.main': 'Main',
  'nav.more': 'More',
  'nav.find': 'Find or do…',

  'toast.dismiss': 'Dismiss message',

  'crash.title': 'The screen has failed',
  'crash.text': 'Your log is safe on this device. Load the page again, or take a copy with you first.',
  'crash.reload': 'Load again',
} as const

type Own = typeof firstEnglish

declare module '../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
