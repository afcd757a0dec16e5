import pg from 'pg'
import type { Logger } from 'pino'
import { errorCode, StartError } from '../process/start-error.ts'

/**
 * Opens the process's one pool. A connection that breaks never ends the process: an idle one is logged and replaced,
 * and whoever holds one learns of it from the next query.
 */
export function openPool(url: string, size: number, logger: Logger): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: 'questlog',
  })
  pool.on('error', (error) => logger.warn({ err: error }, 'a database connection broke'))
  // The pool stops listening to a connection while somebody holds it, and an error nobody listens to ends the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** Fails with a `StartError` when the database does not let this server in. */
export async function requireDatabase(pool: pg.Pool): Promise<void> {
  try {
    await pool.query('select 1')
  } catch (cause) {
    throw new StartError(`The database cannot be used (${errorCode(cause)}). See DATABASE_URL.`, { cause })
  }
}

/** Whether the database answers a trivial query in time. */
export async function databaseAnswers(pool: pg.Pool, timeoutMs: number): Promise<boolean> {
  const timeout = new Promise<false>((resolve) => setTimeout(resolve, timeoutMs, false).unref())
  const answer = pool.query('select 1').then(
    () => true,
    () => false,
  )
  return Promise.race([answer, timeout])
}
