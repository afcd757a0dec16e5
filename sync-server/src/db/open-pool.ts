import pg from 'pg'
import type { Logger } from 'pino'

/** Opens the process's one pool. A connection that breaks while idle is only logged: the next query gets another. */
export function openPool(url: string, size: number, logger: Logger): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: 'questlog',
  })
  pool.on('error', (error) => logger.warn({ err: error }, 'a database connection broke'))
  return pool
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
