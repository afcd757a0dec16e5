import type { Configuration } from '@hocuspocus/server'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { createPostgresLog } from '../log/postgres-log.ts'
import { addEntry, overrideEntries, titles } from './testing/entries.ts'
import { type StockServer, startStock } from './testing/start-stock.ts'
import { newDocumentName } from './testing/start-sync.ts'
import { useSync } from './testing/use-sync.ts'

// What stock Hocuspocus 4.7 does, beside what the sync core does in its place. A test that fails after an upgrade says
// that the ground has changed, and which of our precautions to look at again.

const { database, server: ours } = useSync('file')
const stocks: StockServer[] = []

async function headSeq(document: string): Promise<number | undefined> {
  return (await createPostgresLog(database.pool).heads([document])).get(document)
}

beforeEach(() => {
  // Stock prints every thrown hook.
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
})

afterEach(async () => {
  for (const stock of stocks.splice(0)) await stock.stop()
  vi.restoreAllMocks()
})

async function stock(configuration: Partial<Configuration>): Promise<StockServer> {
  const started = await startStock(configuration)
  stocks.push(started)
  return started
}

test('stock acknowledges before it stores; ours acknowledges what is committed', async () => {
  const stored: string[] = []
  const server = await stock({
    debounce: 60_000,
    maxDebounce: 60_000,
    onStoreDocument: async () => void stored.push('x'),
  })
  const device = await server.device('doc').sync('any')
  addEntry(device.doc, 'in memory only')
  await device.until(() => device.statuses.length === 2)
  expect(stored).toEqual([])

  const document = newDocumentName()
  const durable = await ours.device(document).sync('ann')
  addEntry(durable.doc, 'in the log')
  await durable.until(() => durable.statuses.length === 2)
  expect(await headSeq(document)).toBe(1)
})

test('stock acknowledges an update that cannot be applied; ours refuses it', async () => {
  const dangling = new Y.Doc()
  addEntry(dangling, 'missing')
  const before = Y.encodeStateVector(dangling)
  addEntry(dangling, 'dangling')
  const update = Y.encodeStateAsUpdate(dangling, before)
  const server = await stock({})
  const device = await server.device('doc').sync('any')
  device.sendUpdate(update)
  await device.until(() => device.statuses.length === 2)
  expect(device.statuses).toEqual([true, true])

  const refused = await ours.device(newDocumentName()).sync('ann')
  refused.sendUpdate(update)
  await refused.until(() => refused.closes.length > 0)
  expect([refused.statuses, refused.closes]).toEqual([[true], ['refused:malformed']])
})

test('a throwing store gets one attempt in stock, the device hears nothing of it, and with it the edit is gone', async () => {
  let attempts = 0
  const server = await stock({
    debounce: 0,
    maxDebounce: 0,
    async onStoreDocument() {
      attempts++
      throw new Error('disk full')
    },
  })
  const device = await server.device('doc').sync('any')
  addEntry(device.doc, 'lost')
  await device.until(() => device.statuses.length === 2)
  await expect.poll(() => attempts).toBe(1)
  await new Promise<void>((resolve) => setImmediate(resolve))
  expect([attempts, device.closes]).toEqual([1, []])
  device.socket.terminate()
  await expect.poll(() => server.hocuspocus.getDocumentsCount()).toBe(0)
})

test('a throwing hook closes the document and leaves the socket open; the handshake run again recovers', async () => {
  let isFailing = true
  const server = await stock({
    async beforeSync({ type }) {
      if (isFailing && type === 2) throw new Error('not now')
    },
  })
  const device = await server.device('doc').sync('any')
  addEntry(device.doc, 'stalled')
  await device.until(() => device.closes.length > 0)
  expect(device.socket.readyState).toBe(device.socket.OPEN)
  isFailing = false
  device.authenticate('any')
  await device.until(() => device.statuses.length === 2)
  const peer = await server.device('doc').sync('any')
  expect(titles(peer.doc)).toEqual(['stalled'])
})

test('a direct connection bypasses beforeSync in stock: our other writers go through the log instead', async () => {
  let judged = 0
  const server = await stock({
    async beforeSync() {
      judged++
    },
  })
  const direct = await server.hocuspocus.openDirectConnection('doc')
  await direct.transact((doc) => addEntry(doc, 'unjudged'))
  expect(judged).toBe(0)
  await direct.disconnect()
})

test('after a token sync stock hands hooks two different contexts; an object inside both is the same', async () => {
  const seen: { hook: string; token: string; inner: object }[] = []
  const inner = {}
  const note = (hook: string, context: { token: string; inner: object }) => seen.push({ hook, ...context })
  const server = await stock({
    onAuthenticate: async ({ token }) => ({ token, inner }),
    onTokenSync: async ({ token }) => ({ token }),
    beforeHandleMessage: async ({ context }) => void note('before', context),
    onChange: async ({ context }) => void note('change', context),
  })
  const device = await server.device('doc').sync('first')
  device.authenticate('second')
  addEntry(device.doc, 'renewed')
  await device.until(() => device.statuses.length === 2)
  expect(seen.findLast((call) => call.hook === 'before')?.token).toBe('second')
  expect(seen.findLast((call) => call.hook === 'change')?.token).toBe('first')
  expect(seen.every((call) => call.inner === inner)).toBe(true)
})

test('twelve bytes that claim the next clocks hide what their owner writes in stock; ours refuses them', async () => {
  const claim = (client: number) => {
    const encoder = encoding.createEncoder()
    for (const value of [1, 1, client, 0, 0, 1_000, 0]) encoding.writeVarUint(encoder, value)
    return encoding.toUint8Array(encoder)
  }
  const server = await stock({})
  const thief = await server.device('doc').sync('any')
  const victim = server.device('doc')
  thief.sendUpdate(claim(victim.doc.clientID))
  await thief.until(() => thief.statuses.length === 2)
  addEntry(victim.doc, 'hidden for ever')
  await victim.sync('any')
  const witness = await server.device('doc').sync('any')
  expect(titles(witness.doc)).toEqual([])

  const document = newDocumentName()
  const ann = await ours.device(document).sync('ann')
  addEntry(ann.doc, 'safe')
  await ann.until(() => ann.statuses.length === 2)
  const bob = await ours.device(document).sync('bob')
  bob.sendUpdate(claim(ann.doc.clientID))
  await bob.until(() => bob.closes.length > 0)
  expect(bob.closes).toEqual(['refused:foreign-client-id'])
})

test('a reconnecting device resends every deletion; ours logs none of it again', async () => {
  const document = newDocumentName()
  const device = await ours.device(document).sync('ann')
  for (let n = 0; n < 250; n++) addEntry(device.doc, `n${n}`)
  for (let n = 0; n < 125; n++) overrideEntries(device.doc, n, 1)
  await device.until(() => device.statuses.length === 376)
  const resent = Y.encodeStateAsUpdate(device.doc, Y.encodeStateVector(device.doc))
  expect(resent.length).toBeGreaterThan(250)
  await ours.device(document, device.doc).sync('ann')
  expect(await headSeq(document)).toBe(375)
})

test('collecting compaction keeps a fraction of the bytes that merging keeps', () => {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  const quests = doc.getArray('quests')
  for (let n = 0; n < 3_000; n++) {
    doc.transact(() => {
      quests.push([[`q${n % 50}`, n * 1024, { title: `title ${n}` }]])
      if (quests.length > 50) quests.delete(0, 1)
    })
  }
  const collected = new Y.Doc()
  collected.transact(() => {
    for (const update of updates) Y.applyUpdate(collected, update)
  })
  expect(Y.encodeStateAsUpdate(collected).length * 3).toBeLessThan(Y.mergeUpdates(updates).length)
})
