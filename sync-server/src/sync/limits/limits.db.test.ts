import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import type { Device } from '../testing/device.ts'
import { addEntry, titles } from '../testing/entries.ts'
import { newDocumentName, type RunningSync, type StartSyncOptions } from '../testing/start-sync.ts'
import { useSyncDatabase } from '../testing/use-sync.ts'
import type { SyncLimits } from './sync-limits.ts'

const database = useSyncDatabase('file')

const start = (
  limits: Partial<SyncLimits>,
  clock: Pick<StartSyncOptions, 'now' | 'monotonicMs'> = {},
): Promise<RunningSync> => database.start({ limits, ...clock })

test('a connection that sends too many frames is closed; others go on', async () => {
  const server = await start({ connectionFrames: 20 })
  const document = newDocumentName()
  const calm = await server.device(document).sync('ann')
  const flood = await server.device(document).sync('bob')
  for (let n = 0; n < 30; n++) flood.stepOne()
  await flood.until(() => flood.closeCode !== null)
  addEntry(calm.doc, 'calm')
  await calm.until(() => calm.statuses.length === 2)
  expect([flood.closes, flood.closeCode]).toEqual([['refused:rate-limited'], 4429])
})

test("a user's connections share one budget", async () => {
  const server = await start({ userFrames: 20 })
  const document = newDocumentName()
  const devices = await Promise.all([1, 2, 3].map(() => server.device(document).sync('bob')))
  for (let n = 0; n < 10; n++) for (const device of devices) device.stepOne()
  await Promise.race(devices.map((device) => device.until(() => device.closeCode !== null)))
  expect(devices.some((device) => device.closes.includes('refused:rate-limited'))).toBe(true)
})

test('a frame above the largest size closes its socket', async () => {
  const server = await start({ maxFrameBytes: 10_000 })
  const device = await server.device(newDocumentName()).sync('ann')
  device.sendUpdate(new Uint8Array(20_000))
  await device.until(() => device.closeCode !== null)
  expect(device.closeCode).toBe(1009)
})

test('a socket that never authenticates is closed', async () => {
  let elapsedMs = 0
  const server = await start({ unauthenticatedTimeoutMs: 5_000 }, { monotonicMs: () => elapsedMs })
  const device = server.device(newDocumentName())
  await device.opened()
  elapsedMs += 5_001
  await device.until(() => device.closeCode !== null)
  expect(device.closeCode).toBe(4401)
})

test('a peer that answers no ping is dropped, one that answers stays', async () => {
  let elapsedMs = 0
  const server = await start({}, { monotonicMs: () => elapsedMs })
  const document = newDocumentName()
  const [quiet, lively] = [await server.device(document).sync('ann'), await server.device(document).sync('ann')]
  quiet.socket.pong = () => undefined
  const pinged = ({ socket }: Device) => new Promise((resolve) => socket.once('ping', resolve))

  const both = [quiet, lively].map(pinged)
  elapsedMs += 25_000
  await Promise.all(both)
  // Once this is answered, the server has read the pong before it.
  lively.stepOne()
  const heard = lively.heardUpdates
  await lively.until(() => lively.heardUpdates > heard)

  const again = pinged(lively)
  elapsedMs += 25_000
  await Promise.all([again, quiet.until(() => quiet.closeCode !== null)])
  expect([quiet.closeCode, lively.closeCode]).toEqual([1006, null])
})

test('a token that expires while connected closes its documents, unless it was renewed', async () => {
  let nowMs = Date.now()
  const server = await start({}, { now: () => nowMs })
  const document = newDocumentName()
  const stale = await server.device(document).sync(`ann/a/${nowMs + 10_000}`)
  const renewed = await server.device(document).sync(`ann/b/${nowMs + 10_000}`)
  renewed.authenticate(`ann/b/${nowMs + 60_000}`)
  addEntry(renewed.doc, 'after the renewal')
  await renewed.until(() => renewed.statuses.length === 2)
  nowMs += 10_001
  await stale.until(() => stale.closes.length > 0)
  addEntry(renewed.doc, 'still here')
  await renewed.until(() => renewed.statuses.length === 3)
  expect(stale.closes).toEqual(['refused:signed-out'])
  expect(renewed.closes).toEqual([])
})

test("a renewal with another user's token closes the document", async () => {
  const server = await start({})
  const device = await server.device(newDocumentName()).sync('ann')
  device.authenticate('bob')
  await device.until(() => device.closes.length > 0)
  expect(device.closes).toEqual(['refused:signed-out'])
})

test('a token that is not valid is denied with its reason, and the socket may try again', async () => {
  const server = await start({})
  const device = server.device(newDocumentName())
  await expect(device.sync('')).rejects.toThrow('refused:signed-out')
  device.authenticate('ann')
  await device.until(() => device.isSynced)
})

test('an update that builds on nothing known is refused when the handshake never brings it', async () => {
  let elapsedMs = 0
  const server = await start({ heldUpdateTimeoutMs: 1_000 }, { monotonicMs: () => elapsedMs })
  const device = server.device(newDocumentName())
  device.answersHandshake = false
  await device.opened()
  device.authenticate('ann')
  await device.until(() => device.stateless.length === 1)
  addEntry(device.doc, 'missing')
  const before = Y.encodeStateVector(device.doc)
  addEntry(device.doc, 'dangling')
  device.sendUpdate(Y.encodeStateAsUpdate(device.doc, before))
  device.stepOne()
  await device.until(() => device.heardUpdates === 1)
  elapsedMs += 1_001
  await device.until(() => device.closes.length > 0)
  expect([device.closes, device.statuses]).toEqual([['refused:malformed'], []])
})

test('what a connection sends while the database stands still does not fill the memory', async () => {
  const server = await start({ connectionWaitingBytes: 100_000 })
  const document = newDocumentName()
  const device = await server.device(document).sync('ann')
  addEntry(device.doc, 'first')
  await device.until(() => device.statuses.length === 2)
  const blocker = await database.pool.connect()
  await blocker.query('begin')
  await blocker.query('select * from doc_heads where doc = $1 for update', [document])
  for (let n = 0; n < 3; n++) addEntry(device.doc, 'x'.repeat(60_000))
  await device.until(() => device.closes.length > 0)
  await blocker.query('commit')
  blocker.release()
  expect([device.closes, device.statuses]).toEqual([['retry:busy'], [true, true]])
})

test('while too much waits for the database, further edits are asked to come back', async () => {
  const server = await start({ commitQueueBytes: 10_000 })
  const document = newDocumentName()
  const first = await server.device(document).sync('ann')
  const second = await server.device(newDocumentName()).sync('bob')
  addEntry(first.doc, 'small')
  await first.until(() => first.statuses.length === 2)
  const blocker = await database.pool.connect()
  await blocker.query('begin')
  await blocker.query('select * from doc_heads where doc = $1 for update', [document])
  addEntry(first.doc, 'x'.repeat(20_000))
  while (server.sync.stats().queuedBytes === 0) await new Promise((resolve) => setImmediate(resolve))
  addEntry(second.doc, 'too much')
  await second.until(() => second.closes.length > 0)
  await blocker.query('commit')
  blocker.release()
  await first.until(() => first.statuses.length === 3)
  expect([first.closes, second.closes]).toEqual([[], ['retry:busy']])
})

test('what waits for a handshake that never comes does not fill the memory', async () => {
  const server = await start({ connectionWaitingBytes: 100_000 })
  const device = server.device(newDocumentName())
  device.answersHandshake = false
  await device.opened()
  device.authenticate('ann')
  await device.until(() => device.stateless.length === 1)
  addEntry(device.doc, 'missing')
  for (let n = 0; n < 3; n++) {
    const before = Y.encodeStateVector(device.doc)
    addEntry(device.doc, 'x'.repeat(60_000))
    device.sendUpdate(Y.encodeStateAsUpdate(device.doc, before))
  }
  await device.until(() => device.closes.length > 0)
  expect(device.closes).toEqual(['retry:busy'])
})

test('a socket without any accepted token gets no memory for what it sends', async () => {
  const server = await start({ unauthenticatedBytes: 1_000 })
  const device = server.device(newDocumentName())
  await device.opened()
  device.sendUpdate(new Uint8Array(2_000))
  await device.until(() => device.closeCode !== null)
  expect(server.sync.stats().dropped).toEqual({ 'rate-limited': 1 })
})

test('a family that logs out while its document is being opened is cut off as well', async () => {
  const server = await start({})
  const blocker = await database.pool.connect()
  await blocker.query('begin')
  await blocker.query('lock table doc_heads in access exclusive mode')
  const device = server.device(newDocumentName())
  const synced = device.sync('ann/phone')
  await device.until(() => device.isAuthenticated)
  server.sync.endFamily('phone')
  await blocker.query('commit')
  blocker.release()
  await expect(synced).rejects.toThrow('refused:signed-out')
})

test('more documents than a connection may open close it', async () => {
  const server = await start({ documentsPerConnection: 3 })
  const device = server.device(newDocumentName())
  await device.opened()
  for (let n = 0; n < 5; n++) {
    const encoder = encoding.createEncoder()
    encoding.writeVarString(encoder, newDocumentName())
    for (const part of [2, 0]) encoding.writeVarUint(encoder, part)
    encoding.writeVarString(encoder, 'ann')
    device.socket.send(encoding.toUint8Array(encoder))
  }
  await device.until(() => device.closeCode !== null)
  expect(device.closeCode).toBe(4429)
})

test('a slow consumer is dropped instead of filling the memory, and the writer goes on', async () => {
  const server = await start({ maxBufferedBytes: 100_000 })
  const document = newDocumentName()
  const slow = await server.device(document).sync('ann')
  const writer = await server.device(document).sync('ann')
  slow.socket.pause()
  let sent = 1
  while (!server.sync.stats().dropped.slow && sent < 400) {
    writer.doc.getArray('quests').push([[`q${sent}`, Date.now() * 1024, { title: 'x'.repeat(200_000) }]])
    sent++
    const expected = sent
    await writer.until(() => writer.statuses.length === expected)
  }
  expect(server.sync.stats().dropped).toEqual({ slow: 1 })
  expect(writer.closes).toEqual([])
})

test("nobody can present another connection's client id in awareness", async () => {
  const server = await start({})
  const document = newDocumentName()
  const ann = await server.device(document).sync('ann')
  const bob = await server.device(document).sync('bob')
  const present = (doc: Y.Doc, clientID: number, name: string): Uint8Array => {
    const awareness = new Awareness(doc)
    awareness.clientID = clientID
    awareness.setLocalState({ name })
    awareness.setLocalState({ name })
    const update = encodeAwarenessUpdate(awareness, [clientID])
    awareness.destroy()
    return update
  }
  const send = (device: typeof ann, update: Uint8Array) =>
    device.sendFrame(1, (encoder) => encoding.writeVarUint8Array(encoder, update))
  send(ann, present(new Y.Doc(), 1, 'Ann'))
  await bob.until(() => bob.awareness.length === 1)
  send(bob, present(new Y.Doc(), 1, 'Mallory'))
  send(bob, present(new Y.Doc(), 2, 'Bob'))
  await ann.until(() => ann.awareness.some((update) => Buffer.from(update).includes('Bob')))
  expect(ann.awareness.some((update) => Buffer.from(update).includes('Mallory'))).toBe(false)
})

test('idle documents are unloaded when the memory budget asks for it, and load again', async () => {
  const server = await start({ openDocumentBytes: 1, idleDocumentMs: 60_000 })
  const first = newDocumentName()
  const a = await server.device(first).sync('ann')
  addEntry(a.doc, 'kept')
  await a.until(() => a.statuses.length === 2)
  await expect(server.device(newDocumentName()).sync('ann')).rejects.toThrow('retry:busy')
  expect(server.sync.stats().documents).toBe(1)
  await a.close()
  const b = await server.device(newDocumentName()).sync('ann')
  expect(server.sync.stats().documents).toBe(1)
  await b.close()
  const again = await server.device(first).sync('ann')
  expect(titles(again.doc)).toEqual(['kept'])
})
