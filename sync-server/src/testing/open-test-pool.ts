import pg from 'pg'

/**
 * A pool whose connections may be cut by force at any moment, by an outage or because their database is dropped: the
 * next query reports what matters. The pool itself listens to no connection that is in use or closing.
 */
export function openTestPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config)
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
