import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { addEntry, titles } from '../testing/entries.ts'
import { loadInto } from './load-document.ts'

test('a document is its snapshot and every update after it, however many', async () => {
  const written = new Y.Doc()
  addEntry(written, 'in the snapshot')
  const snapshot = Y.encodeStateAsUpdate(written)
  const updates: Uint8Array[] = []
  written.on('update', (update: Uint8Array) => updates.push(update))
  for (let count = 0; count < 1_001; count += 1) addEntry(written, `after it ${count}`)
  const tail = updates.map((bytes, index) => ({ seq: index + 2, bytes }))

  const doc = new Y.Doc()
  await loadInto(doc, { head: tail.length + 1, snapshotSeq: 1, snapshot, tail })
  expect(titles(doc)).toEqual(titles(written))
})
