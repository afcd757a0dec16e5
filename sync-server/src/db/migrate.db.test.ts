import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startServer } from '../compose/start-server.ts'
import { createLogger } from '../process/logging.ts'
import { StartError } from '../process/start-error.ts'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { openTestPool } from '../testing/open-test-pool.ts'
import { testConfig } from '../testing/server-settings.ts'
import { migrate } from './migrate.ts'
import type { Migration } from './migrations/migration.ts'

let database: TestDatabase
beforeEach(async () => {
  database = await createTestDatabase('empty')
})
afterEach(() => database.drop())

const table = (name: string): Migration => ({
  name,
  up: async (transaction) => {
    await sql`create table ${sql.id(name)} ()`.execute(transaction)
  },
})
const list = [table('0001-a'), table('0002-b'), table('0003-c')]

async function tables(): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' order by 1",
  )
  return rows.map((row) => row.name)
}

test('servers that start together run each migration once', async () => {
  const applied = await Promise.all([1, 2, 3].map(() => migrate(database.pool, list)))
  expect(applied.flat()).toEqual(['0001-a', '0002-b', '0003-c'])
})

test('only what is missing runs, in the order of the list', async () => {
  await migrate(database.pool, list.slice(0, 1))
  expect(await migrate(database.pool, list)).toEqual(['0002-b', '0003-c'])
})

test('a migration that fails leaves whole steps, and the next start goes on there', async () => {
  const broken: Migration = {
    name: '0002-b',
    up: async (transaction) => {
      await sql`create table half ()`.execute(transaction)
      throw new Error('interrupted')
    },
  }
  await expect(migrate(database.pool, [table('0001-a'), broken])).rejects.toThrow('interrupted')
  expect(await tables()).toEqual(['0001-a', 'schema_migrations'])
  expect(await migrate(database.pool, list)).toEqual(['0002-b', '0003-c'])
})

test('a server that has migrated keeps no other from it', async () => {
  await migrate(database.pool, list)
  const other = openTestPool({ connectionString: database.url, lock_timeout: 2_000 })
  expect(await migrate(other, list)).toEqual([])
  await other.end()
})

/** What an operator is told. */
async function refusal(starting: Promise<unknown>): Promise<string> {
  const error = await starting.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof StartError) return error.message
  throw new Error('it was not refused as something an operator can act on', { cause: error })
}

test('a database newer than the program is refused and left alone', async () => {
  await migrate(database.pool, list)
  expect(await refusal(migrate(database.pool, list.slice(0, 2)))).toBe(
    'The database is newer than this program: it has the migration "0003-c". Start a newer Questlog.',
  )
  expect(await tables()).toEqual(['0001-a', '0002-b', '0003-c', 'schema_migrations'])
})

test('a server does not start on a database of a newer one', async () => {
  const migrated = await createTestDatabase()
  await migrated.pool.query(
    "insert into schema_migrations (position, name) select max(position) + 1, '9999-later' from schema_migrations",
  )
  const config = testConfig({ DATABASE_URL: migrated.url })
  const starting = startServer(config, { logger: createLogger('silent'), now: Date.now })
  expect(await refusal(starting)).toContain('it has the migration "9999-later"')
  await migrated.drop()
})

test('a database with another history is refused', async () => {
  await migrate(database.pool, list.slice(0, 2))
  expect(await refusal(migrate(database.pool, [table('0001-a'), table('0002-else')]))).toBe(
    'The database\'s migration 2 is "0002-b", but this program\'s is "0002-else".',
  )
})
