import { beforeEach, expect, test } from 'vitest'
import { createInProcessBus } from '../bus/in-process-bus.ts'
import { type Database, openQueries } from '../db/tables.ts'
import { addEntry } from '../sync/testing/entries.ts'
import { newDocumentName } from '../sync/testing/start-sync.ts'
import { useSync } from '../sync/testing/use-sync.ts'
import { DELETED_SEQ, deleteDocuments } from './delete-documents.ts'
import { createPostgresLog } from './postgres-log.ts'

const { database, server } = useSync()
let db: Database

beforeEach(() => {
  db = openQueries(database.pool)
})

function deleteDocument(document: string): Promise<readonly string[]> {
  const id = document.split(':')[1] ?? ''
  return db.transaction().execute((transaction) => deleteDocuments(transaction, [{ kind: 'workspace', id }]))
}

async function rowsOf(document: string) {
  const tables = ['doc_updates', 'doc_snapshots', 'doc_clients']
  const counts = tables.map(async (table) => {
    const { rows } = await database.pool.query(`select count(*)::int as n from ${table} where doc = $1`, [document])
    return rows[0].n
  })
  return Promise.all(counts)
}

test('a deleted document is closed as not found wherever it is open, and leaves nothing of its history', async () => {
  const bus = createInProcessBus()
  const [first, second] = [await database.start({ bus }), await database.start({ bus })]
  const document = newDocumentName()
  const other = newDocumentName()
  const a = await first.device(document).sync('ann')
  const b = await second.device(document).sync('ben')
  const kept = await first.device(other).sync('ann')
  addEntry(a.doc, 'private')
  addEntry(kept.doc, 'kept')
  await b.until(() => b.heardUpdates > 1)
  await kept.until(() => kept.statuses.length === 2)

  const names = await deleteDocument(document)
  for (const name of names) first.sync.forget(name)
  await a.until(() => a.closes.length > 0)
  await b.until(() => b.closes.length > 0)
  expect([names, a.closes, b.closes, kept.closes]).toEqual([
    [document],
    ['refused:not-found'],
    ['refused:not-found'],
    [],
  ])
  expect(await rowsOf(document)).toEqual([0, 0, 0])
  expect(await rowsOf(other)).toEqual([1, 0, 1])
  expect(first.sync.stats().documents).toBe(1)
})

test('a process that was not told writes nothing more to a deleted document, and others are not held up', async () => {
  const document = newDocumentName()
  const other = newDocumentName()
  const a = await server.device(document).sync('ann')
  const kept = await server.device(other).sync('ann')
  addEntry(a.doc, 'private')
  await a.until(() => a.statuses.length === 2)
  await deleteDocument(document)

  addEntry(a.doc, 'too late')
  addEntry(kept.doc, 'in the same batch')
  await a.until(() => a.closes.length > 0)
  await kept.until(() => kept.statuses.length === 2)
  expect(await rowsOf(document)).toEqual([0, 0, 0])
  expect(kept.closes).toEqual([])
})

test('a look at the heads is enough to give a deleted document up', async () => {
  const watching = await database.start({ limits: { headCheckMs: 20 } })
  const document = newDocumentName()
  const a = await watching.device(document).sync('ann')
  addEntry(a.doc, 'private')
  await a.until(() => a.statuses.length === 2)
  await deleteDocument(document)
  await a.until(() => a.closes.length > 0)
  expect(a.closes).toEqual(['refused:not-found'])
})

test('all epochs of a document are deleted, and one that was never written can never be', async () => {
  const document = newDocumentName()
  const log = createPostgresLog(database.pool)
  const update = (name: string) => ({
    document: name,
    bytes: new Uint8Array([0, 0]),
    userId: 'ann',
    clientId: 1,
    claims: [1],
  })
  const second = `${document.slice(0, -1)}2`
  await log.commitBatch([update(document), update(second)])
  expect([...(await deleteDocument(document))].sort()).toEqual([document, second])

  const unwritten = newDocumentName()
  await deleteDocument(unwritten)
  const [outcome] = await log.commitBatch([update(unwritten)])
  expect(outcome?.kind).toBe('failed')
  expect((await log.heads([unwritten])).get(unwritten)).toBe(DELETED_SEQ)
})

test('a snapshot that is being made while its document is deleted is not kept', async () => {
  const document = newDocumentName()
  const log = createPostgresLog(database.pool)
  await log.commitBatch([{ document, bytes: new Uint8Array([0, 0]), userId: 'ann', clientId: 1, claims: [] }])
  const making = await db.transaction().execute(async (transaction) => {
    await deleteDocuments(transaction, [{ kind: 'workspace', id: document.split(':')[1] ?? '' }])
    // It waits for the head, which the transaction holds.
    return { done: log.putSnapshot(document, 1, Buffer.from('private')) }
  })
  await making.done
  expect(await rowsOf(document)).toEqual([0, 0, 0])
})
