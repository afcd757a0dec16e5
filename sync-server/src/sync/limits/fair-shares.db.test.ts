import * as encoding from 'lib0/encoding'
import { expect, test } from 'vitest'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { createPostgresLog } from '../../log/postgres-log.ts'
import type { Device } from '../testing/device.ts'
import { addEntry, titles } from '../testing/entries.ts'
import { newDocumentName, type RunningSync, type StartSyncOptions } from '../testing/start-sync.ts'
import { useSyncDatabase } from '../testing/use-sync.ts'
import type { SyncLimits } from './sync-limits.ts'

const database = useSyncDatabase('file')

const start = (
  limits: Partial<SyncLimits>,
  clocks: Pick<StartSyncOptions, 'monotonicMs' | 'workMs'> = {},
): Promise<RunningSync> => database.start({ limits, ...clocks })

/** A document in the log that takes so many bytes to send. */
async function documentOf(bytes: number): Promise<string> {
  const doc = new Y.Doc()
  const title = 'x'.repeat(1_000)
  doc.getArray('quests').push(Array.from({ length: bytes / 1_000 }, (_, n) => [`q${n}`, n + 1, { title }]))
  const document = newDocumentName()
  const update = { document, bytes: Y.encodeStateAsUpdate(doc), userId: 'ann', clientId: 1, claims: [] }
  await createPostgresLog(database.pool).commitBatch([update])
  return document
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 50))

test('who is over their share waits, and nobody else does', async () => {
  // A clock that stands still earns nothing back: what is over the burst waits for good.
  let nowMs = 1_000
  const { device } = await start({ workBurstMs: 15 }, { workMs: () => nowMs, monotonicMs: () => nowMs })
  const document = newDocumentName()
  const ann = await device(newDocumentName()).sync('ann')
  const hogs = await Promise.all([1, 2, 3].map(() => device(document).sync('hog')))
  for (let n = 0; n < 30; n++) for (const hog of hogs) addEntry(hog.doc, `hog ${n}`)
  addEntry(ann.doc, 'mine')
  await ann.until(() => ann.statuses.length === 2)
  const done = () => hogs.reduce((sum, { statuses }) => sum + statuses.length, 0)
  for (let seen = -1, quiet = 0; quiet < 10; ) {
    quiet = done() === seen ? quiet + 1 : 0
    seen = done()
    await settle()
  }
  expect(done()).toBeLessThan(60)
  const timer = setInterval(() => {
    nowMs += 20
  }, 1)
  await Promise.all(hogs.map((hog) => hog.until(() => hog.statuses.length === 31)))
  clearInterval(timer)
  expect(hogs.flatMap(({ closes }) => closes)).toEqual([])
})

test('presence is handed on a few times a second, however often somebody sends theirs', async () => {
  const { device } = await start({ presenceEveryMs: 60_000 })
  const document = newDocumentName()
  const [ann, ben] = [await device(document).sync('ann'), await device(document).sync('ben')]
  const heard = ben.awareness.length
  const awareness = new Awareness(new Y.Doc())
  for (let n = 0; n < 50; n++) {
    awareness.setLocalState({ at: n })
    const update = encodeAwarenessUpdate(awareness, [awareness.clientID])
    ann.sendFrame(1, (encoder) => encoding.writeVarUint8Array(encoder, update))
  }
  awareness.destroy()
  addEntry(ann.doc, 'after')
  await ann.until(() => ann.statuses.length === 2)
  await settle()
  expect(ben.awareness.length - heard).toBe(1)
})

test('sockets that never read hold little, and their person still reads on another', async () => {
  const document = await documentOf(3_000_000)
  const { device, sync } = await start({ maxBufferedBytes: 100_000, userBufferedBytes: 5_000_000 })
  const ann = await device(document).sync('ann')
  const still: Device[] = []
  for (let n = 0; n < 12; n++) {
    const reader = device(document)
    still.push(reader)
    reader.answersHandshake = false
    await reader.opened()
    reader.authenticate('hog')
    await reader.until(() => reader.isAuthenticated)
    reader.socket.pause()
    for (let ask = 0; ask < 3; ask++) reader.stepOne()
  }
  await settle()
  const most = sync.stats().outgoingBytes
  expect(most).toBeGreaterThan(0)
  expect(most).toBeLessThan(5_000_000 + 2 * 3_100_000)
  addEntry(ann.doc, 'mine')
  await ann.until(() => ann.statuses.length === 2)
  for (const reader of still.slice(1)) reader.socket.terminate()
  still[0]?.socket.resume()
  await still[0]?.until(() => (still[0]?.heardUpdates ?? 0) > 0)
  expect(titles(still[0]?.doc ?? new Y.Doc()).length).toBeGreaterThanOrEqual(3_000)
})

test('a reader that takes nothing for a while is dropped', async () => {
  let nowMs = 1_000
  const document = await documentOf(12_000_000)
  const { device, sync } = await start({ stalledReaderMs: 1_000, workBurstMs: 60_000 }, { monotonicMs: () => nowMs })
  const reader = device(document)
  reader.answersHandshake = false
  await reader.opened()
  reader.authenticate('ann')
  await reader.until(() => reader.isAuthenticated)
  reader.socket.pause()
  reader.stepOne()
  while (sync.stats().outgoingBytes === 0) await new Promise((resolve) => setImmediate(resolve))
  await settle()
  while (sync.stats().connections > 0) {
    nowMs += 500
    await settle()
  }
  expect([sync.stats().dropped, sync.stats().outgoingBytes]).toEqual([{ slow: 1 }, 0])
})

test('one person has so many sockets, and the next one is told', async () => {
  const { device } = await start({ userSockets: 3 })
  const document = newDocumentName()
  const devices = [1, 2, 3].map(() => device(document))
  for (const each of devices) await each.sync('ann')
  await expect(device(document).sync('ann')).rejects.toThrow(/refused:rate-limited|4429/)
  await device(document).sync('ben')
  await devices[0]?.close()
  await device(document).sync('ann')
})

test('one person has so many documents open, on whichever sockets', async () => {
  const { device } = await start({ userDocuments: 2 })
  for (let n = 0; n < 2; n++) await device(newDocumentName()).sync('ann')
  const third = device(newDocumentName())
  await expect(third.sync('ann')).rejects.toThrow('refused:rate-limited')
})

test('of too many sockets of an address that show no token one that says nothing is closed', async () => {
  const { device } = await start({ addressSockets: 3 })
  const silent = [1, 2, 3].map(() => device(newDocumentName()))
  for (const each of silent) await each.opened()
  const ann = await device(newDocumentName()).sync('ann')
  await silent[0]?.until(() => silent[0]?.closeCode !== null)
  expect(silent.map(({ closeCode }) => closeCode)).toEqual([4429, null, null])
  expect(ann.closeCode).toBeNull()
})

/** The beginning of a frame of so many bytes, which never ends. */
function sendPart(device: Device, bytes: number): void {
  device.socket.send(new Uint8Array(bytes), { fin: false })
}

test('frames that are never whole hold little: of a stranger, of a person, whatever their sockets', async () => {
  const { device, sync } = await start({ unauthenticatedBytes: 50_000, userIncomingBytes: 1_000_000 })
  const stranger = device(newDocumentName())
  await stranger.opened()
  sendPart(stranger, 60_000)
  await stranger.until(() => stranger.closeCode !== null)
  const ann = await device(newDocumentName()).sync('ann')
  const hogs = await Promise.all([1, 2, 3].map(() => device(newDocumentName()).sync('hog')))
  for (const hog of hogs) sendPart(hog, 400_000)
  while (sync.stats().dropped['rate-limited'] !== 2) await settle()
  expect(hogs.filter(({ closeCode }) => closeCode !== null)).toHaveLength(1)
  const waiting = sync.stats().incomingBytes
  expect(waiting).toBeGreaterThan(600_000)
  expect(waiting).toBeLessThan(1_000_000)
  addEntry(ann.doc, 'mine')
  await ann.until(() => ann.statuses.length === 2)
})

test('pings count as frames', async () => {
  const { device } = await start({ connectionFrames: 20 })
  const hog = await device(newDocumentName()).sync('hog')
  for (let n = 0; n < 20; n++) hog.socket.ping()
  await hog.until(() => hog.closeCode !== null)
  expect(hog.closeCode).toBe(4429)
})
