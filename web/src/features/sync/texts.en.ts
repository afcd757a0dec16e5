/** The English texts of sync, and of the logs on this device. */
export const english = {
  'action.goSync': 'Go to Sync and devices',
  'account.title': 'Account',

  'explain.local-only': 'This log is kept on this device only. With an account it is kept on the server too.',
  'explain.offline': 'The server cannot be reached. Every edit is on this device and goes out by itself later.',
  'explain.connecting': 'Reaching the server. Every edit is on this device.',
  'explain.saving': 'Edits are on their way to the server. They are on this device already.',
  'explain.saved': 'Every edit is committed on the server.',
  'explain.savedAt': 'Last saved {time}.',
  'explain.tryNow': 'Try now',

  'log.exportTitle': 'Take your log with you',
  'log.exportText': 'One JSON file with every quest, project, tag, completion and note on this device.',
  'log.bringBack': 'Bring it back',
  'log.broughtBack': 'All of it is in the server’s log now.',
  'log.loadAgain': 'Bring along and load again',
  'log.loadedAgain': 'The log was loaded again. What was written here is in it.',
  'log.notLoadedAgain':
    'The server did not take what is here yet. Nothing was removed; try again when it can be reached.',
  'log.setAside': 'Set aside what cannot be read',
  'log.setAsideDone': {
    one: '{count} entry was set aside. This device keeps it, and every export has it.',
    other: '{count} entries were set aside. This device keeps them, and every export has them.',
  },

  'merge.intoMine': 'Merge into my log',
  'merge.intoMineQuestion':
    'All of the log of {name} joins the log of your account, and is then removed from this device by itself.',
  'merge.doneOf': 'The log of {name} is now part of yours.',
  'merge.copyButton': 'Copy into my log',
  'merge.copyQuestion':
    'All of the log of {name} is copied into the log of your account. The log of {name} stays on this device as it is.',
  'merge.copied': 'The log of {name} is copied into yours.',

  'standing.another':
    'This is the log of {name} ({email}), and {person} is signed in. Edits stay on this device; they go out once {name} signs in here. If that account is gone, copy the log into yours.',
  'standing.localBeside':
    'This log belongs to nobody’s account and is kept on this device only. It can join the log of {person}.',
  'device.unsavedUnknown':
    'The server does not have this log, or it is no longer yours. You can merge it into the log of your account.',
  'device.unsavedAnother': 'They go out once {name} signs in here. If that account is gone, take the log into yours.',

  'signOut.button': 'Sign out',
  'signOut.title': 'Sign out on this device',
  'signOut.text': 'Your log can stay on this device, readable by whoever uses it, or be removed from it.',
  'signOut.unsaved': {
    one: '{count} change is not on the server yet. Removing the log now loses it for good.',
    other: '{count} changes are not on the server yet. Removing the log now loses them for good.',
  },
  'signOut.keep': 'Sign out, keep the log here',
  'signOut.remove': 'Sign out and remove',

  'device.title': 'Storage on this device',
  'device.explainLocal':
    'Your quests are kept in this browser, on this device. Deleting the browser’s data for this site deletes them too: export them now and then, or create an account.',
  'device.explainAccount':
    'Your quests are kept in this browser and on the server. Deleting the browser’s data for this site removes the copy here and edits that are not saved yet; signing in brings the rest back.',
  'device.persistent': 'The browser has promised not to remove them by itself.',
  'device.notPersistent':
    'When the disk runs low the browser may remove them by itself. Install the app, or bookmark it, to prevent that.',
  'device.mayGo': 'Your browser does not promise to keep your log. An account keeps it on the server as well.',
  'device.usage': '{used} used of the {quota} this site may use.',
  'device.logs': 'Logs on this device',
  'device.logOf': 'Log of {name}',
  'device.unsaved': { one: '{count} unsaved change.', other: '{count} unsaved changes.' },
  'device.unsavedOwn': 'They go out by themselves as soon as the server can be reached.',
  'device.unsavedOther': 'They go out once {name} signs in here.',
  'device.open': 'Open',
  'device.remove': 'Remove',
  'device.removeLocalQuestion': 'This log exists nowhere else. Removing it deletes its quests for good.',
  'device.removeQuestion': 'Edits that were never saved on the server are deleted for good.',

  'setAside.title': { one: 'A change could not be read', other: 'Some changes could not be read' },
  'setAside.text': {
    one: 'Since {since} the server could not read one change and has set it aside. Nothing else is lost.',
    other: 'Since {since} the server could not read {count} changes and has set them aside. Nothing else is lost.',
  },
  'setAside.ask':
    'Ask whoever runs this server to look at it. A device that still has such a change sends it again by itself.',

  'party.removeHere': 'Remove from this device',
  'party.removeHereQuestion':
    'Your copy of {name} is removed from this device, with every change the server does not have.',
  'party.fetchAgain': 'Discard and fetch again',
  'party.fetchAgainQuestion': 'Changes the server does not have are deleted for good, and the party is fetched again.',
  'party.nowGuest':
    'You are now a guest in {name} and see the quests assigned to you. Your copy stays on this device until you remove it under “Sync and devices”.',
  'party.removedHere': '{name} is removed from this device.',
} as const

type Own = typeof english

declare module '../../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
