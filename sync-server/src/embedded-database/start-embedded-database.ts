import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from 'pino'
import { StartError } from '../process/start-error.ts'
import { type Cluster, openCluster } from './cluster.ts'
import { abandonPostmaster, connectionUrl, ensureRunning, stopPostmaster } from './postmaster.ts'

/** A PostgreSQL kept running beside this process. */
export interface EmbeddedDatabase {
  readonly url: string
  /** False from the moment the database died until it is back. */
  isUp(): boolean
  /** Ends the supervision and stops PostgreSQL; resolves when its processes are gone. May be called again. */
  stop(): Promise<void>
}

export interface EmbeddedDatabaseOptions {
  readonly dataDir: string
  readonly logger: Logger
  /** Extra PostgreSQL settings; durability settings are PostgreSQL's safe defaults unless named here. */
  readonly settings?: Readonly<Record<string, string>>
  /** How long an owner of the directory may take to be gone; five seconds unless named here. */
  readonly ownerLeavesMs?: number
}

/** The name of the database in the cluster. */
export const DATABASE = 'questlog'
export const START_TIMEOUT_MS = 120_000
export const STOP_TIMEOUT_MS = 10_000
const OWNER_LEAVES_MS = 5_000
/** The advisory lock that the owner of the cluster holds. */
export const OWNER_LOCK = 7_101_001

/**
 * Starts the embedded database, or re-attaches to the one a killed server left running, and restarts it
 * whenever it dies. One server owns a data directory: a second one fails with a `StartError`.
 */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const { logger, settings = {}, ownerLeavesMs = OWNER_LEAVES_MS } = options
  const cluster = await openCluster(options.dataDir)
  let owner: pg.Client | undefined
  let endLaunched: (() => void) | undefined
  const onLaunch = (end: () => void) => {
    endLaunched = end
  }
  const onRetry = (lastWords: string) =>
    logger.warn({ lastWords }, 'the embedded database does not start yet; it is tried again for two minutes')
  // An exit that did not go through `stop`, such as a second Ctrl+C, must not leave a database behind either.
  const onExit = () => {
    endLaunched?.()
    if (owner !== undefined) abandonPostmaster(cluster)
  }
  process.once('exit', onExit)

  const starting = { settings, timeoutMs: START_TIMEOUT_MS, onLaunch, onRetry }
  const port = await ensureRunning(cluster, { ...starting, port: undefined })
  await createDatabase(cluster, port)

  let stopping = false
  let recovery: Promise<void> = Promise.resolve()

  async function own(): Promise<void> {
    const client = await takeOwnership(cluster, port, ownerLeavesMs).catch((error: unknown) => {
      // It is another server's now, whoever launched it.
      endLaunched = undefined
      throw error
    })
    client.on('end', () => {
      owner = undefined
      if (stopping) return
      logger.error('the embedded database is gone; starting it again')
      recovery = recover()
    })
    owner = client
  }

  async function recover(): Promise<void> {
    while (!stopping) {
      try {
        // The same port: every pool in this process keeps its address.
        await ensureRunning(cluster, { ...starting, port, waitsForRoom: true })
        if (!stopping) await own()
        logger.info('the embedded database is back')
        return
      } catch (error) {
        logger.error({ err: error }, 'the embedded database could not be restarted')
        await delay(1_000)
      }
    }
  }

  async function end(): Promise<void> {
    stopping = true
    await owner?.end()
    await recovery
    await owner?.end()
    await stopPostmaster(cluster, STOP_TIMEOUT_MS)
    process.off('exit', onExit)
  }

  await own()
  // Whoever owns the directory after it must not be stopped.
  let ended: Promise<void> | undefined
  return {
    url: connectionUrl(cluster, port, DATABASE),
    isUp: () => owner !== undefined,
    stop() {
      ended ??= end()
      return ended
    },
  }
}

/** Makes the server's database in the cluster, where there is none yet. */
export async function createDatabase(cluster: Cluster, port: number): Promise<void> {
  const client = await connect(cluster, port)
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}

/** The lock's session doubles as the watch: it ends when the database does, whoever started it. */
async function takeOwnership(cluster: Cluster, port: number, leavesMs: number): Promise<pg.Client> {
  const client = await connect(cluster, port)
  const deadline = performance.now() + leavesMs
  do {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [OWNER_LOCK])
    if (rows[0]?.taken === true) return client
    // A server killed a moment ago: its session ends as soon as PostgreSQL notices.
    await delay(100)
  } while (performance.now() < deadline)
  await client.end()
  throw new StartError(`Another Questlog server is running on ${join(cluster.dir, '..')}.`)
}

async function connect(cluster: Cluster, port: number): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: connectionUrl(cluster, port, 'postgres'), keepAlive: true })
  client.on('error', () => undefined)
  await client.connect()
  return client
}
