import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { splitUpdate } from './split-update.ts'

const ROOM = { bytes: 400, text: 50 }
/** Of an update around its structs. */
const FRAME_BYTES = 16

function splitAll(update: Uint8Array, room = ROOM) {
  return [...splitUpdate(update, room)]
}

/** Applies pieces in order, expecting each to find all it builds on. */
function receive(pieces: readonly { readonly update: Uint8Array }[], doc = new Y.Doc()): Y.Doc {
  for (const { update } of pieces) {
    Y.applyUpdate(doc, update)
    expect(doc.store.pendingStructs).toBeNull()
    expect(doc.store.pendingDs).toBeNull()
  }
  return doc
}

function expectEqual(a: Y.Doc, b: Y.Doc): void {
  expect(Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b))).toBe(true)
  expect(a.getArray('quests').toJSON()).toEqual(b.getArray('quests').toJSON())
  expect(a.getText('note:a').toString()).toBe(b.getText('note:a').toString())
}

/** As the record store writes its entries. */
function pushAsJson(doc: Y.Doc, entries: unknown[]): void {
  const array = doc.getArray('quests')
  doc.transact((transaction) => {
    const id = Y.createID(doc.clientID, 0)
    const item = new Y.Item(id, null, null, null, null, array, null, new Y.ContentJSON(entries))
    item.integrate(transaction, 0)
  })
}

describe('splitting an update', () => {
  test.each(['any', 'json'])('cuts one long run of entries between entries, kept as %s', (kind) => {
    const doc = new Y.Doc()
    const entries = Array.from({ length: 200 }, (_, index) => [`q${index}`, index, { title: `Quest ${index}` }])
    if (kind === 'any') doc.getArray('quests').push(entries)
    else pushAsJson(doc, entries)
    const pieces = splitAll(Y.encodeStateAsUpdate(doc))
    expect(pieces.length).toBeGreaterThan(10)
    for (const { update } of pieces) expect(update.length).toBeLessThanOrEqual(ROOM.bytes + FRAME_BYTES)
    expectEqual(receive(pieces), doc)
  })

  test('names the clock that each piece reaches', () => {
    const doc = new Y.Doc()
    doc.getArray('quests').push(Array.from({ length: 100 }, (_, index) => [`q${index}`, index, {}]))
    const received = new Y.Doc()
    for (const { update, clocks } of splitAll(Y.encodeStateAsUpdate(doc))) {
      Y.applyUpdate(received, update)
      expect([...clocks]).toEqual([[doc.clientID, Y.getState(received.store, doc.clientID)]])
    }
  })

  test('sends an entry larger than a piece alone', () => {
    const doc = new Y.Doc()
    doc.getArray('quests').push([
      ['a', 1, {}],
      ['b', 2, { title: 'x'.repeat(2_000) }],
      ['c', 3, {}],
    ])
    const pieces = splitAll(Y.encodeStateAsUpdate(doc))
    expect(pieces).toHaveLength(3)
    expectEqual(receive(pieces), doc)
  })

  test('cuts text between characters, never inside one, and bounds it', () => {
    const doc = new Y.Doc()
    doc.getText('note:a').insert(0, '🗡️x'.repeat(100))
    for (const text of [1, 2, 3, 7]) {
      const pieces = splitAll(Y.encodeStateAsUpdate(doc), { bytes: 10_000, text })
      expect(pieces.length).toBeGreaterThan(400 / text / 2)
      expectEqual(receive(pieces), doc)
    }
  })

  test('puts deletions last, in pieces of their own', () => {
    const doc = new Y.Doc({ gc: false })
    doc.getArray('quests').push(Array.from({ length: 300 }, (_, index) => [`q${index}`, index, {}]))
    for (let index = 298; index >= 0; index -= 2) doc.getArray('quests').delete(index)
    const pieces = splitAll(Y.encodeStateAsUpdate(doc))
    const first = pieces.findIndex(({ update }) => Y.decodeUpdate(update).ds.clients.size > 0)
    expect(pieces.length - first).toBeGreaterThan(5)
    for (const { update } of pieces.slice(first)) expect(Y.decodeUpdate(update).structs).toEqual([])
    for (const { update } of pieces) expect(update.length).toBeLessThanOrEqual(ROOM.bytes + FRAME_BYTES)
    expectEqual(receive(pieces), doc)
  })

  test('leaves a hole between pieces, for what the receiver has', () => {
    const doc = new Y.Doc()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    for (const title of ['first', 'second', 'third']) doc.getArray('quests').push([[title, 1, {}]])
    const [first, second, third] = updates
    if (first === undefined || second === undefined || third === undefined) throw new Error('unreachable')
    const receiver = new Y.Doc()
    Y.applyUpdate(receiver, first)
    Y.applyUpdate(receiver, second)
    expectEqual(receive(splitAll(Y.mergeUpdates([first, third])), receiver), doc)
  })

  test('of any documents, merged in any way, gives gapless pieces with the same effect', () => {
    const step = fc.record({
      device: fc.nat({ max: 3 }),
      what: fc.constantFrom('push', 'insert', 'type', 'erase', 'remove', 'receive'),
      at: fc.nat({ max: 1_000 }),
    })
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 120 }),
        fc.nat({ max: 120 }),
        fc.integer({ min: 80, max: 600 }),
        (steps, known, bytes) => {
          const devices = [1, 2, 3, 4].map((clientID) => Object.assign(new Y.Doc(), { clientID }))
          const [server] = devices
          if (server === undefined) throw new Error('unreachable')
          let receiver = new Y.Doc()
          for (const [index, { device, what, at }] of steps.entries()) {
            if (index === known) receiver = receive([{ update: Y.encodeStateAsUpdate(server) }])
            const doc = devices[device] ?? server
            const quests = doc.getArray('quests')
            const text = doc.getText('note:a')
            if (what === 'push') quests.push([[`q${index}`, index, { title: 'x'.repeat(at % 50) }]])
            else if (what === 'insert') quests.insert(at % (quests.length + 1), [[`q${index}`, index, {}], [at]])
            else if (what === 'type') text.insert(at % (text.length + 1), at % 3 === 0 ? '🗡️' : 'abc')
            else if (what === 'erase' && text.length > 0) text.delete(at % text.length, 1)
            else if (what === 'remove' && quests.length > 0) quests.delete(at % quests.length)
            else Y.applyUpdate(doc, Y.encodeStateAsUpdate(devices[at % 4] ?? server, Y.encodeStateVector(doc)))
          }
          for (const other of devices) Y.applyUpdate(server, Y.encodeStateAsUpdate(other))
          const missing = Y.encodeStateAsUpdate(server, Y.encodeStateVector(receiver))
          expectEqual(receive(splitAll(missing, { bytes, text: 20 }), receiver), server)
        },
      ),
      { numRuns: 300 },
    )
  })
})
