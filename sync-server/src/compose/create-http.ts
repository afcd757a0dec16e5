import type { ServerOptions } from 'node:https'
import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Logger } from 'pino'
import { ulid } from 'ulidx'
import { accessRules } from '../access/access-rules.ts'
import { documentRoutes } from '../access/document-routes.ts'
import { enforceAccess } from '../access/enforce-access.ts'
import { type AdminDeps, adminRoutes } from '../admin/routes.ts'
import { apiKeyRoutes } from '../api-keys/routes.ts'
import { auditRoutes } from '../audit/routes.ts'
import { deviceRoutes } from '../auth/accounts/device-routes.ts'
import { mailRoutes } from '../auth/accounts/mail-routes.ts'
import { type AuthRoutesDeps, authRoutes } from '../auth/accounts/routes.ts'
import { anonymousKey } from '../auth/known-devices/carried-marks.ts'
import { type OidcRoutesDeps, oidcRoutes } from '../auth/oidc/routes.ts'
import { type OwnDataDeps, ownDataRoutes } from '../auth/own-data/routes.ts'
import { passkeyRoutes } from '../auth/passkeys/routes.ts'
import { secondFactorRoutes } from '../auth/second-factor/routes.ts'
import { signInMethodRoutes } from '../auth/sign-in-methods/routes.ts'
import { whoCalls } from '../callers/who-calls.ts'
import type { Database } from '../db/tables.ts'
import { noteAllowedMethods } from '../http/allowed-methods.ts'
import { answerError, answerProblems } from '../http/answer-problems.ts'
import { registerCors } from '../http/cors.ts'
import { announceDeprecations } from '../http/deprecation.ts'
import { warnOfProxy } from '../http/forwarded-headers.ts'
import { healthRoutes, type Readiness, type SetAsideCounts } from '../http/health.ts'
import { HttpProblem } from '../http/http-problem.ts'
import { acceptJsonBodies } from '../http/json-body.ts'
import { metricsRoute } from '../http/metrics.ts'
import { collectOpenApi, describeApi } from '../http/openapi.ts'
import type { Budgets } from '../http/rate-limits/budgets.ts'
import { limitRequests, type RequestLimits } from '../http/rate-limits/limit-requests.ts'
import { createRequestTurns } from '../http/rate-limits/request-turns.ts'
import { registerRouteLimits } from '../http/rate-limits/route-limits.ts'
import { registerSecurityHeaders } from '../http/security-headers.ts'
import type { ProxyTrust } from '../http/socket-address.ts'
import { serveApp } from '../http/static-app.ts'
import { type TypedApp, useZodSchemas } from '../http/typed-app.ts'
import type { WorkspaceStore } from '../read-model/workspace-store.ts'
import { restoreRoute } from '../restore/restore-route.ts'
import type { RestoreDeps } from '../restore/restore-workspace.ts'
import { setAsideRoute } from '../set-aside/set-aside-route.ts'
import type { WorkShares } from '../sync/limits/work-shares.ts'
import { epochRoute } from '../workspaces/epoch-route.ts'
import { invitationRoutes } from '../workspaces/invitation-routes.ts'
import { memberRoutes } from '../workspaces/member-routes.ts'
import type { PartyDeps } from '../workspaces/party-deps.ts'
import { partyRoutes } from '../workspaces/party-routes.ts'
import { workspaceRoutes } from '../workspaces/routes.ts'
import { recordRoutes } from './record-routes.ts'

export interface HttpDeps {
  readonly logger: Logger
  readonly db: Database
  readonly store: WorkspaceStore
  readonly now: () => number
  readonly monotonicMs: () => number
  readonly auth: AuthRoutesDeps
  readonly restoring: Omit<RestoreDeps, 'db' | 'now'>
  readonly ownData: Pick<OwnDataDeps, 'exporting' | 'onDocumentDeleted'>
  readonly signInMethods: Pick<OidcRoutesDeps, 'providers' | 'binding' | 'secretKey'>
  readonly parties: Pick<PartyDeps, 'mail'> & { readonly sync: PartyDeps['sync'] & AdminDeps['sync'] }
  /** What this process counts, for the server's administrators. */
  readonly serverStats: () => Readonly<Record<string, number>>
  readonly readiness: Omit<Readiness, 'countSetAside'>
  /** Undefined serves no `/metrics`. */
  readonly syncStats: (() => Readonly<Record<string, number>>) | undefined
  readonly countSetAside: () => Promise<SetAsideCounts | null>
  readonly webDist: string
  readonly publicUrl: string | undefined
  readonly trustProxy: boolean | number | string | undefined
  readonly maxBodyBytes: number
  /** Undefined speaks plain http. */
  readonly tlsOptions: ServerOptions | undefined
  readonly adminEmails: readonly string[]
  readonly corsOrigins: readonly string[]
  readonly requestLimits: RequestLimits
  readonly budgets: Budgets
  readonly work: Pick<WorkShares, 'take' | 'spend'>
}

/** Builds the HTTP side of the server: the app, REST under `/api/v1`, health and metrics. Not listening yet. */
export async function createHttp(deps: HttpDeps): Promise<FastifyInstance> {
  const loggerInstance: FastifyBaseLogger = deps.logger
  const app = fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => ulid(),
    bodyLimit: deps.maxBodyBytes,
    trustProxy: proxyTrust(deps.trustProxy),
    https: deps.tlsOptions ?? null,
    requestTimeout: 30_000,
    keepAliveTimeout: 75_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
  })
  answerProblems(app)
  acceptJsonBodies(app)
  logRequests(app)
  warnOfProxy(app, deps.trustProxy)
  refuseNulInAddresses(app)
  await app.register(compress, { global: true, threshold: 1024 })
  await app.register(cookie)
  await registerSecurityHeaders(app, deps.publicUrl)
  await registerCors(app, deps.corsOrigins)
  await registerRouteLimits(app, deps.monotonicMs)
  if (deps.syncStats !== undefined) metricsRoute(app, deps.syncStats, deps.countSetAside)
  healthRoutes(app, { ...deps.readiness, countSetAside: deps.countSetAside })
  const refuseMethod = noteAllowedMethods(app)
  await registerApi(app, deps)
  redirectUnversioned(app)
  await serveApp(app, deps.webDist, refuseMethod)
  return app
}

async function registerApi(app: FastifyInstance, deps: HttpDeps): Promise<void> {
  const typed = useZodSchemas(app)
  await collectOpenApi(app)
  const callers = {
    db: deps.db,
    now: deps.now,
    authenticate: deps.auth.authenticate,
    adminEmails: deps.adminEmails,
    verifiesEmails: deps.auth.accounts.mail !== undefined,
  }
  const limiting = {
    budgets: deps.budgets,
    limits: deps.requestLimits,
    anonymousKey: anonymousKey(deps.auth.accounts.deviceMarks),
  }
  const turns = createRequestTurns({ work: deps.work, anonymousKey: limiting.anonymousKey })
  enforceAccess(app, {
    db: deps.db,
    whoCalls: (request) => whoCalls(callers, request),
    rules: accessRules,
    async onCaller(request, reply, caller) {
      await limitRequests(limiting, request, reply, caller)
      await turns.enter(request, reply, caller)
    },
  })
  documentRoutes(app, accessRules)
  announceDeprecations(app)
  authRoutes(typed, deps.auth)
  mailRoutes(typed, deps.auth)
  deviceRoutes(typed, deps.auth.accounts)
  ownDataRoutes(typed, { ...deps.auth, ...deps.ownData })
  registerSignInMethods(typed, deps)
  recordRoutes(typed, deps)
  setAsideRoute(typed, { db: deps.db })
  restoreRoute(typed, { ...deps.restoring, db: deps.db, store: deps.store, now: deps.now })
  workspaceRoutes(typed, { db: deps.db, now: deps.now })
  epochRoute(typed, { ...deps.ownData.exporting, db: deps.db })
  const parties = { ...deps.parties, db: deps.db, now: deps.now }
  partyRoutes(typed, parties)
  memberRoutes(typed, parties)
  invitationRoutes(typed, parties)
  apiKeyRoutes(typed, { db: deps.db, now: deps.now, mail: deps.auth.accounts.mail })
  auditRoutes(typed, parties)
  adminRoutes(typed, { ...parties, syncStats: deps.serverStats, sendsMail: deps.parties.mail !== undefined })
  await describeApi(app)
}

function registerSignInMethods(app: TypedApp, { auth, signInMethods, publicUrl }: HttpDeps): void {
  const { accounts, cookie, requestsPerMinute } = auth
  const methods = { ...accounts, ...signInMethods, cookie, publicUrl, requestsPerMinute }
  signInMethodRoutes(app, methods)
  secondFactorRoutes(app, methods)
  passkeyRoutes(app, methods)
  oidcRoutes(app, methods)
}

/** `TRUST_PROXY` as Fastify takes it: a number trusts that many proxies next to this server, nothing trusts none. */
export function proxyTrust(trust: boolean | number | string | undefined): ProxyTrust {
  return typeof trust === 'number' ? (_address, hop) => hop < trust : (trust ?? false)
}

function logRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions } = request
    const took = { method, route: routeOptions.url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }
    request.log.info(took, 'request')
  })
}

/** No database text holds U+0000, so no record is found by it. */
function refuseNulInAddresses(app: FastifyInstance): void {
  app.addHook('onRequest', async (request) => {
    if (request.url.includes('%00')) throw new HttpProblem('invalid-request', [{ path: '', message: 'holds U+0000' }])
  })
}

/** `/api/workspaces` is answered with 308 to `/api/v1/workspaces`; 308 keeps the method and the body. */
function redirectUnversioned(app: FastifyInstance): void {
  app.all('/api/*', (request, reply) => {
    const rest = request.raw.url?.slice('/api/'.length) ?? ''
    if (/^v\d+(\/|\?|$)/.test(rest)) return reply.callNotFound()
    return reply.redirect(`/api/v1/${rest}`, 308)
  })
}
