/** The English texts of sync, and of the logs on this device that the first screen may show. */
export const firstEnglish = {
  'sync.chip': 'Sync: {status}',
  'sync.local-only': 'On this device',
  'sync.offline': 'Offline',
  'sync.connecting': 'Connecting',
  'sync.saving': 'Saving',
  'sync.saved': 'Saved',
  'sync.refused': 'Not accepted',
  'sync.moving': 'Moving',
  'sync.signedOut': 'Signed out',
  'sync.another': 'Other account',
  'sync.withUnsaved': { one: '{status} · {count} unsaved change', other: '{status} · {count} unsaved changes' },
  'sync.withElsewhere': '{status} · {count} unsaved in another log',
  'sync.elsewhere': { one: 'Log of {name}: {count} unsaved change', other: 'Log of {name}: {count} unsaved changes' },
  'sync.export': 'Export as JSON',

  'refusal.role': 'You may read this log but not change it. What you wrote stays on this device.',
  'refusal.ahead':
    'The server was put back to an earlier state, as from a backup. All of this log is on this device: bring it back to the server.',
  'refusal.not-found': 'This log is not on the server, or no longer yours. All of it stays on this device.',
  'refusal.too-large':
    'An edit is larger than the server takes. Export the log, shorten long notes, then load the page again.',
  'refusal.workspace-full':
    'This log is as large as the server lets it get. Empty the Trash or shorten long notes, then load the page again.',
  'refusal.malformed': 'The server could not read an edit. Export the log, then load the page again.',
  'refusal.foreign-client-id':
    'Some edits here belong to another account. Sign in with that account to save them, or bring them along as yours.',
  'refusal.entry-shape': 'The server does not know the shape of an edit. Export the log and update the app.',
  'refusal.unsafe-stamp':
    'An edit bears a time that the server does not take. Set this device’s clock right, then try again.',
  'refusal.removal':
    'An edit removes something that nothing takes the place of. Export the log, then load the page again.',
  'refusal.old-epoch': 'The server has moved this log. It is merged over to the new place.',
  'refusal.rate-limited': 'Too many edits at once. They go out by themselves within a minute.',
  'refusal.content-differs':
    'This log is not the same here as on the server. Load it again: what was written here is brought along first.',
  'refusal.old-client': 'This version of the app is too old to write. Load the page again to update it.',

  'storage.stillFailing': 'It still cannot be written.',
  'storage.reload': 'Load again',
  'nav.sync': 'Sync and devices',
} as const

type Own = typeof firstEnglish

declare module '../../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
