import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { addEntry, titles } from '../../sync/testing/entries.ts'
import { awaitedThreadLimits, createDocumentThread } from '../thread/document-thread.ts'
import { loadInto } from './load-into.ts'
import { piecesOfLogged } from './pieces.ts'

test('a document is its snapshot and every update after it, however many', async () => {
  const written = new Y.Doc()
  addEntry(written, 'in the snapshot')
  const snapshot = Y.encodeStateAsUpdate(written)
  const updates: Uint8Array[] = []
  written.on('update', (update: Uint8Array) => updates.push(update))
  for (let count = 0; count < 1_001; count += 1) addEntry(written, `after it ${count}`)
  const tail = updates.map((bytes, index) => ({ seq: index + 2, bytes }))

  const doc = new Y.Doc()
  await loadInto(doc, { head: tail.length + 1, snapshotSeq: 1, snapshot, tail }, async (update) => [update])
  expect(titles(doc)).toEqual(titles(written))
})

test('a large snapshot and large rows are taken in by small pieces, with a turn for others between them', async () => {
  const written = new Y.Doc()
  const add = (count: number): Uint8Array => {
    const before = Y.encodeStateVector(written)
    written.transact(() => {
      for (let index = 0; index < count; index += 1) addEntry(written, `a title of some length ${index}`.repeat(10))
    })
    return Y.encodeStateAsUpdate(written, before)
  }
  const [snapshot, row] = [add(6_000), add(4_000)]
  const thread = createDocumentThread(awaitedThreadLimits)
  const doc = new Y.Doc()
  let turns = 0
  const taken: { readonly turn: number; readonly length: number }[] = []
  doc.on('update', (update: Uint8Array) => taken.push({ turn: turns, length: update.length }))
  const turn = () => {
    turns += 1
    counting = setImmediate(turn)
  }
  let counting = setImmediate(turn)
  const logged = { head: 2, snapshotSeq: 1, snapshot, tail: [{ seq: 2, bytes: row }], revision: 0 }
  await loadInto(doc, logged, (update) => piecesOfLogged(update, thread))
  clearImmediate(counting)
  await thread.close()
  expect(titles(doc)).toEqual(titles(written))
  expect(Math.max(...taken.map(({ length }) => length))).toBeLessThan(256 * 1024)
  expect(new Set(taken.map((piece) => piece.turn)).size).toBe(taken.length)
  expect(taken.length).toBeGreaterThan(20)
})
