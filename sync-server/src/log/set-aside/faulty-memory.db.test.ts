import { pino } from 'pino'
import { beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createPostgresBus } from '../../bus/postgres-bus.ts'
import { badUpdates, documentKey, questUpdate, writeRows } from '../../sync/testing/bad-rows.ts'
import { addEntry, titles } from '../../sync/testing/entries.ts'
import { newDocumentName, type RunningSync, type StartSyncOptions } from '../../sync/testing/start-sync.ts'
import { useSyncDatabase } from '../../sync/testing/use-sync.ts'
import { createDocumentCipher, plainStorage } from '../document-cipher.ts'
import { createPostgresLog } from '../postgres-log.ts'
import { createLogExaminer } from './log-examiner.ts'

const logger = pino({ level: 'silent' })
const database = useSyncDatabase()
let document: string

beforeEach(() => {
  document = newDocumentName()
})

/** A server process that hears of others. */
async function start(options: Partial<StartSyncOptions> = {}): Promise<RunningSync> {
  const bus = await createPostgresBus({ connectionString: database.url, pool: database.pool, logger })
  database.stopLater({ stop: () => bus.close() })
  return database.start({ bus, ...options })
}

const rows = async (text: string) => (await database.pool.query(text)).rows
const setAside = () => rows('select kind, seq::int, reason from doc_set_aside order by kind, seq')
const write = (...updates: readonly Uint8Array[]) => writeRows(database.pool, document, updates)

async function putSnapshot(seq: number, bytes: Uint8Array, previous = 0): Promise<void> {
  const log = createPostgresLog(database.pool)
  await log.putSnapshot(document, seq, bytes)
  await log.adoptSnapshot(document, previous, seq)
}

function merged(...updates: readonly Uint8Array[]): Uint8Array {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return Y.encodeStateAsUpdate(doc)
}

for (const [name, updates] of Object.entries(badUpdates)) {
  test(`${name}, appended while the document is open, closes it once; then it is as if it were not there`, async () => {
    await write(questUpdate('a', 100))
    const server = await start()
    const device = await server.device(document).sync('ann')
    const seqs = await write(...updates, questUpdate('b', 101))
    server.sync.announce(document, seqs.at(-1) ?? 0)
    await device.until(() => device.closes.length > 0)
    const again = await server.device(document).sync('ann')
    expect(titles(again.doc)).toEqual(['a', 'b'])
    expect(await setAside()).toMatchObject([{ kind: 'update', seq: seqs.at(-2) }])
    addEntry(again.doc, 'c')
    await again.until(() => again.statuses.length === 2)
    expect(again.closes).toEqual([])
  })
}

test('what one process sets aside is gone from the memory of the other', async () => {
  await write(questUpdate('a', 100), questUpdate('b', 101))
  const one = await start()
  const held = await one.device(document).sync('ann')
  expect(titles(held.doc)).toEqual(['a', 'b'])
  await database.pool.query("update doc_updates set bytes = '\\x00' where seq = 1")
  const two = await start()
  expect(titles((await two.device(document).sync('ben')).doc)).toEqual(['b'])
  await held.until(() => held.closes.length > 0)
  expect(titles((await one.device(document).sync('carl')).doc)).toEqual(['b'])
})

test('a process that missed the news learns of it from the heads', async () => {
  await write(questUpdate('a', 100), questUpdate('b', 101))
  const one = await database.start({ limits: { headCheckMs: 20 } })
  const held = await one.device(document).sync('ann')
  await database.pool.query("update doc_updates set bytes = '\\x00' where seq = 1")
  const two = await database.start()
  await two.device(document).sync('ben')
  await held.until(() => held.closes.length > 0)
  expect(held.closes).toEqual(['retry:unavailable'])
})

for (const [what, damage, reason] of [
  ['another digest', "update doc_snapshots set bytes = bytes || '\\x00' where seq = 2", 'damaged'],
  ['no update', "update doc_snapshots set bytes = '\\x0107', sha256 = sha256('\\x0107') where seq = 2", 'malformed'],
  ['nothing', 'delete from doc_snapshots where seq = 2', 'missing'],
] as const) {
  test(`a snapshot with ${what} in it gives way to the one before and the updates since`, async () => {
    const updates = ['a', 'b', 'c'].map((id, index) => questUpdate(id, 100 + index))
    await write(...updates)
    await putSnapshot(1, merged(...updates.slice(0, 1)))
    await putSnapshot(2, merged(...updates.slice(0, 2)), 1)
    await database.pool.query('delete from doc_updates where seq = 1')
    await database.pool.query(damage)
    const server = await start()
    expect(titles((await server.device(document).sync('ann')).doc)).toEqual(['a', 'b', 'c'])
    expect(await setAside()).toEqual([{ kind: 'snapshot', seq: 2, reason }])
  })
}

test('of a snapshot whose updates are gone, everything that can be is served, and the rest is reported', async () => {
  const updates = ['a', 'b', 'c'].map((id, index) => questUpdate(id, 100 + index))
  await write(...updates)
  await putSnapshot(2, merged(...updates.slice(0, 2)))
  await database.pool.query('delete from doc_updates where seq = 1')
  await database.pool.query("update doc_snapshots set bytes = bytes || '\\x00'")
  const server = await start()
  expect(titles((await server.device(document).sync('ann')).doc)).toEqual(['b', 'c'])
  expect(await setAside()).toEqual([
    { kind: 'snapshot', seq: 2, reason: 'damaged' },
    { kind: 'update', seq: 1, reason: 'missing' },
  ])
})

test('what waits in an old snapshot is left out of the next one, and never goes out', async () => {
  const hole = badUpdates['deletions in a trailing hole']
  await write(questUpdate('a', 100), questUpdate('b', 101))
  await putSnapshot(1, merged(questUpdate('a', 100), ...hole))
  const server = await start()
  const device = await server.device(document).sync('ann')
  expect(titles(device.doc)).toEqual(['a', 'b'])
  expect(device.doc.store.pendingDs).toBeNull()
  expect(await setAside()).toEqual([{ kind: 'snapshot', seq: 1, reason: 'incomplete' }])
  expect(await rows('select snapshot_seq::int from doc_heads')).toEqual([{ snapshot_seq: 2 }])
})

test('edits that build on a row that is set aside wait with it', async () => {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const title of ['one', 'two', 'three']) addEntry(doc, title)
  await write(questUpdate('a', 100), ...updates, questUpdate('b', 101))
  await database.pool.query("update doc_updates set bytes = '\\x00' where seq = 2")
  const server = await start()
  expect(titles((await server.device(document).sync('ben')).doc)).toEqual(['a', 'b'])
  expect(await setAside()).toEqual([
    { kind: 'update', seq: 2, reason: 'damaged' },
    { kind: 'update', seq: 3, reason: 'incomplete' },
    { kind: 'update', seq: 4, reason: 'incomplete' },
  ])
})

test('a database that is away sets nothing aside, nor does a process that lacks a key others have', async () => {
  const sealed = createDocumentCipher([documentKey])
  await writeRows(database.pool, document, [questUpdate('a', 100)], sealed)
  await database.pool.query("insert into document_keys (id, probe) values ('k1', '\\x00')")
  const keyless = await start({ cipher: plainStorage })
  await expect(keyless.device(document).sync('ann')).rejects.toThrow('retry:unavailable')
  const server = await start({ cipher: sealed })
  const outage = await database.refuseConnections()
  await expect(server.device(document).sync('ann')).rejects.toThrow('retry:unavailable')
  await outage.end()
  expect(titles((await server.device(document).sync('ann')).doc)).toEqual(['a'])
  expect(await setAside()).toEqual([])
})

test('two processes that find the same at once set it aside once', async () => {
  const seqs = await write(questUpdate('a', 100), ...badUpdates['random bytes'])
  const examiners = [1, 2].map(() => createLogExaminer({ pool: database.pool, logger, onRevised: () => undefined }))
  const found = await Promise.all(examiners.map(({ examine }) => examine(document, null)))
  // The one that reads only after the other is done finds nothing left.
  expect(found).toContain(true)
  expect(await setAside()).toEqual([{ kind: 'update', seq: seqs[1], reason: 'malformed' }])
  expect(await rows('select revision from doc_heads')).toEqual([{ revision: 1 }])
  expect(await examiners[0]?.examine(document, null)).toBe(false)
  for (const examiner of examiners) await examiner.close()
})

test('a large log is judged in the thread, with the same answer', async () => {
  const large = updateWithText(200_000)
  const seqs = await write(large, ...badUpdates['text behind a collected struct'], questUpdate('b', 101))
  const server = await start()
  expect(titles((await server.device(document).sync('ann')).doc)).toContain('b')
  expect(await setAside()).toEqual([{ kind: 'update', seq: seqs[2], reason: 'throws' }])
})

function updateWithText(length: number): Uint8Array {
  const doc = new Y.Doc()
  doc.getArray('quests').push([['large', 1024, { title: 'x'.repeat(length) }]])
  return Y.encodeStateAsUpdate(doc)
}
