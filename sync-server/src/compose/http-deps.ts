import { join } from 'node:path'
import { createBrowserBinding } from '../auth/oidc/browser-binding.ts'
import { createProviders } from '../auth/oidc/providers.ts'
import { createRefreshCookie } from '../auth/refresh-cookie.ts'
import type { Config } from '../config/config.ts'
import { databaseAnswers } from '../db/open-pool.ts'
import { flattenStats } from '../http/metrics.ts'
import { countSetAside } from '../set-aside/count-set-aside.ts'
import type { HttpDeps } from './create-http.ts'
import type { Context } from './open-context.ts'
import type { StoppablePlatform } from './platform.ts'
import { syncLimits } from './sync-limits.ts'

const WEB_DIST = join(import.meta.dirname, '../../../web/dist')
const DATABASE_TIMEOUT_MS = 2_000

/** What the HTTP side is made from: the parts of a context, each under the name of who asks for it. */
export function httpDeps(
  config: Config,
  { logger, now, stopping }: StoppablePlatform,
  context: Context,
  isDraining: () => boolean,
): Omit<HttpDeps, 'tlsOptions'> {
  const { db, pool, embedded, sync, store, history, mail, monotonicMs, accessTokens, authenticate } = context
  const { examine } = sync
  const serverStats = () => flattenStats(sync.stats())
  return {
    ...config,
    logger,
    db,
    now,
    monotonicMs,
    store,
    budgets: context.budgets,
    work: sync.work,
    auth: {
      accounts: {
        db,
        now,
        passwords: context.passwords,
        accessTokens,
        refresh: { lifeMs: config.refreshTokenMs, graceMs: config.refreshGraceMs },
        registration: config.registration,
        mail: mail?.accounts,
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
      providers: createProviders(config.oidcProviders, { monotonicMs, logger }),
      binding: createBrowserBinding(config.publicUrl),
      secretKey: config.secretKey,
    },
    restoring: {
      history,
      thread: context.thread,
      memory: context.memory,
      keepLogMs: syncLimits(config).keepLogMs,
      examine,
      stopping,
    },
    ownData: {
      exporting: { store, history, examine, stopping },
      onDocumentDeleted: (document) => sync.forget(document),
    },
    parties: { sync, mail },
    readiness: {
      isDraining,
      isSyncHealthy: () => sync.isHealthy(),
      databaseAnswers: async () => embedded?.isUp() !== false && (await databaseAnswers(pool, DATABASE_TIMEOUT_MS)),
    },
    countSetAside: () => countSetAside(db, DATABASE_TIMEOUT_MS),
    serverStats,
    syncStats: config.metrics ? serverStats : undefined,
    webDist: WEB_DIST,
  }
}
