import type pg from 'pg'
import { pino } from 'pino'
import { beforeEach, expect, test, vi } from 'vitest'
import { addEntry, titles } from '../sync/testing/entries.ts'
import { newDocumentName, type RunningSync } from '../sync/testing/start-sync.ts'
import { useSyncDatabase } from '../sync/testing/use-sync.ts'
import type { Bus } from './bus.ts'
import { createPostgresBus } from './postgres-bus.ts'

const logger = pino({ level: 'silent' })
const database = useSyncDatabase()
let one: RunningSync
let two: RunningSync

async function openBus(pool: pg.Pool): Promise<Bus> {
  const bus = await createPostgresBus({ connectionString: database.url, pool, logger })
  database.stopLater({ stop: () => bus.close() })
  return bus
}

async function start(): Promise<RunningSync> {
  return database.start({ bus: await openBus(database.pool) })
}

beforeEach(async () => {
  one = await start()
  two = await start()
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

test('what is published while the messages before go out follows by itself, whenever that is', async () => {
  const heard: unknown[] = []
  const hearing = await openBus(database.pool)
  hearing.subscribe((event) => heard.push(event))
  let onSent = async () => undefined
  const pool = {
    query(statement: pg.QueryConfig) {
      const answer = database.pool.query(statement)
      void answer.then(() => onSent())
      return answer
    },
  }
  const bus = await openBus(pool as unknown as pg.Pool)
  for (let turns = 0; turns < 12; turns++) {
    const next = { kind: 'appended', document: `next ${turns}`, seq: 1 } as const
    onSent = async () => {
      onSent = async () => undefined
      for (let turn = 0; turn < turns; turn++) await null
      bus.publish(next)
    }
    bus.publish({ kind: 'appended', document: `first ${turns}`, seq: 1 })
    await vi.waitFor(() => expect(heard).toContainEqual(next))
  }
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
