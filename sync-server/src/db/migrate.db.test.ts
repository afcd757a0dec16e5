import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { migrate } from './migrate.ts'
import type { Migration } from './migration.ts'

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

test('a database newer than the program is refused and left alone', async () => {
  await migrate(database.pool, list)
  await expect(migrate(database.pool, list.slice(0, 2))).rejects.toThrow('newer than this program')
})

test('a database with another history is refused', async () => {
  await migrate(database.pool, list.slice(0, 2))
  await expect(migrate(database.pool, [table('0001-a'), table('0002-else')])).rejects.toThrow('"0002-b"')
})
