import { parseDocumentName } from '@questlog/shared/protocol/documents'
import type pg from 'pg'
import type { Logger } from 'pino'
import { keepSecurityEventsSwept } from '../audit/keep-swept.ts'
import { type AccessTokens, createAccessTokens } from '../auth/access-tokens.ts'
import { type AccountMail, openAccountMail } from '../auth/account-mail.ts'
import { type Authenticate, createAuthenticate } from '../auth/authenticate.ts'
import { type DeviceMarks, openDeviceMarks } from '../auth/known-devices/device-marks.ts'
import { maintainSessions } from '../auth/maintain-sessions.ts'
import { argon2Hashing, createPasswords, type PasswordHashing, type Passwords } from '../auth/passwords.ts'
import { encryptStoredSecrets } from '../auth/second-factor/totp-secrets.ts'
import { createSignInThrottle, type SignInThrottle } from '../auth/sign-in-throttle.ts'
import { rotateSigningKeys } from '../auth/signing-keys.ts'
import { nameRelyingParty } from '../auth/ways-in/relying-party.ts'
import type { Bus } from '../bus/bus.ts'
import { createInProcessBus } from '../bus/in-process-bus.ts'
import { createPostgresBus } from '../bus/postgres-bus.ts'
import type { Config } from '../config/config.ts'
import { migrate } from '../db/migrate.ts'
import { migrations } from '../db/migrations.ts'
import { openPool, requireDatabase } from '../db/open-pool.ts'
import { type Database, openQueries } from '../db/tables.ts'
import { type EmbeddedDatabase, startEmbeddedDatabase } from '../embedded-database/start-embedded-database.ts'
import { keepAnswersSwept } from '../http/idempotency/keep-swept.ts'
import type { Budgets } from '../http/rate-limits/budgets.ts'
import { createMemoryBudgets } from '../http/rate-limits/memory-budgets.ts'
import { createRedisBudgets } from '../http/rate-limits/redis-budgets.ts'
import { createSocketAddress } from '../http/socket-address.ts'
import { startJobs } from '../jobs/start-jobs.ts'
import { keepDocumentsSealed, openDocumentCipher } from '../log/document-keys.ts'
import { backgroundThreadLimits, createDocumentThread, type DocumentThread } from '../log/thread/document-thread.ts'
import { createUpdateHistory, type UpdateHistory } from '../log/update-history.ts'
import { openPostOffice, type PostOffice } from '../mail/post-office.ts'
import { createSmtpTransport } from '../mail/smtp-transport.ts'
import { createMemoryBudget, type MemoryBudget } from '../memory/memory-budget.ts'
import { createFaultPoint } from '../process/fault-point.ts'
import type { WorkspaceStore } from '../read-model/workspace-store.ts'
import { createWorkspaceStore } from '../read-model/writing/create-workspace-store.ts'
import { defaultSyncLimits } from '../sync/limits/sync-limits.ts'
import type { Sync } from '../sync/sync.ts'
import { authorize, currentRoles } from '../workspaces/authorize.ts'
import { payerOf } from '../workspaces/payer-of.ts'
import { proxyTrust } from './create-http.ts'
import { createSync } from './create-sync.ts'

/** What is not taken from the configuration; tests put their own clock and hashing here. */
export interface Platform {
  readonly logger: Logger
  /** The date: stamps, ends of tokens, times of rows. It may jump either way. */
  readonly now: () => number
  /** Milliseconds that only go on, for limits, windows and idleness; those of the process where left out. */
  readonly monotonicMs?: () => number
  readonly hashing?: PasswordHashing
}

/** How the server writes to people. */
export interface MailService {
  readonly office: PostOffice
  readonly accounts: AccountMail
}

/** Everything long-lived in a server process. */
export interface Context {
  readonly embedded: EmbeddedDatabase | undefined
  readonly pool: pg.Pool
  readonly db: Database
  readonly passwords: Passwords
  readonly throttle: SignInThrottle
  readonly deviceMarks: DeviceMarks
  readonly accessTokens: AccessTokens
  readonly authenticate: Authenticate
  readonly bus: Bus
  readonly sync: Sync
  readonly budgets: Budgets
  readonly monotonicMs: () => number
  readonly store: WorkspaceStore
  readonly history: UpdateHistory
  /** The budget that documents in memory are counted in. */
  readonly memory: MemoryBudget
  /** For reading documents as they were. */
  readonly thread: DocumentThread
  /** Undefined where no mail server is configured. */
  readonly mail: MailService | undefined
  /** Closes in reverse order of opening; the sync core must be drained before. */
  close(): Promise<void>
}

/** Opens the database, brings it to the newest schema and puts the parts together; closes what it opened on failure. */
export async function openContext(config: Config, platform: Platform): Promise<Context> {
  const { logger, now, monotonicMs = () => performance.now() } = platform
  const closers: (() => Promise<void> | void)[] = []
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer()
  }
  try {
    const embedded = config.databaseUrl === undefined ? await startEmbedded(config, logger) : undefined
    if (embedded !== undefined) closers.push(() => embedded.stop())
    const url = config.databaseUrl ?? embedded?.url ?? ''
    const pool = openPool(url, config.databasePoolSize, logger)
    closers.push(() => pool.end())
    await requireDatabase(pool)
    const faultPoint = createFaultPoint(config.crash)
    await migrate(pool, migrations, faultPoint)

    const db = openQueries(pool)
    const keys = {
      db,
      now,
      secretKey: config.secretKey,
      keyLifeMs: config.signingKeyMs,
      tokenLifeMs: config.accessTokenMs,
    }
    await encryptStoredSecrets(db, config.secretKey)
    await nameRelyingParty(db, config.publicUrl)
    const accessTokens = createAccessTokens({
      now,
      issuer: config.publicUrl ?? 'questlog',
      lifeMs: config.accessTokenMs,
      keys: await rotateSigningKeys(keys),
    })
    const throttle = createSignInThrottle({ db, now, freeFailures: config.loginFailuresBeforeDelay })
    const deviceMarks = await openDeviceMarks({ db, now, secretKey: config.secretKey })
    closers.push(maintainSessions({ ...keys, accessTokens, throttle, logger }))
    closers.push(keepAnswersSwept({ db, now, logger }))
    closers.push(keepSecurityEventsSwept({ db, now, logger, keepMs: config.keepSecurityEventsMs }))
    const mail =
      config.mail === undefined
        ? undefined
        : await openMail(config.mail, { ...platform, pool, connectionString: url, db }, closers)
    const budgets = openBudgets(config, { logger, monotonicMs }, closers)
    const authenticate = createAuthenticate({ db, accessTokens })
    const bus =
      config.bus === 'postgres'
        ? await createPostgresBus({ connectionString: url, pool, logger })
        : createInProcessBus()
    closers.push(() => bus.close())
    const cipher = await openDocumentCipher(pool, config.documentKeys)
    const limits = syncLimits(config)
    const memory = createMemoryBudget({ totalBytes: limits.openDocumentBytes })
    const store = createWorkspaceStore({
      db,
      cipher,
      now,
      memory,
      replicaBytes: limits.replicaBytes,
      room: {
        admits: (document, growth) => sync.room.admits(document, growth),
        takeDisk: (userId, document, bytes) => sync.room.takeDisk(userId, document, bytes),
      },
      announce: (document, seq) => sync.announce(document, seq),
      examine: (document, failure) => sync.examine(document, failure),
    })
    closers.push(() => store.close())
    const thread = createDocumentThread(backgroundThreadLimits)
    closers.push(() => thread.close())
    const sync = createSync({
      pool,
      cipher,
      logger,
      now,
      monotonicMs,
      bus,
      limits,
      memory,
      payerOf: (documentName) => payerOf(db, documentName),
      addressOf: createSocketAddress(proxyTrust(config.trustProxy)),
      authenticate,
      authorize: (userId, documentName) => authorize(db, userId, documentName),
      currentRoles: (opened) => currentRoles(db, opened),
      beforeTrim: async (documentName) => {
        const document = parseDocumentName(documentName)
        if (document?.kind === 'workspace') await store.catchUp([document.id])
      },
      faultPoint,
    })
    closers.push(
      keepDocumentsSealed({ pool, cipher, logger, examine: (document, failure) => sync.examine(document, failure) }),
    )
    const passwords = await createPasswords(platform.hashing ?? argon2Hashing())
    return {
      embedded,
      pool,
      db,
      passwords,
      throttle,
      deviceMarks,
      accessTokens,
      authenticate,
      bus,
      sync,
      store,
      history: createUpdateHistory(db, cipher),
      thread,
      memory,
      budgets,
      monotonicMs,
      mail,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

function openBudgets(
  config: Config,
  { monotonicMs, logger }: Pick<Context, 'monotonicMs'> & Pick<Platform, 'logger'>,
  closers: (() => void)[],
): Budgets {
  const inMemory = createMemoryBudgets(monotonicMs)
  if (config.redisUrl === undefined) return inMemory
  const shared = createRedisBudgets({ url: config.redisUrl, fallback: inMemory, logger })
  closers.push(shared.close)
  return shared
}

async function openMail(
  config: NonNullable<Config['mail']>,
  deps: Platform & { readonly pool: pg.Pool; readonly connectionString: string; readonly db: Database },
  closers: (() => Promise<void> | void)[],
): Promise<MailService> {
  const transport = createSmtpTransport(config)
  closers.push(() => transport.close())
  const jobs = await startJobs(deps)
  closers.push(() => jobs.stop())
  const accounts = await openAccountMail(jobs, { ...deps, transport, home: config.home })
  return { office: await openPostOffice(jobs, transport), accounts }
}

const SPARE_CONNECTIONS = 30

function startEmbedded(config: Config, logger: Logger): Promise<EmbeddedDatabase> {
  const settings = { max_connections: String(config.databasePoolSize + SPARE_CONNECTIONS) }
  return startEmbeddedDatabase({ dataDir: config.dataDir, logger, settings })
}

/** The sync core's limits, with what the configuration overrides. */
export function syncLimits(config: Config): typeof defaultSyncLimits {
  return {
    ...defaultSyncLimits,
    keepLogMs: config.keepLogMs,
    ...(config.maxFrameBytes !== undefined && { maxFrameBytes: config.maxFrameBytes }),
    ...(config.maxDocumentBytes !== undefined && { maxDocumentBytes: config.maxDocumentBytes }),
    ...(config.compactAfterUpdates !== undefined && { compactAfterUpdates: config.compactAfterUpdates }),
    ...(config.openDocumentBytes !== undefined && {
      openDocumentBytes: config.openDocumentBytes,
      replicaBytes: config.openDocumentBytes / 4,
      documentHeapBytes: config.openDocumentBytes / 4,
    }),
    ...(config.rebaseClientIds !== undefined && {
      rebaseClientIds: config.rebaseClientIds,
      rebaseAnywayClientIds: 2 * config.rebaseClientIds,
    }),
  }
}
