/** The English texts about accounts, sync, storage and parties that the first screen may show. */
export const englishStart = {
  'account.signIn': 'Sign in',
  'account.error.credentials': 'E-mail or password is wrong.',
  'account.error.register':
    'This account cannot be created. Perhaps the e-mail address has one already: try to sign in.',
  'account.error.closed': 'This server does not accept new accounts.',
  'account.error.invalid': 'Check the e-mail address, the name and the length of the password.',
  'account.error.rateLimited': 'Too many attempts. Wait a minute and try again.',
  'account.error.unreachable':
    'The server cannot be reached. Your local log keeps working; try again when you are online.',
  'account.error.server': 'The server has a problem. Nothing was changed; try again later.',
  'account.error.storage': 'This device cannot keep the log: its storage is full or blocked.',

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
  'sync.refusedTitle': 'The server does not accept this log’s edits.',
  'sync.export': 'Export as JSON',
  'refusal.signed-out':
    'You are signed out. Sign in again and your edits go out; until then they stay on this device. Should the account be gone, sign in with another: this log can join its log.',
  'refusal.role': 'You may read this log but not change it. What you wrote stays on this device.',
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
  'device.localLog': 'Local log',

  'storage.cannotOpen': 'Your log cannot be opened',
  'storage.cannotWrite': 'Edits are paused.',
  'storage.repaired': 'A part of the stored log was damaged.',
  'storage.quota-exceeded':
    'This device’s storage is full. Everything written so far is safe. Free some space, then try again.',
  'storage.blocked': 'Another tab with another version of the app holds the log. Close the other tabs, then try again.',
  'storage.closed': 'The browser has closed this log’s storage. Load the page again to go on.',
  'storage.unavailable':
    'The browser does not let this site store anything, perhaps in a private window. What is on screen is not kept.',
  'storage.bug': 'The app has failed here. What is on this device is as it was. Load the page again to try once more.',
  'storage.corrupt':
    'The damaged rows were set aside and the rest is loaded. With an account, what is missing comes back from the server.',
  'storage.stillFailing': 'It still cannot be written.',
  'storage.reload': 'Load again',

  'readOnly.title': 'This log can only be read here.',
  'readOnly.text': 'Either your role does not let you change it, or this version of the app is too old.',

  'problems.title': { one: '{count} entry could not be read.', other: '{count} entries could not be read.' },
  'problems.text': 'What cannot be read is skipped and left as it is; the rest of the log is not affected.',
  'update.title': 'A new version is ready.',
  'update.text': 'It starts when you load it; your log stays as it is.',
  'update.apply': 'Load new version',
  'update.later': 'Later',

  'account.error.secondFactor': 'A code is needed as well.',
  'account.error.code': 'This code is not right, or was used already. Wait for the next one.',
  'account.error.expired': 'That took too long. Start again.',
  'account.error.passkey': 'This passkey is not known here.',
  'account.error.unavailable': 'This way to sign in does not work at this address.',
  'account.error.disabled': 'This account is disabled. Ask whoever runs this server.',
  'account.error.password': 'Choose another password: at least 8 characters, and not one that is easy to guess.',
  'signIn.passkeyCancelled': 'No passkey was used. Try again, or sign in another way.',

  'nav.activity': 'Activity',
  'action.goActivity': 'Go to Activity',

  'party.switch': 'Change log, now {name}',
  'party.personal': 'Personal log',
  'party.choose': 'Go to log or party',
  'party.unsaved': { one: '{count} unsaved', other: '{count} unsaved' },
  'party.opened': 'Now in {name}.',
  'party.page': 'Party',
  'members.someone': 'Somebody else',
  'party.error.gone': 'It is not there any more, or no longer yours.',
  'party.error.guest': 'You are a guest there and see assigned quests only.',

  'party.lostTitle': 'You no longer belong to {name}.',
  'party.lostText':
    'You were removed, or the party was deleted. Your copy is still on this device: export it if you need it, then remove it.',
  'party.guestTitle': 'You are now a guest in {name}.',
  'party.guestText':
    'Guests see assigned quests only, online. Your copy is still on this device: export it if you need it, then remove it.',
  'party.roleTitle': 'You may no longer change {name}.',
  'party.roleText': {
    one: '{count} change of yours came too late for the server. Export it if you need it, then fetch the party again.',
    other:
      '{count} changes of yours came too late for the server. Export them if you need them, then fetch the party again.',
  },
  'party.viewerTitle': 'You are a viewer in {name}.',
  'party.viewerText':
    'You can read everything and change nothing. An owner or administrator can give you another role.',
  'action.assign': 'Assign to somebody',
  'action.goKeys': 'Go to API keys',
  'action.goParty': 'Go to party members',
  'action.newParty': 'New party',
} as const
