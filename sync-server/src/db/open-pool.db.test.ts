import pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { databaseAnswers } from './open-pool.ts'
import { isDatabaseUnavailable } from './unavailable.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase('empty')
})
afterEach(() => database.drop())

/** Runs a check against a pool whose only connection is in use. */
async function whileBusy<Value>(options: pg.PoolConfig, check: (pool: pg.Pool) => Promise<Value>): Promise<Value> {
  const pool = new pg.Pool({ connectionString: database.url, max: 1, ...options })
  const only = await pool.connect()
  try {
    return await check(pool)
  } finally {
    only.release()
    await pool.end()
  }
}

test('a database that does not answer in time counts as away', async () => {
  expect(await databaseAnswers(database.pool, 5_000)).toBe(true)
  expect(await whileBusy({}, (pool) => databaseAnswers(pool, 20))).toBe(false)
})

test('a query that gets no connection in time may succeed later', async () => {
  const query = (pool: pg.Pool) => pool.query('select 1').catch((error: unknown) => error)
  expect(isDatabaseUnavailable(await whileBusy({ connectionTimeoutMillis: 20 }, query))).toBe(true)
})

test('a query whose connection is lost may succeed later', async () => {
  const client = new pg.Client({ connectionString: database.url })
  client.on('error', () => undefined)
  await client.connect()
  const failed = client.query('select pg_sleep(60)').catch((error: unknown) => error)
  client.connection.stream.destroy()
  expect(isDatabaseUnavailable(await failed)).toBe(true)
})
