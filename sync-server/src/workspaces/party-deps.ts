import type { Database } from '../db/tables.ts'
import type { PostOffice } from '../mail/post-office.ts'
import type { Sync } from '../sync/sync.ts'

/** What the routes about parties work with. */
export interface PartyDeps {
  readonly db: Database
  readonly now: () => number
  readonly sync: Pick<Sync, 'changeAccess' | 'forget'>
  /** Undefined where no mail is sent; `home` is the address of the app. */
  readonly mail: { readonly office: PostOffice; readonly home: string } | undefined
}
