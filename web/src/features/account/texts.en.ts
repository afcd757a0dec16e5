/** The English texts of the ways into an account. */
export const english = {
  'account.signInText': 'Your log comes to this device and stays in step with the others.',
  'account.signingIn': 'Signing in…',
  'account.noAccount': 'No account yet?',
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

  'merge.title': 'You have a log on this device',
  'merge.text': 'It was written before you signed in. It can join the log of your account.',
  'merge.merge': 'Merge it in',
  'merge.mergeText': 'All its quests join your account’s log. Nothing there is overwritten.',
  'merge.apart': 'Keep it apart',
  'merge.apartText': 'It stays on this device only. You find it under Sync and devices.',
  'merge.apartButton': 'Keep them apart',
  'merge.textEarlier':
    'It belongs to an earlier account with your e-mail address. It can join the log of your account now.',
  'merge.apartTextEarlier': 'It stays on this device as it is. You find it under Sync and devices.',
  'merge.doneEarlier': 'The earlier account’s log is now part of yours.',

  'account.forgot': 'Forgot your password?',

  'signIn.or': 'Or',
  'signIn.passkey': 'Sign in with a passkey',
  'signIn.passkeyBusy': 'Waiting for your passkey…',
  'signIn.provider': 'Sign in with {name}',
  'signIn.providerNew': 'Create an account with {name}',
  'signIn.returning': 'Signing in…',
  'signIn.codeTitle': 'Enter your code',
  'signIn.codeText': 'Your account asks for a second step: the six digits your authenticator app shows now.',
  'signIn.code': 'Code',
  'signIn.codeHint': 'Six digits',
  'signIn.recoveryText': 'One of the codes you kept for a lost device. Each works once.',
  'signIn.recoveryCode': 'Recovery code',
  'signIn.useRecovery': 'Use a recovery code instead',
  'signIn.useApp': 'Use the authenticator app instead',
  'signIn.continue': 'Continue',
  'signIn.back': 'Back to sign-in',
  'signIn.refused.expired': 'That took too long, or was begun in another browser. Try again.',
  'signIn.refused.provider-refused':
    'You turned back at the provider, or it turned you down. Try again, or choose another way.',
  'signIn.refused.provider-unavailable': 'The provider cannot be reached now. Try again later, or choose another way.',
  'signIn.refused.provider-failed':
    'The provider and this server do not work together. Choose another way, and tell whoever runs this server: its log says why.',
  'signIn.refused.email-unverified': 'The provider has not verified your e-mail address. Verify it there first.',
  'signIn.refused.link-required':
    'There is an account with this e-mail address already. Sign in to it, then link the provider in Settings.',
  'signIn.refused.identity-taken': 'That account at the provider is linked to another account here.',
  'signIn.refused.already-linked': 'This provider is linked to your account already.',
  'signIn.refused.registration-closed': 'This server does not accept new accounts.',
  'signIn.refused.account-disabled': 'This account is disabled. Ask whoever runs this server.',

  'forgot.title': 'Forgotten password',
  'forgot.text': 'Tell us your e-mail address, and we send you a link to choose a new password with.',
  'forgot.send': 'Send the link',
  'forgot.sending': 'Sending…',
  'forgot.sent': 'Look into your mailbox',
  'forgot.sentText':
    'If {email} has an account here, a link is on its way. It works once, for one hour. Look among the spam too.',
  'forgot.noMail': 'This server sends no mail. Ask whoever runs it to help you.',

  'reset.title': 'New password',
  'reset.text': 'Choose a new password. All devices have to sign in again with it, and all API keys end.',
  'reset.password': 'New password',
  'reset.save': 'Save the new password',
  'reset.saving': 'Saving…',
  'reset.done': 'Your password is changed',
  'reset.doneText': 'Sign in with it, here and on your other devices.',

  'link.invalid': 'This link does not work',
  'link.invalidText': 'It was used already, or is too old, or a part of it is missing. Ask for a new one.',
  'link.again': 'Get a new link',

  'confirm.title': 'Confirm the address',
  'confirm.text': 'Confirm that the address this link was sent to is the one of your account.',
  'confirm.button': 'Confirm the address',
  'confirm.busy': 'Confirming…',
  'confirm.done': 'Your e-mail address is confirmed',
  'confirm.doneText': 'Thank you. Nothing else is to be done.',
  'confirm.taken': 'Another account has this address by now.',
  'confirm.again': 'Sign in and get a new link under Settings, Account.',
  'confirm.toAccount': 'To the account',
} as const

type Own = typeof english

declare module '../../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
