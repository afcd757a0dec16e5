import type pg from 'pg'
import type { Logger } from 'pino'
import type { Config } from '../config/config.ts'
import { migrate } from '../db/migrate.ts'
import { migrations } from '../db/migrations.ts'
import { openPool, requireDatabase } from '../db/open-pool.ts'
import { type Database, openQueries } from '../db/tables.ts'
import { type EmbeddedDatabase, startEmbeddedDatabase } from '../embedded-database/start-embedded-database.ts'
import type { FaultPoint } from '../process/fault-point.ts'

/** The database a server works on, at the newest schema. */
export interface OpenDatabase {
  /** Undefined for one that runs elsewhere. */
  readonly embedded: EmbeddedDatabase | undefined
  readonly connectionString: string
  readonly pool: pg.Pool
  readonly db: Database
}

/** Beside the pool: those that listen, those of `psql` and of a second process. */
const SPARE_CONNECTIONS = 30

/** Starts the embedded database or connects to the configured one, and brings its schema up to date. */
export async function openDatabase(
  config: Config,
  { logger, faultPoint }: { readonly logger: Logger; readonly faultPoint: FaultPoint },
  stack: AsyncDisposableStack,
): Promise<OpenDatabase> {
  const embedded = config.databaseUrl === undefined ? await startEmbedded(config, logger) : undefined
  if (embedded !== undefined) stack.defer(() => embedded.stop())
  const connectionString = config.databaseUrl ?? embedded?.url ?? ''
  const pool = openPool(connectionString, config.databasePoolSize, logger)
  stack.defer(() => pool.end())
  await requireDatabase(pool)
  await migrate(pool, migrations, faultPoint)
  return { embedded, connectionString, pool, db: openQueries(pool) }
}

function startEmbedded(config: Config, logger: Logger): Promise<EmbeddedDatabase> {
  const settings = { max_connections: String(config.databasePoolSize + SPARE_CONNECTIONS) }
  return startEmbeddedDatabase({ dataDir: config.dataDir, logger, settings })
}
