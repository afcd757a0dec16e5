import { apiKeyRoutes } from '../api-keys/routes.ts'
import { auditRoutes } from '../audit/routes.ts'
import { deviceRoutes } from '../auth/accounts/device-routes.ts'
import { mailRoutes } from '../auth/accounts/mail-routes.ts'
import { type AuthRoutesDeps, authRoutes } from '../auth/accounts/routes.ts'
import { type OidcRoutesDeps, oidcRoutes } from '../auth/oidc/routes.ts'
import { type OwnDataDeps, ownDataRoutes } from '../auth/own-data/routes.ts'
import { passkeyRoutes } from '../auth/passkeys/routes.ts'
import { secondFactorRoutes } from '../auth/second-factor/routes.ts'
import { signInMethodRoutes } from '../auth/sign-in-methods/routes.ts'
import type { Database } from '../db/tables.ts'
import type { TypedApp } from '../http/typed-app.ts'

export interface AccountRoutesDeps {
  readonly db: Database
  readonly now: () => number
  readonly publicUrl: string | undefined
  readonly auth: AuthRoutesDeps
  readonly signInMethods: Pick<OidcRoutesDeps, 'providers' | 'binding' | 'secretKey'>
  readonly ownData: Pick<OwnDataDeps, 'exporting' | 'onDocumentDeleted'>
}

/** The routes about people: their accounts, the ways into them, their devices, keys, security events and data. */
export function accountRoutes(app: TypedApp, deps: AccountRoutesDeps): void {
  const { db, now, auth, publicUrl } = deps
  const { accounts, cookie, requestsPerMinute } = auth
  authRoutes(app, auth)
  mailRoutes(app, auth)
  deviceRoutes(app, accounts)
  ownDataRoutes(app, { ...auth, ...deps.ownData })
  const methods = { ...accounts, ...deps.signInMethods, cookie, publicUrl, requestsPerMinute }
  signInMethodRoutes(app, methods)
  secondFactorRoutes(app, methods)
  passkeyRoutes(app, methods)
  oidcRoutes(app, methods)
  apiKeyRoutes(app, { db, now, mail: accounts.mail })
  auditRoutes(app, { db })
}
