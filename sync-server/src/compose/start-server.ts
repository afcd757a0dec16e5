import { Server as TlsServer } from 'node:https'
import { join } from 'node:path'
import { createBrowserBinding } from '../auth/oidc/browser-binding.ts'
import { createProviders } from '../auth/oidc/providers.ts'
import { createRefreshCookie } from '../auth/refresh-cookie.ts'
import type { Config } from '../config/config.ts'
import { databaseAnswers } from '../db/open-pool.ts'
import { flattenStats } from '../http/metrics.ts'
import { upgradeSockets } from '../http/socket-upgrade.ts'
import { keepTlsRenewed, readTls } from '../http/tls.ts'
import { errorCode, StartError } from '../process/start-error.ts'
import { countSetAside } from '../set-aside/count-set-aside.ts'
import { createHttp } from './create-http.ts'
import { openContext, type Platform, syncLimits } from './open-context.ts'

/** A server that takes requests. */
export interface RunningServer {
  readonly port: number
  /** Drains and closes everything in order; what was acknowledged is committed when it resolves. */
  stop(): Promise<void>
}

const WEB_DIST = join(import.meta.dirname, '../../../web/dist')
const DATABASE_TIMEOUT_MS = 2_000

/** Starts the whole server: database, sync, REST and the app on one port. Fails with a `StartError` where a person can help. */
export async function startServer(config: Config, platform: Platform): Promise<RunningServer> {
  const tlsOptions = config.tls === undefined ? undefined : await readTls(config.tls)
  const context = await openContext(config, platform)
  const { db, sync, accessTokens, authenticate } = context
  const { now, logger } = platform
  let draining = false
  const http = await createHttp({
    ...config,
    logger,
    db,
    now,
    monotonicMs: context.monotonicMs,
    budgets: context.budgets,
    work: sync.work,
    store: context.store,
    auth: {
      accounts: {
        db,
        now,
        passwords: context.passwords,
        accessTokens,
        refresh: { lifeMs: config.refreshTokenMs, graceMs: config.refreshGraceMs },
        registration: config.registration,
        mail: context.mail?.accounts,
        throttle: context.throttle,
        deviceMarks: context.deviceMarks,
        onFamilyEnded: (familyId) => sync.endFamily(familyId),
      },
      accessTokens,
      authenticate,
      cookie: createRefreshCookie({ ...config, lifeMs: config.refreshTokenMs }),
      requestsPerMinute: config.authRequestsPerMinute,
      loginsPerMinute: config.loginAttemptsPerMinute,
    },
    signInMethods: {
      providers: createProviders(config.oidcProviders, { monotonicMs: context.monotonicMs, logger }),
      binding: createBrowserBinding(config.publicUrl),
      secretKey: config.secretKey,
    },
    restoring: {
      history: context.history,
      thread: context.thread,
      memory: context.memory,
      keepLogMs: syncLimits(config).keepLogMs,
      examine: (document, failure) => sync.examine(document, failure),
    },
    ownData: {
      exporting: {
        store: context.store,
        history: context.history,
        examine: (document, failure) => sync.examine(document, failure),
      },
      onDocumentDeleted: (document) => sync.forget(document),
    },
    parties: {
      sync,
      mail:
        context.mail !== undefined && config.mail !== undefined
          ? { office: context.mail.office, home: config.mail.home }
          : undefined,
    },
    readiness: {
      isDraining: () => draining,
      isSyncHealthy: () => sync.isHealthy(),
      databaseAnswers: async () =>
        context.embedded?.isUp() !== false && (await databaseAnswers(context.pool, DATABASE_TIMEOUT_MS)),
    },
    countSetAside: () => countSetAside(db, DATABASE_TIMEOUT_MS),
    serverStats: () => flattenStats(sync.stats()),
    syncStats: config.metrics ? () => flattenStats(sync.stats()) : undefined,
    webDist: WEB_DIST,
    tlsOptions,
  })
  const stopRenewing =
    config.tls !== undefined && http.server instanceof TlsServer
      ? keepTlsRenewed(http.server, config.tls, { logger })
      : undefined
  const sockets = upgradeSockets({
    server: http.server,
    maxFrameBytes: syncLimits(config).maxFrameBytes,
    allowedOrigins: config.allowedOrigins,
    isDraining: () => draining,
    onSocket: (socket, request) => sync.handleConnection(socket, request),
    logger,
  })

  async function stop(): Promise<void> {
    draining = true
    stopRenewing?.()
    await sync.drain()
    sockets.terminateAll()
    await http.close()
    await context.close()
  }

  try {
    await http.listen({ port: config.port, host: config.host })
  } catch (cause) {
    await stop()
    throw new StartError(listenFailure(config, cause), { cause })
  }
  const address = http.server.address()
  return { port: typeof address === 'object' && address !== null ? address.port : config.port, stop }
}

function listenFailure({ port, host }: Config, error: unknown): string {
  const code = errorCode(error)
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is in use: another server runs there. Choose another PORT.`
    case 'EACCES':
      return `Port ${port} needs rights this user does not have. Choose a PORT above 1023.`
    default:
      return `${host} is no address this machine can listen on (${code}). See HOST.`
  }
}
