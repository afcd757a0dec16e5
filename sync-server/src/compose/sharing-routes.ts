import { type AdminDeps, adminRoutes } from '../admin/routes.ts'
import type { Database } from '../db/tables.ts'
import type { TypedApp } from '../http/typed-app.ts'
import type { WorkspaceStore } from '../read-model/workspace-store.ts'
import { restoreRoute } from '../restore/restore-route.ts'
import type { RestoreDeps } from '../restore/restore-workspace.ts'
import { setAsideRoute } from '../set-aside/set-aside-route.ts'
import { epochRoute } from '../workspaces/epoch-route.ts'
import { invitationRoutes } from '../workspaces/invitation-routes.ts'
import { memberRoutes } from '../workspaces/member-routes.ts'
import type { PartyDeps } from '../workspaces/party-deps.ts'
import { partyRoutes } from '../workspaces/party-routes.ts'
import { workspaceRoutes } from '../workspaces/routes.ts'
import type { AccountRoutesDeps } from './account-routes.ts'

export interface SharingRoutesDeps {
  readonly db: Database
  readonly now: () => number
  readonly store: WorkspaceStore
  readonly restoring: Omit<RestoreDeps, 'db' | 'now'>
  readonly ownData: AccountRoutesDeps['ownData']
  readonly parties: Pick<PartyDeps, 'mail'> & { readonly sync: PartyDeps['sync'] & AdminDeps['sync'] }
  /** What this process counts, for the server's administrators. */
  readonly serverStats: () => Readonly<Record<string, number>>
}

/** The routes about workspaces as a whole: who shares them, their past, what is set aside of them, and the server. */
export function sharingRoutes(app: TypedApp, deps: SharingRoutesDeps): void {
  const { db, now, store, serverStats } = deps
  setAsideRoute(app, { db })
  restoreRoute(app, { ...deps.restoring, db, store, now })
  workspaceRoutes(app, { db, now })
  epochRoute(app, { ...deps.ownData.exporting, db })
  const parties = { ...deps.parties, db, now }
  partyRoutes(app, parties)
  memberRoutes(app, parties)
  invitationRoutes(app, parties)
  adminRoutes(app, { ...parties, syncStats: serverStats, sendsMail: parties.mail !== undefined })
}
