import { newId, type QuestId } from '@questlog/shared/domain/kernel/ids'
import { beforeEach, expect, test } from 'vitest'
import { createLogger } from '../process/logging.ts'
import { StartError } from '../process/start-error.ts'
import type { RunningStore } from '../read-model/testing/start-store.ts'
import { useStoreDatabase } from '../read-model/testing/use-store.ts'
import { addEntry, titles } from '../sync/testing/entries.ts'
import { type DocumentCipher, type DocumentKey, plainStorage } from './document-cipher.ts'
import { openDocumentCipher, resealDocuments } from './document-keys.ts'
import { createLogExaminer } from './set-aside/log-examiner.ts'

const logger = createLogger('silent')
const keyOf = (id: string, byte: number): DocumentKey => ({ id, secret: Buffer.alloc(32, byte) })
const first = keyOf('2025', 1)
const second = keyOf('2026', 2)

const database = useStoreDatabase()
let workspaceId: string

beforeEach(async () => {
  workspaceId = await database.newWorkspace()
})

/** Runs a server on the log, writes a quest by socket and one through the store, and answers what a new device sees. */
async function writeOnServer(cipher: DocumentCipher, titleOf: string): Promise<readonly unknown[]> {
  const server = await database.start({ cipher, limits: { compactAfterUpdates: 2 } })
  try {
    const device = await server.sync.device(`w:${workspaceId}:1`).sync(database.userId)
    addEntry(device.doc, `${titleOf} by socket`)
    await device.until(() => device.statuses.length === 2)
    await writeInStore(server, `${titleOf} by store`)
    await device.until(() => titles(device.doc).includes(`${titleOf} by store`))
    const newDevice = await server.sync.device(`w:${workspaceId}:1`).sync(database.userId)
    return titles(newDevice.doc).toSorted()
  } finally {
    await server.stop()
  }
}

async function writeInStore({ store }: RunningStore, title: string): Promise<void> {
  const written = await store.write({
    workspaceIds: [workspaceId],
    userId: database.userId,
    run: async (drafts) => drafts.get(workspaceId).dispatch({ kind: 'createQuest', id: newId<QuestId>(), title }),
  })
  expect(written.ok).toBe(true)
}

interface Stored {
  readonly bytes: Buffer
  readonly key_id: string | null
}

async function stored(): Promise<readonly Stored[]> {
  const { rows } = await database.pool.query<Stored>(
    'select bytes, key_id from doc_updates union all select bytes, key_id from doc_snapshots',
  )
  return rows
}

const readable = (rows: readonly Stored[]) => rows.filter((row) => row.bytes.includes('by s')).length
const keysOf = (rows: readonly Stored[]) => [...new Set(rows.map((row) => row.key_id))]
const open = (...keys: readonly DocumentKey[]) => openDocumentCipher(database.pool, keys)
const examinerOf = (cipher: DocumentCipher) =>
  createLogExaminer({ pool: database.pool, cipher, logger, onRevised: () => undefined })
const reseal = (cipher: DocumentCipher) =>
  resealDocuments(
    { pool: database.pool, cipher, logger, examine: examinerOf(cipher).examine },
    new AbortController().signal,
  )

test('with a key, nothing that sockets, REST or compaction store of a document can be read without it', async () => {
  expect(await writeOnServer(await open(first), 'one')).toEqual(['one by socket', 'one by store'])
  const rows = await stored()
  expect({ readable: readable(rows), keys: keysOf(rows) }).toEqual({ readable: 0, keys: ['2025'] })
})

test('a new key seals from now on, takes over what older ones and none sealed, and then the old ones can go', async () => {
  await writeOnServer(plainStorage, 'one')
  expect(readable(await stored())).toBeGreaterThan(0)
  await writeOnServer(await open(first), 'two')
  const rotated = await open(second, first)
  const all = ['one by socket', 'one by store', 'two by socket', 'two by store']
  expect(await writeOnServer(rotated, 'three')).toEqual([...all, 'three by socket', 'three by store'].toSorted())
  expect(keysOf(await stored()).length).toBe(3)

  await reseal(rotated)
  const rows = await stored()
  expect({ readable: readable(rows), keys: keysOf(rows) }).toEqual({ readable: 0, keys: ['2026'] })
  const seen = await writeOnServer(await open(second), 'four')
  expect(seen).toEqual([...all, 'three by socket', 'three by store', 'four by socket', 'four by store'].toSorted())
})

test('a server whose keys do not open the log does not start, and names the key', async () => {
  await open(first)
  await expect(open()).rejects.toThrow(StartError)
  await expect(open(second)).rejects.toThrow('encrypted with the key 2025')
  await expect(open(keyOf('2025', 9))).rejects.toThrow('The key 2025 in DOCUMENT_KEYS is not the one')
  expect((await open(second, first)).keyId).toBe('2026')
})

test('a pass that is stopped forgets no key', async () => {
  await writeOnServer(await open(first), 'one')
  const rotated = await open(second, first)
  await resealDocuments(
    { pool: database.pool, cipher: rotated, logger, examine: examinerOf(rotated).examine },
    AbortSignal.abort(),
  )
  await expect(open(second)).rejects.toThrow('encrypted with the key 2025')
})

test('a pass that is stopped ends after the row it is at', async () => {
  await writeOnServer(await open(first), 'one')
  const rotated = await open(second, first)
  const stopping = new AbortController()
  const cipher: DocumentCipher = {
    ...rotated,
    keyId: rotated.keyId,
    seal(context, bytes) {
      stopping.abort()
      return rotated.seal(context, bytes)
    },
  }
  const { examine } = examinerOf(rotated)
  await resealDocuments({ pool: database.pool, cipher, logger, examine }, stopping.signal)
  expect((await stored()).filter((row) => row.key_id === '2026')).toHaveLength(1)
})

test('a row that does not open is set aside: all else gets the new key, and the old one stays known for it', async () => {
  await writeOnServer(await open(first), 'one')
  await database.pool.query("update doc_updates set bytes = bytes || '\\x00' where seq = 1")
  await reseal(await open(second, first))
  expect(keysOf(await stored())).toEqual(['2026'])
  const aside = await database.pool.query('select seq, reason, key_id from doc_set_aside')
  expect(aside.rows).toEqual([{ seq: '1', reason: 'damaged', key_id: '2025' }])
  await expect(open(second)).rejects.toThrow('encrypted with the key 2025')
})
