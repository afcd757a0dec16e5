import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { openTestPool } from '../testing/open-test-pool.ts'
import { type Database, openQueries } from './tables.ts'

let database: TestDatabase
let db: Database
beforeEach(async () => {
  database = await createTestDatabase()
  db = openQueries(openTestPool({ connectionString: database.url, max: 1 }))
  await sql`create table notes (title text)`.execute(db)
  await sql`insert into notes values ('one')`.execute(db)
})
afterEach(() => database.drop())

async function prepared(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int from pg_prepared_statements`.execute(db)
  return rows[0]?.count ?? Number.NaN
}

async function read(times: number, columns = 'title'): Promise<unknown[]> {
  let rows: unknown[] = []
  for (let n = 0; n < times; n += 1)
    rows = (await sql`select ${sql.raw(columns)} from notes where title <> ${''}`.execute(db)).rows
  return rows
}

test('a statement that recurs is prepared once', async () => {
  await read(9)
  expect(await prepared()).toBe(0)
  expect(await read(20)).toEqual([{ title: 'one' }])
  expect(await prepared()).toBe(1)
})

test('what reads all columns goes on when there is another, and what reads some is prepared again for another type', async () => {
  await read(20, '*')
  await read(20)
  await sql`alter table notes alter column title type varchar, add column body text`.execute(db)
  expect(await read(1, '*')).toEqual([{ title: 'one', body: null }])
  await expect(read(1)).rejects.toThrow('cached plan must not change result type')
  expect(await read(20)).toEqual([{ title: 'one' }])
})

test('a hundred texts are prepared and no more', async () => {
  for (let n = 0; n < 120; n += 1) await read(10, `title as t${n}`)
  expect(await prepared()).toBe(100)
})
