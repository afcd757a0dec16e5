/** The English texts about whose log it is. */
export const english = {
  'account.signUp': 'Create an account',
  'merge.mergeButton': 'Merge the logs',
  'merge.done': 'The local log is now part of your account’s log.',
} as const

type Own = typeof english

declare module '../i18n/message.ts' {
  interface EnglishTexts extends Own {}
}
