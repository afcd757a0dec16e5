import { englishAccount } from './en-account.ts'
import { englishAccountSettings } from './en-account-settings.ts'
import { englishHistory } from './en-history.ts'
import { englishPages } from './en-pages.ts'
import { englishParty } from './en-party.ts'
import { englishRestore } from './en-restore.ts'

/** The English texts of what is loaded after the first screen. */
export const englishLater = {
  ...englishAccount,
  ...englishAccountSettings,
  ...englishHistory,
  ...englishPages,
  ...englishParty,
  ...englishRestore,
} as const
