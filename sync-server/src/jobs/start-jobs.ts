import type { Transaction } from 'kysely'
import type pg from 'pg'
import { fromKysely, PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { z } from 'zod'
import { inTurn } from '../db/in-turn.ts'
import { keepListening } from '../db/keep-listening.ts'
import type { Tables } from '../db/tables.ts'

/** A kind of background work, with what one piece of it carries. */
export interface JobKind<Payload extends object> {
  readonly name: string
  readonly payload: z.ZodType<Payload>
}

/** Work that is kept in the database until it is done, on whichever server process takes it first. */
export interface Jobs {
  /** Adds a job as part of a transaction: it is done if, and only if, the transaction commits. */
  add<Payload extends object>(
    transaction: Transaction<Tables>,
    kind: JobKind<Payload>,
    payload: NoInfer<Payload>,
    /** Of the jobs of this kind with the same `onceAnHour`, one an hour is added and the others passed over. */
    options?: { readonly onceAnHour?: string },
  ): Promise<void>
  /**
   * Does jobs of a kind one after the other, as soon as they are committed. A handler that throws is tried again with
   * growing pauses, for about a day.
   */
  handle<Payload extends object>(kind: JobKind<Payload>, handler: (payload: Payload) => Promise<void>): Promise<void>
  /** Lets the jobs under way finish. */
  stop(): Promise<void>
}

const RETRIES = { retryLimit: 20, retryBackoff: true, retryDelay: 5, retryDelayMax: 7_200 }
/** What is done is of no use to anybody but `onceAnHour`, and may name people. */
const KEEP_DONE_SECONDS = 3_600
const START_LOCK = 7_101_005
const POLL_SECONDS = 1
const STOP_TIMEOUT_MS = 10_000

export interface JobsDeps {
  readonly pool: pg.Pool
  /** For the connection that hears of new jobs; it must not go through a transaction pooler. */
  readonly connectionString: string
  readonly logger: Logger
  /** How often the queue is searched for jobs that nobody announced: those tried again, and new ones while the connection is away. */
  readonly pollSeconds?: number
}

/** Starts the job queue on the server's own database, in a schema of its own that pg-boss keeps up to date. */
export async function startJobs(deps: JobsDeps): Promise<Jobs> {
  const { pool, connectionString, logger, pollSeconds = POLL_SECONDS } = deps
  const boss = new PgBoss({
    db: {
      executeSql: (text, values) => pool.query(text, values === undefined ? undefined : [...values]),
      listen: (channel, onNotification, onBack) => {
        const onLost = (error: Error | null) => logger.warn({ err: error }, 'the job queue lost its connection')
        return keepListening({ connectionString, channel, onNotification, onLost, onBack })
      },
    },
    useListenNotify: true,
    schema: 'jobs',
    schedule: false,
    maintenanceIntervalSeconds: KEEP_DONE_SECONDS,
  })
  boss.on('error', (error) => logger.warn({ err: error }, 'the job queue has a problem'))
  // Two servers that start on a new database would both make the tables, and one would fail.
  await inTurn(pool, START_LOCK, () => boss.start())
  const known = new Set<string>()

  async function ensureQueue(name: string): Promise<void> {
    if (known.has(name)) return
    // Transactions that notify commit one by one. Those that add jobs are few, unlike those of edits: see the bus.
    await boss.createQueue(name, { ...RETRIES, notify: true, deleteAfterSeconds: KEEP_DONE_SECONDS })
    known.add(name)
  }

  return {
    async add(transaction, kind, payload, { onceAnHour } = {}) {
      await ensureQueue(kind.name)
      const db = fromKysely(transaction)
      if (onceAnHour === undefined) await boss.send(kind.name, payload, { db })
      else await boss.sendThrottled(kind.name, payload, { db }, KEEP_DONE_SECONDS, onceAnHour)
    },
    async handle(kind, handler) {
      await ensureQueue(kind.name)
      const options = { pollingIntervalSeconds: pollSeconds, notifyPollingIntervalSeconds: pollSeconds }
      let worker = ''
      worker = await boss.work(kind.name, options, async (jobs) => {
        // Another may wait, and is fetched as soon as this one is done.
        boss.notifyWorker(worker)
        for (const job of jobs) {
          try {
            await handler(kind.payload.parse(job.data))
          } catch (error) {
            logger.warn({ err: error, job: job.id, kind: kind.name }, 'a job failed and is tried again')
            throw error
          }
        }
      })
    },
    stop: () => boss.stop({ graceful: true, timeout: STOP_TIMEOUT_MS }),
  }
}
