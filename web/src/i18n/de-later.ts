import { germanAccount } from './de-account.ts'
import { germanAccountSettings } from './de-account-settings.ts'
import { germanHistory } from './de-history.ts'
import { germanPages } from './de-pages.ts'
import { germanParty } from './de-party.ts'
import { germanRestore } from './de-restore.ts'
import type { LaterCatalogue } from './translate.ts'

/** The German texts of what is loaded after the first screen, complete: a missing one does not compile. */
export const germanLater: LaterCatalogue = {
  ...germanAccount,
  ...germanAccountSettings,
  ...germanHistory,
  ...germanPages,
  ...germanParty,
  ...germanRestore,
}
