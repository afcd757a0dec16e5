import type pg from 'pg'

/** Runs a piece of work while no other process runs one under the same advisory lock of the database. */
export async function inTurn<Result>(pool: pg.Pool, lock: number, work: () => Promise<Result>): Promise<Result> {
  const session = await pool.connect()
  try {
    await session.query('select pg_advisory_lock($1)', [lock])
    return await work()
  } finally {
    // The lock lives as long as its session.
    session.release(true)
  }
}
