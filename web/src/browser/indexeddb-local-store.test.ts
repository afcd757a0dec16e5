import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { expect, test } from 'vitest'
import { IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'
import { databaseNameOf, documentsOnDevice } from './document-database.ts'
import { openIndexedDbLocalStore } from './indexeddb-local-store.ts'

let documents = 0
const nextName = () => `w:test-${documents++}:1`

async function openDocument(name: string, options: Parameters<typeof openIndexedDbLocalStore>[1] = {}) {
  const store = await openIndexedDbLocalStore(name, options)
  const doc = new Y.Doc()
  await store.load(doc)
  const errors: string[] = []
  store.onError((error) => errors.push(error.kind))
  return { store, doc, errors, list: doc.getArray<number>('list') }
}

async function rowsOf(name: string, store: 'updates' | 'quarantine' = 'updates') {
  const database = await openDB(databaseNameOf(name))
  const rows = await database.getAll(store)
  database.close()
  return rows
}

async function putRow(name: string, row: unknown) {
  const database = await openDB(databaseNameOf(name))
  await database.put('updates', row)
  database.close()
}

test('what was flushed is there when the document is opened again', async () => {
  const name = nextName()
  const first = await openDocument(name)
  first.list.push([1, 2])
  await first.store.flush()
  const second = await openDocument(name)
  expect(second.list.toArray()).toEqual([1, 2])
})

test('opening a document again adds no row', async () => {
  const name = nextName()
  const first = await openDocument(name)
  first.list.push([1])
  await first.store.close()
  const second = await openDocument(name)
  await second.store.close()
  expect(await rowsOf(name)).toHaveLength(1)
})

test('what a document held before it was loaded is written too', async () => {
  const name = nextName()
  const store = await openIndexedDbLocalStore(name)
  const doc = new Y.Doc()
  doc.getArray('list').push([7])
  await store.load(doc)
  await store.close()
  const again = await openDocument(name)
  expect(again.list.toArray()).toEqual([7])
})

test('a database that y-indexeddb wrote is read, and the other way round', async () => {
  const name = nextName()
  const theirs = new Y.Doc()
  const persistence = new IndexeddbPersistence(databaseNameOf(name), theirs)
  await persistence.whenSynced
  theirs.getArray('list').push([1])
  await persistence.set('key', 'value')
  await persistence.destroy()

  const ours = await openDocument(name)
  expect(ours.list.toArray()).toEqual([1])
  expect(await ours.store.getMeta('key')).toBe('value')
  ours.list.push([2])
  await ours.store.close()

  const again = new Y.Doc()
  const reopened = new IndexeddbPersistence(databaseNameOf(name), again)
  await reopened.whenSynced
  expect(again.getArray('list').toArray()).toEqual([1, 2])
  await reopened.destroy()
})

test('a row that does not decode is quarantined and reported, and stops no other row', async () => {
  const name = nextName()
  const first = await openDocument(name)
  first.list.push([1])
  await first.store.close()
  await putRow(name, new Uint8Array([1, 200, 200, 200]))
  await putRow(name, 'no update at all')

  const second = await openDocument(name)
  expect(second.list.toArray()).toEqual([1])
  expect(second.errors).toEqual(['corrupt'])
  expect(second.store.error()).toBeNull()
  expect(await rowsOf(name)).toHaveLength(1)
  expect((await rowsOf(name, 'quarantine')).map((kept) => kept.row)).toEqual([
    new Uint8Array([1, 200, 200, 200]),
    'no update at all',
  ])
  second.list.push([2])
  await second.store.flush()
})

test('a long log is replaced by one row of the whole state, other tabs’ rows included', async () => {
  const name = nextName()
  const here = await openDocument(name, { maxRows: 10 })
  const there = await openDocument(name, { maxRows: 1000 })
  there.list.push([100])
  await there.store.flush()
  for (let edit = 0; edit < 10; edit++) {
    here.list.push([edit])
    await here.store.written()
  }
  await here.store.close()
  // The other tab's row, once read, makes the replacement due one edit earlier.
  expect((await rowsOf(name)).length).toBeLessThanOrEqual(2)
  const again = await openDocument(name)
  expect(again.list.toArray().toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 100])
})

test('edits after a lost connection are refused by flush until the whole state is written again', async () => {
  const name = nextName()
  const { store, doc, list, errors } = await openDocument(name)
  list.push([1])
  await store.flush()
  const other = await openDB(databaseNameOf(name), 3)
  expect(errors).toEqual(['closed'])
  expect(store.error()).toEqual({ kind: 'closed' })
  list.push([2])
  await expect(store.written()).rejects.toMatchObject({ reason: { kind: 'closed' } })
  await expect(store.flush()).rejects.toMatchObject({ reason: { kind: 'unavailable' } })
  other.close()
  expect(doc.getArray('list').toArray()).toEqual([1, 2])
})

test('a store that was removed by another tab is closed, and a retry brings the document back whole', async () => {
  const name = nextName()
  const here = await openDocument(name)
  here.list.push([1])
  await here.store.flush()
  const there = await openDocument(name)
  await there.store.destroy()
  expect(here.errors).toEqual(['closed'])
  here.list.push([2])
  await here.store.flush()
  expect(here.store.error()).toBeNull()
  expect((await openDocument(name)).list.toArray()).toEqual([1, 2])
})

test('a store that was removed by another tab stays removed when it is closed', async () => {
  const name = nextName()
  const here = await openDocument(name)
  here.list.push([1])
  await here.store.flush()
  const there = await openDocument(name)
  await there.store.destroy()
  here.list.push([2])
  await here.store.close()
  expect(await documentsOnDevice()).not.toContain(name)
})

test('facts beside the document are kept', async () => {
  const name = nextName()
  const first = await openDocument(name)
  await first.store.setMeta('acknowledged', new Uint8Array([1, 2]))
  await first.store.close()
  const second = await openDocument(name)
  expect(await second.store.getMeta('acknowledged')).toEqual(new Uint8Array([1, 2]))
  expect(await second.store.getMeta('never written')).toBeUndefined()
})

test('a closed store refuses to promise anything', async () => {
  const { store, list } = await openDocument(nextName())
  await store.close()
  list.push([1])
  await expect(store.flush()).rejects.toMatchObject({ reason: { kind: 'closed' } })
})

test('a destroyed document is gone from the device', async () => {
  const name = nextName()
  const first = await openDocument(name)
  first.list.push([1])
  await first.store.destroy()
  expect((await openDocument(name)).list.toArray()).toEqual([])
})
