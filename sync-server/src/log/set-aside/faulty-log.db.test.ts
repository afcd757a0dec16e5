import { beforeEach, describe, expect, test } from 'vitest'
import { useStoreDatabase } from '../../read-model/testing/use-store.ts'
import { badUpdates, documentKey, questUpdate, writeRows, wrongCipher } from '../../sync/testing/bad-rows.ts'
import { titles } from '../../sync/testing/entries.ts'
import { createDocumentCipher } from '../document-cipher.ts'

const cipher = createDocumentCipher([documentKey])

const database = useStoreDatabase()
let workspaceId: string
let document: string

beforeEach(async () => {
  workspaceId = await database.newWorkspace()
  document = `w:${workspaceId}:1`
  await database.pool.query("insert into document_keys (id, probe) values ('k1', '\\x00')")
})

const start = (limits = {}) => database.start({ cipher, limits })

const rows = async (text: string) => (await database.pool.query(text)).rows
const setAside = () => rows('select kind, seq::int, reason from doc_set_aside order by kind, seq')
const listed = async () => (await rows('select id from quests order by id')).map(({ id }) => id)

/** What each kind of bad row looks like in the log: its updates, and which of them is set aside for which reason. */
const kinds: readonly (readonly [string, (seqs: readonly number[]) => unknown, () => Promise<readonly number[]>])[] = [
  ...Object.entries(badUpdates).map(
    ([name, updates]) =>
      [
        name,
        (seqs: readonly number[]) => [{ kind: 'update', seq: seqs.at(-1), reason: expectedReason(name) }],
        () => writeRows(database.pool, document, updates, cipher),
      ] as const,
  ),
  [
    'a row with another digest',
    (seqs) => [{ kind: 'update', seq: seqs[0], reason: 'damaged' }],
    async () => {
      const seqs = await writeRows(database.pool, document, [questUpdate('damaged', 21)], cipher)
      await database.pool.query("update doc_updates set bytes = bytes || '\\x00' where seq = $1", [seqs[0]])
      return seqs
    },
  ],
  [
    'a row under another key',
    (seqs) => [{ kind: 'update', seq: seqs[0], reason: 'undecryptable' }],
    () => writeRows(database.pool, document, [questUpdate('sealed', 22)], wrongCipher),
  ],
  [
    'a row that is gone',
    (seqs) => [{ kind: 'update', seq: seqs[0], reason: 'missing' }],
    async () => {
      const seqs = await writeRows(database.pool, document, [questUpdate('gone', 23)], cipher)
      await database.pool.query('delete from doc_updates where seq = $1', [seqs[0]])
      return seqs
    },
  ],
]

function expectedReason(name: string): string {
  if (name === 'random bytes') return 'malformed'
  return name.startsWith('text') ? 'throws' : 'incomplete'
}

const good = ['first', 'middle', 'last', 'after']
const places = { start: 0, middle: 2, end: 3 } as const

async function writeLog(place: keyof typeof places, bad: () => Promise<readonly number[]>): Promise<readonly number[]> {
  const write = (ids: readonly string[]) =>
    writeRows(
      database.pool,
      document,
      ids.map((id) => questUpdate(id, 100 + good.indexOf(id))),
      cipher,
    )
  await write(good.slice(0, places[place]))
  const seqs = await bad()
  await write(good.slice(places[place]))
  return seqs
}

describe.each(kinds)('%s', (_name, expected, bad) => {
  test.each(['start', 'middle', 'end'] as const)('at the %s of a log is set aside alone', async (place) => {
    const seqs = await writeLog(place, bad)
    const one = await start()
    const device = await one.sync.device(document).sync('ann')
    expect(titles(device.doc)).toEqual([...good].sort())
    expect(device.doc.store.pendingStructs ?? device.doc.store.pendingDs).toBeNull()
    expect(await setAside()).toEqual(expected(seqs))

    // Lists, another process and one after a restart say the same.
    await one.store.catchUp([workspaceId])
    expect(await listed()).toEqual([...good].sort())
    const two = await start()
    expect(titles((await two.sync.device(document).sync('ben')).doc)).toEqual([...good].sort())
    expect(await setAside()).toEqual(expected(seqs))
    expect(device.closes).toEqual([])
  })

  test('is set aside when a list reads it, before anybody opens the document', async () => {
    const seqs = await writeLog('middle', bad)
    const server = await start()
    await server.store.catchUp([workspaceId])
    expect(await listed()).toEqual([...good].sort())
    expect(await setAside()).toEqual(expected(seqs))
  })

  test('is left out of a snapshot, which loses nothing else, and its bytes outlive the trimming', async () => {
    const seqs = await writeLog('middle', bad)
    const stored = await rows(`select bytes from doc_updates where seq = ${seqs.at(-1)}`)
    const server = await start({ compactAfterUpdates: 1, keepLogMs: -60_000 })
    const device = await server.sync.device(document).sync('ann')
    device.doc.getArray('quests').push([['more', 1024, { title: 'more', createdAt: 1 }]])
    await device.until(() => device.statuses.length === 2)
    while (server.sync.sync.stats().compactions === 0) await new Promise((resolve) => setImmediate(resolve))
    expect(await rows('select 1 from doc_updates')).toEqual([])
    expect(await rows('select bytes from doc_set_aside')).toEqual(stored.length > 0 ? stored : [{ bytes: null }])

    const again = await start()
    const fresh = await again.sync.device(document).sync('ben')
    expect(titles(fresh.doc)).toEqual([...good, 'more'].sort())
  })
})

test('a row damaged behind a snapshot that holds it changes no list, and rows are rebuilt', async () => {
  await writeLog('end', async () => [])
  const server = await start({ compactAfterUpdates: 1 })
  await server.store.catchUp([workspaceId])
  server.sync.sync.announce(document, 4)
  while (server.sync.sync.stats().compactions === 0) await new Promise((resolve) => setImmediate(resolve))
  await database.pool.query("update doc_updates set bytes = bytes || '\\x00' where seq = 2")
  await server.store.rebuild(workspaceId)
  expect(await setAside()).toEqual([{ kind: 'update', seq: 2, reason: 'damaged' }])
  expect(await listed()).toEqual([...good].sort())
})
