import { createEncoder, toUint8Array, writeVarUint } from 'lib0/encoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { encodeFrom, encodeFromLog } from './encode-from.ts'
import { missingFrom } from './missing-from.ts'

function written(): { readonly doc: Y.Doc; readonly updates: Uint8Array[]; readonly early: Uint8Array } {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  let early = Y.encodeStateVector(doc)
  for (const clientID of [5, 3, 9]) {
    doc.clientID = clientID
    for (let n = 0; n < 200; n += 1) doc.getArray('quests').push([[`q${clientID}.${n}`, n, { title: `title ${n}` }]])
    doc.getText(`note:q${clientID}`).insert(0, 'a note')
    doc.getArray('quests').delete(clientID, 20)
    if (clientID === 3) early = Y.encodeStateVector(doc)
  }
  return { doc, updates, early }
}

const encoded = (doc: Y.Doc, stateVector: Uint8Array) =>
  encodeFrom(doc, missingFrom(doc, stateVector) ?? new Map(), Number.POSITIVE_INFINITY)

test('what a device lacks is what Yjs would answer, from memory as from the log', () => {
  const { doc, updates, early } = written()
  for (const stateVector of [Y.encodeStateVector(new Y.Doc()), early, Y.encodeStateVector(doc)]) {
    const wanted = Y.encodeStateAsUpdate(doc, stateVector)
    expect(encoded(doc, stateVector)).toEqual(wanted)
    expect(encodeFromLog(updates, missingFrom(doc, stateVector) ?? new Map())).toEqual(wanted)
  }
})

test('what waits for a part that never came is not passed on', () => {
  const { doc, updates } = written()
  const holed = new Y.Doc()
  for (const update of updates.filter((_, index) => index !== 100)) Y.applyUpdate(holed, update)
  const nothing = Y.encodeStateVector(new Y.Doc())
  expect(Y.encodeStateAsUpdate(holed, nothing).length).toBeGreaterThan((encoded(holed, nothing)?.length ?? 0) + 1_000)
  const copy = new Y.Doc()
  Y.applyUpdate(copy, encoded(holed, nothing) ?? new Uint8Array())
  expect([copy.store.pendingStructs, copy.store.pendingDs]).toEqual([null, null])
  expect(Y.encodeStateVector(copy)).toEqual(Y.encodeStateVector(holed))
  doc.destroy()
})

test('what takes too long is given up', () => {
  const { doc } = written()
  expect(encodeFrom(doc, new Map([[5, 0]]), -1)).toBeNull()
})

test('unknown clients in a state vector change no answer; too many of them, or bytes that are none, are refused', () => {
  const { doc } = written()
  const vector = (clients: number, first: number): Uint8Array => {
    const encoder = createEncoder()
    const parts = [clients, ...Array.from({ length: clients }, (_, index) => [first + index, 7]).flat()]
    for (const part of parts) writeVarUint(encoder, part)
    return toUint8Array(encoder)
  }
  const all = new Map([
    [5, 0],
    [3, 0],
    [9, 0],
  ])
  expect(missingFrom(doc, vector(3_000, 1_000))).toEqual(all)
  expect(missingFrom(doc, vector(3_000, 2 ** 40))).toEqual(all)
  expect(missingFrom(doc, vector(10, 0))).toEqual(new Map([...all.keys()].map((client) => [client, 7])))
  expect(missingFrom(doc, vector(100_000, 1_000))).toBeNull()
  expect(missingFrom(doc, new Uint8Array([3, 1]))).toBeNull()
})
