import { sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { problemSchema } from '@questlog/shared/protocol/problem'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLogger } from '../process/logging.ts'
import { openTestPool } from '../testing/open-test-pool.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { eventually } from '../testing/server-process.ts'
import { databaseAnswers, openPool } from './open-pool.ts'
import { isDatabaseUnavailable } from './unavailable.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const query = async (text: string, values: readonly unknown[] = []): Promise<unknown[]> =>
  (await server.database.pool.query<Record<string, unknown>>(text, [...values])).rows.flatMap((row) =>
    Object.values(row),
  )

test('a connection that breaks while it is taken and asked nothing fails its next query, and nothing else', async () => {
  const pool = openPool(server.database.url, 1, createLogger('silent'))
  const taken = await pool.connect()
  const ended = new Promise<void>((resolve) => taken.once('end', resolve))
  const [pid] = (await taken.query<{ pid: number }>('select pg_backend_pid() as pid')).rows
  await query('select pg_terminate_backend($1)', [pid?.pid])
  await ended
  const failure: unknown = await taken.query('select 1').catch((error: unknown) => error)
  expect(isDatabaseUnavailable(failure)).toBe(true)
  taken.release()
  expect(await databaseAnswers(pool, 30_000)).toBe(true)
  await pool.end()
})

const ana = { email: 'ana@example.org', password: 'correct horse', displayName: 'Ana' }

test.each([
  ['register', 'users', 201],
  ['login', 'token_families', 200],
])(
  'a %s whose connection breaks under it is answered as unavailable, and the next one is served',
  async (route, table, served) => {
    const holder = await server.database.pool.connect()
    await holder.query('begin')
    await holder.query(`lock table ${table} in access exclusive mode`)
    const answer = server.post(`/api/v1/auth/${route}`, ana)
    await terminateWaiting(server.database.pool)
    const response = await answer
    expect(problemSchema.parse(await response.json())).toMatchObject({ status: 503, code: 'unavailable' })
    expect(response.status).toBe(503)
    await holder.query('rollback')
    holder.release()
    // The connection may be handed out once more before its end is noticed.
    await eventually('the next one is served', async () => {
      return (await server.post(`/api/v1/auth/${route}`, ana)).status === served
    })
  },
)

async function terminateWaiting(pool: pg.Pool): Promise<void> {
  await eventually('the request waits for the lock', async () => {
    const { rowCount } = await pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
    return rowCount === 1
  })
}

/** Runs a check against a pool whose only connection is in use. */
async function whileBusy<Value>(waitMs: number, check: (pool: pg.Pool) => Promise<Value>): Promise<Value> {
  const pool = openTestPool({ connectionString: server.database.url, max: 1 })
  const only = await pool.connect()
  // Only now: connecting itself may take longer.
  pool.options.connectionTimeoutMillis = waitMs
  try {
    return await check(pool)
  } finally {
    only.release()
    await pool.end()
  }
}

test('a database that does not answer in time counts as away', async () => {
  const noEnd = 0
  expect(await whileBusy(noEnd, (pool) => databaseAnswers(pool, 20))).toBe(false)
})

test('a query that gets no connection in time may succeed later', async () => {
  const ask = (pool: pg.Pool) => pool.query('select 1').catch((error: unknown) => error)
  expect(isDatabaseUnavailable(await whileBusy(20, ask))).toBe(true)
})

test('a server takes as many connections for requests as it was told, and no more', async () => {
  const small = await startTestServer({ DATABASE_POOL_SIZE: '4', BUS: 'in-process' })
  const registered = await small.post('/api/v1/auth/register', ana)
  const { accessToken } = sessionResponseSchema.parse(await registered.json())
  const { pool } = small.database
  const holder = await pool.connect()
  await holder.query('begin')
  await holder.query('lock table memberships in access exclusive mode')
  const answers = Array.from({ length: 40 }, () => small.get('/api/v1/workspaces', accessToken))
  await eventually('every connection waits for the lock', async () => (await connectionsOf(pool, 'Lock')) === 4)
  expect(await connectionsOf(pool)).toBe(4)
  await holder.query('rollback')
  holder.release()
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(answers.map(() => 200))
  expect(await connectionsOf(pool)).toBe(4)
  await small.stop()
})

/** How many connections the server has to its database, or how many of them wait for something of a type. */
async function connectionsOf(pool: pg.Pool, waitsFor: string | null = null): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity
     where datname = current_database() and application_name = 'questlog'
       and ($1::text is null or wait_event_type = $1)`,
    [waitsFor],
  )
  return rows[0]?.count ?? 0
}
