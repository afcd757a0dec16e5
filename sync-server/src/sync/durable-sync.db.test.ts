import { COMMITTED_MESSAGE } from '@questlog/shared/protocol/documents'
import { writeVarString } from 'lib0/encoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createPostgresLog } from '../log/postgres-log.ts'
import { messageKind } from './frames/frame-address.ts'
import { addEntry, overrideEntries, titles, updateOf } from './testing/entries.ts'
import { newDocumentName } from './testing/start-sync.ts'
import { useSync } from './testing/use-sync.ts'

const { database, server } = useSync()

async function loggedSeqs(document: string): Promise<readonly number[]> {
  const found = await database.pool.query('select seq from doc_updates where doc = $1 order by seq', [document])
  return found.rows.map((row) => Number(row.seq))
}

test('an acknowledged edit is in the log, the other device sees it, and its author gets no echo', async () => {
  const document = newDocumentName()
  const a = await server.device(document).sync('ann')
  const b = await server.device(document).sync('ann')

  addEntry(a.doc, 'Buy milk')
  await a.until(() => a.statuses.length === 2)
  await b.until(() => titles(b.doc).length === 1)

  expect(await loggedSeqs(document)).toEqual([1])
  expect(a.statuses).toEqual([true, true])
  expect(a.heardUpdates).toBe(1)
})

test('an edit is shown once to every other device; where it comes ahead of its commit, one notice follows', async () => {
  const document = newDocumentName()
  const a = await server.device(document).sync('ann')
  const tablet = await server.device(document).sync('ann')
  const notices = () => tablet.stateless.filter((message) => message === COMMITTED_MESSAGE).length
  for (const title of ['one', 'two']) addEntry(a.doc, title)
  await tablet.until(() => notices() === 2)
  expect([titles(tablet.doc).length, tablet.heardUpdates, a.heardUpdates]).toEqual([2, 3, 1])

  const bob = await server.device(document).sync('bob')
  for (const title of ['three', 'four']) addEntry(a.doc, title)
  await bob.until(() => titles(bob.doc).length === 4)
  await tablet.until(() => titles(tablet.doc).length === 4)
  expect([bob.heardUpdates, tablet.heardUpdates, a.heardUpdates, notices()]).toEqual([3, 5, 1, 2])
})

test('edits of many devices to one document are numbered without gaps', async () => {
  const document = newDocumentName()
  const devices = await Promise.all(Array.from({ length: 10 }, () => server.device(document).sync('ann')))
  for (let round = 0; round < 5; round++) for (const device of devices) addEntry(device.doc, `round ${round}`)
  await Promise.all(devices.map((device) => device.until(() => device.statuses.length === 6)))
  await Promise.all(devices.map((device) => device.until(() => titles(device.doc).length === 50)))
  expect(await loggedSeqs(document)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
})

test('a document is loaded from the log by the next process', async () => {
  const document = newDocumentName()
  const a = await server.device(document).sync('ann')
  addEntry(a.doc, 'One')
  addEntry(a.doc, 'Two')
  await a.until(() => a.statuses.length === 3)

  const second = await database.start()
  const b = await second.device(document).sync('ann')
  expect(titles(b.doc)).toEqual(['One', 'Two'])
})

test('an edit whose commit fails is not acknowledged, is undone in memory, and is taken when the device returns', async () => {
  const document = newDocumentName()
  const a = await server.device(document).sync('ann')
  const b = await server.device(document).sync('ann')
  addEntry(a.doc, 'before')
  await a.until(() => a.statuses.length === 2)

  await database.pool.query('alter table doc_updates rename to doc_updates_away')
  addEntry(a.doc, 'during the outage')
  await a.until(() => a.closes.length > 0)
  await b.until(() => b.closes.length > 0)
  expect(a.closes).toEqual(['retry:unavailable'])
  expect(a.statuses).toEqual([true, true])
  expect(server.sync.isHealthy()).toBe(false)
  await database.pool.query('alter table doc_updates_away rename to doc_updates')

  const fresh = await server.device(document).sync('cleo')
  expect(titles(fresh.doc)).toEqual(['before'])
  const again = await server.device(document, a.doc).sync('ann')
  await fresh.until(() => titles(fresh.doc).length === 2)
  expect(again.statuses).toEqual([true])
  expect(server.sync.isHealthy()).toBe(true)
})

test('a log that cannot be read is refused, and nothing blank is ever served or stored', async () => {
  const document = newDocumentName()
  const a = await server.device(document).sync('ann')
  addEntry(a.doc, 'precious')
  await a.until(() => a.statuses.length === 2)
  await database.pool.query('alter table doc_updates rename to doc_updates_away')

  const second = await database.start()
  await expect(second.device(document).sync('ann')).rejects.toThrow('retry:unavailable')
  expect(second.sync.stats().documents).toBe(0)
  await database.pool.query('alter table doc_updates_away rename to doc_updates')
  const fresh = await second.device(document).sync('ann')
  expect(titles(fresh.doc)).toEqual(['precious'])
  expect((await database.pool.query('select from doc_set_aside')).rowCount).toBe(0)
})

test('an edit whose row was damaged is set aside, and a device that still has it brings it back', async () => {
  const document = newDocumentName()
  const a = await server.device(document).sync('ann')
  addEntry(a.doc, 'precious')
  await a.until(() => a.statuses.length === 2)
  await database.pool.query("update doc_updates set bytes = '\\x0000'")

  const second = await database.start()
  const fresh = await second.device(document).sync('ann')
  expect(titles(fresh.doc)).toEqual([])
  await second.device(document, a.doc).sync('ann')
  await fresh.until(() => titles(fresh.doc).length === 1)
  expect(await loggedSeqs(document)).toEqual([1, 2])
})

test('an edit is shown to other users only after its commit, and to nobody whose handshake comes before it', async () => {
  const document = newDocumentName()
  const ann = await server.device(document).sync('ann')
  const bob = await server.device(document).sync('bob')
  addEntry(ann.doc, 'first')
  await ann.until(() => ann.statuses.length === 2)
  await bob.until(() => titles(bob.doc).length === 1)
  const release = await holdCommits(document)

  addEntry(ann.doc, 'uncommitted')
  const carl = server.device(document)
  const synced = carl.sync('carl')
  await carl.until(() => carl.stateless.length === 1)
  expect(titles(bob.doc)).toEqual(['first'])
  await release()

  await synced
  await bob.until(() => titles(bob.doc).length === 2)
  await carl.until(() => titles(carl.doc).length === 2)
})

/** Keeps commits of a document waiting until the returned function is called. */
async function holdCommits(document: string): Promise<() => Promise<void>> {
  const blocker = await database.pool.connect()
  await blocker.query('begin')
  await blocker.query('select * from doc_heads where doc = $1 for update', [document])
  return async () => {
    await blocker.query('commit')
    blocker.release()
  }
}

test('a handshake waits for the commit of what a device of one user was shown ahead of it', async () => {
  const document = newDocumentName()
  const ann = await server.device(document).sync('ann')
  const tablet = await server.device(document).sync('ann')
  addEntry(ann.doc, 'first')
  await ann.until(() => ann.statuses.length === 2)
  const release = await holdCommits(document)
  addEntry(ann.doc, 'ahead of its commit')
  await tablet.until(() => titles(tablet.doc).length === 2)

  const bob = server.device(document)
  const synced = bob.sync('bob')
  await bob.until(() => bob.stateless.length === 1)
  await server.device(newDocumentName()).sync('carl')
  expect([bob.heardUpdates, ann.statuses.length]).toEqual([0, 2])
  await release()
  await synced
  expect(titles(bob.doc)).toHaveLength(2)
})

test('who opened a document again hears no notice of a commit that came before', async () => {
  const document = newDocumentName()
  const ann = await server.device(document).sync('ann')
  const tablet = await server.device(document).sync('ann')
  addEntry(ann.doc, 'first')
  await tablet.until(() => tablet.stateless.includes(COMMITTED_MESSAGE))
  const release = await holdCommits(document)
  addEntry(ann.doc, 'ahead of its commit')
  await tablet.until(() => titles(tablet.doc).length === 2)
  tablet.sendFrame(messageKind.close, (encoder) => writeVarString(encoder, ''))
  await tablet.until(() => tablet.closes.length === 1)
  tablet.authenticate('ann')
  await tablet.until(() => tablet.stateless.length === 3)
  await release()
  await tablet.until(() => tablet.statuses.length === 2)
  expect(tablet.stateless.map((message) => JSON.parse(message).type)).toEqual(['hello', 'committed', 'hello'])
})

test('draining takes nothing that comes after it began, and answers what came before', async () => {
  const document = newDocumentName()
  const ann = await server.device(document).sync('ann')
  addEntry(ann.doc, 'first')
  await ann.until(() => ann.statuses.length === 2)
  const release = await holdCommits(document)
  addEntry(ann.doc, 'before')
  while (server.sync.stats().queuedBytes === 0) await new Promise((resolve) => setImmediate(resolve))
  const drained = server.sync.drain()
  addEntry(ann.doc, 'after')
  const late = server.device(document)
  await late.until(() => late.closeCode !== null)
  await release()
  await drained
  await ann.until(() => ann.closeCode !== null)
  expect([ann.statuses, await loggedSeqs(document)]).toEqual([
    [true, true, true],
    [1, 2],
  ])
})

test('what another writer appended is shown to open devices once it is announced', async () => {
  const document = newDocumentName()
  const a = await server.device(document).sync('ann')
  const bytes = updateOf((doc) => addEntry(doc, 'from REST'), 99)
  const [outcome] = await createPostgresLog(database.pool).commitBatch([
    { document, bytes, userId: 'ann', clientId: 99, claims: [99] },
  ])
  server.sync.announce(document, 1)
  await a.until(() => titles(a.doc).length === 1)
  expect(outcome).toEqual({ kind: 'committed', seq: 1 })
})

test('what another writer appended in many steps is shown as one', async () => {
  const document = newDocumentName()
  const a = await server.device(document).sync('ann')
  const writer = new Y.Doc()
  const updates: Uint8Array[] = []
  writer.on('update', (update: Uint8Array) => updates.push(update))
  for (const title of ['one', 'two', 'three']) addEntry(writer, title)
  const from = { document, userId: 'ann', clientId: writer.clientID, claims: [writer.clientID] }
  await createPostgresLog(database.pool).commitBatch(updates.map((bytes) => ({ ...from, bytes })))
  server.sync.announce(document, 3)
  await a.until(() => titles(a.doc).length === 3)
  expect(a.heardUpdates).toBe(2)
})

test('draining answers what was sent, closes with 1001 and accepts nobody', async () => {
  const document = newDocumentName()
  const a = await server.device(document).sync('ann')
  addEntry(a.doc, 'last words')
  await a.until(() => a.statuses.length === 2)
  await server.sync.drain()
  await a.until(() => a.closeCode !== null)
  expect([a.closes, a.closeCode]).toEqual([['retry:draining'], 1001])

  const late = server.device(document)
  await late.until(() => late.closeCode !== null)
  expect(late.closeCode).toBe(1001)
  expect(server.sync.isHealthy()).toBe(false)
})

test('logs name documents and reasons, never contents or tokens', async () => {
  const document = newDocumentName()
  const a = await server.device(document).sync('ann/secret-family')
  a.sendUpdate(updateOf((doc) => doc.getArray('quests').push(['private title'])))
  await a.until(() => a.closes.length > 0)
  const log = server.logLines.join('')
  expect(log).toContain('refused:entry-shape')
  expect(log).not.toMatch(/private title|secret-family/)
})

test('the log and the devices hold the same document', async () => {
  const document = newDocumentName()
  const a = await server.device(document).sync('ann')
  for (let n = 0; n < 10; n++) addEntry(a.doc, `n${n}`)
  overrideEntries(a.doc, 2, 3)
  await a.until(() => a.statuses.length === 12)
  const found = await database.pool.query('select bytes from doc_updates where doc = $1 order by seq', [document])
  const replayed = new Y.Doc()
  for (const row of found.rows) Y.applyUpdate(replayed, row.bytes)
  expect(titles(replayed)).toEqual(titles(a.doc))
})
