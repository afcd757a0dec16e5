import { afterEach, beforeEach, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { newDocumentName, type RunningSync, startSync } from './testing/start-sync.ts'

let database: TestDatabase
let server: RunningSync

beforeEach(async () => {
  database = await createTestDatabase()
  server = await startSync({ pool: database.pool })
})

afterEach(async () => {
  await server.stop()
  await database.drop()
})

let nextId = 0
function addEntry(doc: Y.Doc, title: string, table = 'quests'): void {
  doc.getArray(table).push([[`q${++nextId}`, Date.now() * 1024, { title }]])
}

async function logRows(document: string): Promise<{ seq: string; bytes: Buffer; user_id: string }[]> {
  const found = await database.pool.query('select seq, bytes, user_id from doc_updates where doc = $1 order by seq', [
    document,
  ])
  return found.rows
}

test('an acknowledged edit is in the log, and the other device sees it', async () => {
  const document = newDocumentName()
  const a = await server.device(document).sync('ann')
  const b = await server.device(document).sync('ann')

  addEntry(a.doc, 'Buy milk')
  await a.until(() => a.statuses.length === 2)
  await b.until(() => b.doc.getArray('quests').length === 1)

  const rows = await logRows(document)
  expect(rows.map((row) => row.seq)).toEqual(['1'])
  expect(a.statuses).toEqual([true, true])
  expect(a.heardUpdates).toBe(1)
})

test('a document is loaded from the log by the next process', async () => {
  const document = newDocumentName()
  const a = await server.device(document).sync('ann')
  addEntry(a.doc, 'One')
  addEntry(a.doc, 'Two')
  await a.until(() => a.statuses.length === 3)

  const second = await startSync({ pool: database.pool })
  const b = await second.device(document).sync('ann')
  expect(b.doc.getArray('quests').toJSON()).toEqual(a.doc.getArray('quests').toJSON())
  await second.stop()
})
