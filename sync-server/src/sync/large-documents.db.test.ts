import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from 'lib0/encoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createPostgresLog } from '../log/postgres-log.ts'
import type { Device } from './testing/device.ts'
import { addEntry, titles, updateOf } from './testing/entries.ts'
import { newDocumentName } from './testing/start-sync.ts'
import { until } from './testing/until.ts'
import { useSync } from './testing/use-sync.ts'

/** One socket with a large document, and another document that somebody is working in. */
const { database, server } = useSync()

/** Entries as a device writes them, one transaction each so many. */
function largeDocument(entries: number): Y.Doc {
  const doc = new Y.Doc()
  for (let start = 0; start < entries; start += 100) {
    const some = Array.from({ length: 100 }, (_, index) => [
      `q${start + index}`,
      Date.now() * 1024,
      { title: 'x'.repeat(60) },
    ])
    doc.getArray('quests').push(some)
  }
  return doc
}

async function logged(doc: Y.Doc): Promise<string> {
  const document = newDocumentName()
  const bytes = Y.encodeStateAsUpdate(doc)
  const log = createPostgresLog(database.pool)
  await log.commitBatch([{ document, bytes, userId: 'ann', clientId: doc.clientID, claims: [doc.clientID] }])
  return document
}

/** A device that counts what it hears, and takes nothing in. */
async function deaf(document: string): Promise<{ readonly device: Device; readonly heard: () => number }> {
  const device = server.device(document)
  device.answersHandshake = false
  await device.opened()
  device.authenticate('ann')
  await device.until(() => device.isAuthenticated)
  let heard = 0
  device.socket.removeAllListeners('message')
  device.socket.on('message', () => {
    heard += 1
  })
  return { device, heard: () => heard }
}

function stateVectorOf(clocks: readonly (readonly [client: number, clock: number])[]): Uint8Array {
  const encoder = createEncoder()
  for (const part of [clocks.length, ...clocks.flat()]) writeVarUint(encoder, part)
  return toUint8Array(encoder)
}

/** A state vector of so many clients that nobody knows. */
const strangers = (count: number, first: number): Uint8Array =>
  stateVectorOf(Array.from({ length: count }, (_, index) => [first + index, 1]))

const stepOne = (device: Device, stateVector: Uint8Array): void =>
  device.sendFrame(0, (encoder) => {
    writeVarUint(encoder, 0)
    writeVarUint8Array(encoder, stateVector)
  })

test('the thread answers step-ones on a large document, and of those that wait only the last', async () => {
  const doc = largeDocument(10_000)
  const document = await logged(doc)
  const { device, heard } = await deaf(document)
  let written = 0
  const { write } = Y.Item.prototype
  Y.Item.prototype.write = function (encoder, offset) {
    written += 1
    write.call(this, encoder, offset)
  }
  const updatesBefore = server.sync.stats().updates
  for (let count = 0; count < 30; count += 1) stepOne(device, strangers(2_000, 1 + count * 10_000))
  for (let clock = 1; clock <= 3; clock += 1) stepOne(device, stateVectorOf([[doc.clientID, clock]]))
  // Frames are taken in order: with this one they are all answered.
  device.sendUpdate(updateOf((own) => addEntry(own, 'after them')))
  await until(() => server.sync.stats().updates > updatesBefore)
  Y.Item.prototype.write = write
  // Only the last of those that wait is answered, by a step one and a step two.
  expect(heard()).toBeGreaterThanOrEqual(2)
  expect(heard()).toBeLessThan(20)
  // Loading wrote each struct once, for listeners.
  expect(written).toBeLessThan(3 * (doc.store.clients.get(doc.clientID)?.length ?? 0))
})

test('[R45] a large frame is taken in pieces, each a row, with one acknowledgement, and holds up nobody', async () => {
  const document = newDocumentName()
  const doc = largeDocument(40_000)
  const author = await server.device(document).sync('ann')
  const other = await server.device(newDocumentName()).sync('bob')
  author.sendUpdate(Y.encodeStateAsUpdate(doc))
  addEntry(other.doc, 'meanwhile')
  await other.until(() => other.statuses.length === 2)
  expect(author.statuses).toEqual([true])
  await author.until(() => author.statuses.length === 2)
  const { rows } = await database.pool.query('select length(bytes) as length from doc_updates where doc = $1', [
    document,
  ])
  expect(rows.length).toBeGreaterThan(10)
  expect(Math.max(...rows.map(({ length }) => length))).toBeLessThan(256 * 1024)
  expect([author.statuses, author.closes]).toEqual([[true, true], []])
  const reader = await server.device(document).sync('ann')
  expect(titles(reader.doc)).toEqual(titles(doc))
})

test('[R45] if a piece of a large frame is refused, the pieces before it stay and nothing is acknowledged', async () => {
  const document = newDocumentName()
  const doc = largeDocument(10_000)
  doc.getArray('quests').push([['q-odd', Date.now() * 1024 + 10 ** 15, { title: 'years ahead of the server' }]])
  const author = await server.device(document).sync('ann')
  author.sendUpdate(Y.encodeStateAsUpdate(doc))
  await author.until(() => author.closes.length > 0)
  expect([author.statuses, author.closes]).toEqual([[true], ['refused:unsafe-stamp']])
  const reader = await server.device(document).sync('ann')
  const kept = titles(reader.doc).length
  expect(kept).toBeGreaterThan(1_000)
  expect(kept).toBeLessThanOrEqual(10_000)
})
