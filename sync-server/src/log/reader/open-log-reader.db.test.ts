import { newId, type QuestId } from '@questlog/shared/domain/kernel/ids'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import type pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { openTestPool } from '../../testing/open-test-pool.ts'
import { useDatabase } from '../../testing/use-database.ts'
import { plainStorage } from '../document-cipher.ts'
import { openDocumentCipher } from '../document-keys.ts'
import { createPostgresLog } from '../postgres-log.ts'
import { openLogReader } from './open-log-reader.ts'

const database = useDatabase()
const WORKSPACE = '01ARZ3NDEKTSV4RRFFQ69G5FAV'
const DOCUMENT = `w:${WORKSPACE}:1`
const KEY = { id: 'k1', secret: Buffer.alloc(32, 7) }

const readers: pg.Pool[] = []
afterEach(async () => {
  for (const pool of readers.splice(0)) await pool.end()
})

/** A pool of somebody who may select from the log's tables, and nothing else. */
async function readerPool(): Promise<pg.Pool> {
  const role = `reader_${crypto.randomUUID().replaceAll('-', '')}`
  await database.pool.query(`create role ${role} login password 'reader'`)
  await database.pool.query(`grant select on doc_heads, doc_updates, doc_snapshots, document_keys to ${role}`)
  const url = new URL(database.url)
  url.username = role
  url.password = 'reader'
  const pool = openTestPool({ connectionString: url.href, max: 2 })
  readers.push(pool)
  return pool
}

/** Commits one update for each quest, with its notes; answers the quests' ids. */
async function writeQuests(titles: readonly string[], cipher = plainStorage): Promise<readonly QuestId[]> {
  const log = createPostgresLog(database.pool, cipher)
  const doc = new Y.Doc()
  const document = openQuestDocument(doc, { now: Date.now })
  const ids: QuestId[] = []
  for (const title of titles) {
    const before = Y.encodeStateVector(doc)
    const id = newId<QuestId>()
    ids.push(id)
    document.write([{ table: 'quests', id, patch: { title, createdAt: 1_000 } }])
    document.note(id).insert(0, `about ${title}`)
    const bytes = Y.encodeStateAsUpdate(doc, before)
    const [outcome] = await log.commitBatch([{ document: DOCUMENT, bytes, userId: 'ann', clientId: 1, claims: [] }])
    expect(outcome?.kind).toBe('committed')
  }
  document.destroy()
  return ids
}

test('a workspace is read as it stood at a recorded place, by somebody who may only read the log', async () => {
  const [first, second] = await writeQuests(['one', 'two'])
  const reader = await openLogReader({ pool: await readerPool(), keys: [] })
  const recorded = await reader.head(WORKSPACE)
  expect(recorded).toEqual({ epoch: 1, seq: 2 })
  await writeQuests(['three'])

  const then = await reader.read(WORKSPACE, { epoch: 1, seq: 2 })
  const before = await reader.read(WORKSPACE, { epoch: 1, seq: 1 })
  expect(then && [...then.ids('quests')].sort()).toEqual([first, second].sort())
  expect(then?.record('quests', second ?? '')).toMatchObject({ title: 'two' })
  expect(then?.note(second ?? '')).toBe('about two')
  expect(before && [...before.ids('quests')]).toEqual([first])
  then?.close()
  before?.close()
})

test('a place beyond the head, and one before what is kept, are told as not there', async () => {
  await writeQuests(['one', 'two', 'three'])
  const log = createPostgresLog(database.pool)
  const { snapshot, tail } = await log.load(DOCUMENT)
  const whole = Y.mergeUpdates([...(snapshot === null ? [] : [snapshot]), ...tail.map(({ bytes }) => bytes)])
  await log.putSnapshot(DOCUMENT, 3, whole)
  await log.adoptSnapshot(DOCUMENT, 0, 3)
  await log.trim(DOCUMENT, 3, 0)
  const reader = await openLogReader({ pool: await readerPool(), keys: [] })
  const read = async (seq: number) => {
    const found = await reader.read(WORKSPACE, { epoch: 1, seq })
    const count = found === null ? null : [...found.ids('quests')].length
    found?.close()
    return count
  }
  expect([await read(2), await read(3), await read(4)]).toEqual([null, 3, null])
})

test('nothing is there of a workspace that nobody wrote to', async () => {
  const reader = await openLogReader({ pool: await readerPool(), keys: [] })
  expect(await reader.head(WORKSPACE)).toBeNull()
})

test('an encrypted log is read with its key, and not opened without it or with another', async () => {
  const cipher = await openDocumentCipher(database.pool, [KEY])
  const [id] = await writeQuests(['secret'], cipher)
  const pool = await readerPool()
  const reader = await openLogReader({ pool, keys: [KEY] })
  const reading = await reader.read(WORKSPACE, { epoch: 1, seq: 1 })
  expect(reading?.record('quests', id ?? '')).toMatchObject({ title: 'secret' })
  reading?.close()
  await expect(openLogReader({ pool, keys: [] })).rejects.toThrow('encrypted with the key k1')
  await expect(openLogReader({ pool, keys: [{ ...KEY, secret: Buffer.alloc(32, 8) }] })).rejects.toThrow(
    'is not the one documents were encrypted with',
  )
})
