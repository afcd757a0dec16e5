import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts'
import { addEntry, titles } from '../testing/entries.ts'
import { newDocumentName, type RunningSync, startSync } from '../testing/start-sync.ts'
import type { Bus } from './bus.ts'
import { createPostgresBus } from './postgres-bus.ts'

const logger = pino({ level: 'silent' })
let database: TestDatabase
let buses: Bus[]
let one: RunningSync
let two: RunningSync

beforeEach(async () => {
  database = await createTestDatabase()
  const deps = { connectionString: database.url, pool: database.pool, logger }
  buses = [await createPostgresBus(deps), await createPostgresBus(deps)]
  one = await startSync({ pool: database.pool, ...(buses[0] ? { bus: buses[0] } : {}) })
  two = await startSync({ pool: database.pool, ...(buses[1] ? { bus: buses[1] } : {}) })
})

afterEach(async () => {
  await one.stop()
  await two.stop()
  for (const bus of buses) await bus.close()
  await database.drop()
})

test('two server processes on one database show each other their edits live', async () => {
  const document = newDocumentName()
  const a = await one.device(document).sync('ann')
  const b = await two.device(document).sync('ann')
  for (let n = 0; n < 20; n++) {
    addEntry(a.doc, `a${n}`)
    addEntry(b.doc, `b${n}`)
  }
  await Promise.all([a, b].map((device) => device.until(() => device.statuses.length === 21)))
  await Promise.all([a, b].map((device) => device.until(() => titles(device.doc).length === 40)))

  const found = await database.pool.query('select seq from doc_updates where doc = $1 order by seq', [document])
  expect(found.rows.map((row) => Number(row.seq))).toEqual(Array.from({ length: 40 }, (_, index) => index + 1))
  expect([...a.closes, ...b.closes]).toEqual([])
})

test('a device that moves to a process that has not heard its edits yet is understood', async () => {
  const document = newDocumentName()
  const a = await one.device(document).sync('ann')
  const b = await two.device(document).sync('ann')
  addEntry(a.doc, 'on one')
  await a.until(() => a.statuses.length === 2)
  await a.close()
  const moved = await two.device(document, a.doc).sync('ann')
  addEntry(a.doc, 'on two')
  await moved.until(() => moved.statuses.length === 2)
  await b.until(() => titles(b.doc).length === 2)
  expect(moved.closes).toEqual([])
})

test('hints lost with the listening connection are made up for when it is back', async () => {
  const document = newDocumentName()
  const a = await one.device(document).sync('ann')
  const b = await two.device(document).sync('ann')
  await database.pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen %'",
  )
  addEntry(a.doc, 'while nobody listened')
  await b.until(() => titles(b.doc).length === 1)
  expect(titles(b.doc)).toEqual(['while nobody listened'])
})

test('a family that logged out at one process is cut off at the other', async () => {
  const document = newDocumentName()
  const a = await two.device(document).sync('ann/phone')
  const other = await two.device(document).sync('ann/laptop')
  one.sync.endFamily('phone')
  await a.until(() => a.closes.length > 0)
  expect(a.closes).toEqual(['refused:signed-out'])
  expect(other.closes).toEqual([])
})
