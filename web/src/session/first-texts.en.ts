/** The English texts about whose log it is that the first screen may show. */
export const firstEnglish = {
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

  'refusal.signed-out':
    'You are signed out. Sign in again and your edits go out; until then they stay on this device. Should the account be gone, sign in with another: this log can join its log.',
  'storage.bug': 'The app has failed here. What is on this device is as it was. Load the page again to try once more.',

  'account.error.secondFactor': 'A code is needed as well.',
  'account.error.code': 'This code is not right, or was used already. Wait for the next one.',
  'account.error.expired': 'That took too long. Start again.',
  'account.error.passkey': 'This passkey is not known here.',
  'account.error.unavailable': 'This way to sign in does not work at this address.',
  'account.error.disabled': 'This account is disabled. Ask whoever runs this server.',
  'account.error.password': 'Choose another password: at least 8 characters, and not one that is easy to guess.',

  'signIn.passkeyCancelled': 'No passkey was used. Try again, or sign in another way.',
  'members.someone': 'Somebody else',
  'party.error.gone': 'It is not there any more, or no longer yours.',
  'party.error.guest': 'You are a guest there and see assigned quests only.',
} as const

type Own = typeof firstEnglish

declare module '../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
