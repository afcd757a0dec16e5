/** The English texts about accounts, sync and this device's storage. */
export const englishAccount = {
  'account.title': 'Account',
  'account.signInText': 'Your log comes to this device and stays in step with the others.',
  'account.signingIn': 'Signing in…',
  'account.noAccount': 'No account yet?',
  'account.signUp': 'Create an account',
  'account.signUpText': 'An account keeps your log on the server too, in step on all your devices.',
  'account.create': 'Create account',
  'account.creating': 'Creating account…',
  'account.haveAccount': 'Do you have an account?',
  'account.name': 'Name',
  'account.email': 'E-mail',
  'account.password': 'Password',
  'account.passwordHint': 'At least 8 characters. A few words together make a good one.',
  'account.localLog': 'The log on this device',
  'account.claim': {
    one: 'Take its {count} quest into the account',
    other: 'Take its {count} quests into the account',
  },
  'account.claimText': 'It is synced from now on.',
  'account.keepApart': 'Keep it apart',
  'account.keepApartText': 'The account starts empty; the local log stays on this device only.',

  'explain.local-only': 'This log is kept on this device only. With an account it is kept on the server too.',
  'explain.offline': 'The server cannot be reached. Every edit is on this device and goes out by itself later.',
  'explain.connecting': 'Reaching the server. Every edit is on this device.',
  'explain.saving': 'Edits are on their way to the server. They are on this device already.',
  'explain.saved': 'Every edit is committed on the server.',
  'explain.savedAt': 'Last saved {time}.',
  'explain.tryNow': 'Try now',
  'log.exportTitle': 'Take your log with you',
  'log.exportText': 'One JSON file with every quest, project, tag, completion and note on this device.',
  'log.loadAgain': 'Bring along and load again',
  'log.loadedAgain': 'The log was loaded again. What was written here is in it.',
  'log.notLoadedAgain':
    'The server did not take what is here yet. Nothing was removed; try again when it can be reached.',
  'log.setAside': 'Set aside what cannot be read',
  'log.setAsideDone': {
    one: '{count} entry was set aside. This device keeps it, and every export has it.',
    other: '{count} entries were set aside. This device keeps them, and every export has them.',
  },

  'merge.title': 'You have a log on this device',
  'merge.text': 'It was written before you signed in. It can join the log of your account.',
  'merge.merge': 'Merge it in',
  'merge.mergeText': 'All its quests join your account’s log. Nothing there is overwritten.',
  'merge.mergeButton': 'Merge the logs',
  'merge.apart': 'Keep it apart',
  'merge.apartText': 'It stays on this device only. You find it under Sync and devices.',
  'merge.apartButton': 'Keep them apart',
  'merge.textEarlier':
    'It belongs to an earlier account with your e-mail address. It can join the log of your account now.',
  'merge.apartTextEarlier': 'It stays on this device as it is. You find it under Sync and devices.',
  'merge.doneEarlier': 'The earlier account’s log is now part of yours.',
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
  'merge.done': 'The local log is now part of your account’s log.',

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
  'device.shown': 'Open now',
  'device.onlyHere': 'Kept on this device only',
  'device.unsaved': { one: '{count} unsaved change.', other: '{count} unsaved changes.' },
  'device.unsavedOwn': 'They go out by themselves as soon as the server can be reached.',
  'device.unsavedOther': 'They go out once {name} signs in here.',
  'device.open': 'Open',
  'device.remove': 'Remove',
  'device.removeLocalQuestion': 'This log exists nowhere else. Removing it deletes its quests for good.',
  'device.removeQuestion': 'Edits that were never saved on the server are deleted for good.',
} as const
