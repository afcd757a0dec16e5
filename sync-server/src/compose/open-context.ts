import type pg from 'pg'
import { keepSecurityEventsSwept } from '../audit/keep-swept.ts'
import { createInProcessBus } from '../bus/in-process-bus.ts'
import { createPostgresBus } from '../bus/postgres-bus.ts'
import type { Config } from '../config/config.ts'
import type { Database } from '../db/tables.ts'
import type { EmbeddedDatabase } from '../embedded-database/start-embedded-database.ts'
import { keepAnswersSwept } from '../http/idempotency/keep-swept.ts'
import type { Budgets } from '../http/rate-limits/budgets.ts'
import { startJobs } from '../jobs/start-jobs.ts'
import { createFaultPoint } from '../process/fault-point.ts'
import { type OpenAccounts, openAccounts } from './open-accounts.ts'
import { openBudgets } from './open-budgets.ts'
import { openDatabase } from './open-database.ts'
import { type OpenDocuments, openDocuments } from './open-documents.ts'
import { type MailService, openMail } from './open-mail.ts'
import type { StoppablePlatform } from './platform.ts'

/** Everything long-lived in a server process. */
export interface Context extends OpenAccounts, OpenDocuments {
  readonly embedded: EmbeddedDatabase | undefined
  readonly pool: pg.Pool
  readonly db: Database
  readonly budgets: Budgets
  readonly monotonicMs: () => number
  /** Undefined where no mail server is configured. */
  readonly mail: MailService | undefined
  /** Closes in reverse order of opening; the sync core must be drained before. */
  close(): Promise<void>
}

/** Opens the database, brings it to the newest schema and puts the parts together; closes what it opened on failure. */
export async function openContext(config: Config, platform: StoppablePlatform): Promise<Context> {
  const { logger, now, monotonicMs = () => performance.now() } = platform
  await using opening = new AsyncDisposableStack()
  const faultPoint = createFaultPoint(config.crash)
  const database = await openDatabase(config, { logger, faultPoint }, opening)
  const deps = { ...platform, ...database, monotonicMs, faultPoint }
  const accounts = await openAccounts(config, deps, opening)
  opening.defer(keepAnswersSwept(deps))
  opening.defer(keepSecurityEventsSwept({ ...deps, keepMs: config.keepSecurityEventsMs }))
  const jobs = await startJobs(deps)
  opening.defer(() => jobs.stop())
  const mail = await openMail(config.mail, { jobs, db: database.db, now }, opening)
  const budgets = await openBudgets(config, deps, opening)
  const bus = config.bus === 'postgres' ? await createPostgresBus(deps) : createInProcessBus()
  opening.defer(() => bus.close())
  const documents = await openDocuments(config, { ...deps, ...accounts, bus }, opening)
  const { embedded, pool, db } = database
  const opened = opening.move()
  return {
    ...accounts,
    ...documents,
    embedded,
    pool,
    db,
    budgets,
    monotonicMs,
    mail,
    close: () => opened.disposeAsync(),
  }
}
