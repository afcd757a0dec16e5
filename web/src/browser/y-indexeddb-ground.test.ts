import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { expect, test } from 'vitest'
import { IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'

// What y-indexeddb 9 does by itself, and why there is a store of our own. A failure says that an upgrade moved the ground.

let documents = 0
const nextName = () => `stock-${documents++}`

async function open(name: string) {
  const doc = new Y.Doc()
  const persistence = await new IndexeddbPersistence(name, doc).whenSynced
  return { doc, list: doc.getArray<number>('list'), close: () => persistence.destroy() }
}

async function countRows(name: string): Promise<number> {
  const database = await openDB(name)
  const rows = await database.count('updates')
  database.close()
  return rows
}

test('y-indexeddb adds a row of the whole state at every opening; ours adds none', async () => {
  const name = nextName()
  const first = await open(name)
  first.list.push([1])
  await first.close()
  const before = await countRows(name)
  await (await open(name)).close()
  await (await open(name)).close()
  expect((await countRows(name)) - before).toBe(2)
})

test('y-indexeddb whose connection another tab asked to close throws at each edit and keeps none; ours reports and retries', async () => {
  const name = nextName()
  const stock = await open(name)
  stock.list.push([1])
  const newer = await openDB(name, 2)
  newer.close()
  expect(() => stock.list.push([2])).toThrow(expect.objectContaining({ name: 'InvalidStateError' }))
  expect(stock.list.toArray()).toEqual([1, 2])
  const again = new Y.Doc()
  const database = await openDB(name)
  for (const row of await database.getAll('updates')) Y.applyUpdate(again, row)
  database.close()
  expect(again.getArray('list').toArray()).toEqual([1])
})
