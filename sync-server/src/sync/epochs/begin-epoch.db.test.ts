import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { openQueries } from '../../db/tables.ts'
import { appendInTransaction } from '../../log/append-transaction.ts'
import { deleteDocuments } from '../../log/delete-documents.ts'
import { createDocumentCipher, plainStorage } from '../../log/document-cipher.ts'
import { ENDED_SEQ } from '../../log/ended-epochs.ts'
import { createPostgresLog } from '../../log/postgres-log.ts'
import { useDatabase } from '../../testing/use-database.ts'
import { createCompactor } from '../compaction/compactor.ts'
import { defaultSyncLimits } from '../limits/sync-limits.ts'
import { addEntry, titles } from '../testing/entries.ts'
import { newDocumentName } from '../testing/start-sync.ts'
import { beginEpoch, type EpochChange } from './begin-epoch.ts'

const database = useDatabase()
let document: string
let next: string
let doc: Y.Doc

beforeEach(async () => {
  document = newDocumentName()
  next = document.replace(/1$/, '2')
  doc = new Y.Doc()
  await append('First')
})

async function append(title: string) {
  addEntry(doc, title)
  const bytes = Y.encodeStateAsUpdate(doc)
  return createPostgresLog(database.pool).commitBatch([{ document, bytes, userId: 'ann', clientId: null, claims: [] }])
}

function change(head: number, title = 'First'): EpochChange {
  const fresh = new Y.Doc()
  addEntry(fresh, title)
  const begun = Y.encodeStateAsUpdate(fresh)
  return { document, head, revision: 0, next, nextEpoch: 2, begun, begunClientIds: [fresh.clientID] }
}

function begin(asked: EpochChange, cipher = plainStorage, faultPoint = () => {}) {
  return beginEpoch({ pool: database.pool, cipher, faultPoint }, asked)
}

async function rows(text: string): Promise<readonly unknown[]> {
  return (await database.pool.query(text)).rows
}

test('an epoch ends at the head that the next one was made from, and the next one is the server’s', async () => {
  const asked = change(1)
  expect(await begin(asked)).toBe(true)
  expect(await rows('select doc, seq, final_seq, snapshot_seq, epoch from doc_heads order by epoch')).toEqual([
    { doc: document, seq: '1', final_seq: '1', snapshot_seq: '1', epoch: 1 },
    { doc: next, seq: '1', final_seq: null, snapshot_seq: '0', epoch: 2 },
  ])
  expect(await rows(`select doc, client_id, user_id from doc_clients`)).toEqual([
    { doc: next, client_id: `${asked.begunClientIds[0]}`, user_id: 'server' },
  ])
  const { head, tail } = await createPostgresLog(database.pool).load(next)
  expect([head, tail.length]).toEqual([1, 1])
  const heads = await createPostgresLog(database.pool).heads([document, next])
  expect(heads).toEqual(
    new Map([
      [document, ENDED_SEQ],
      [next, 1],
    ]),
  )
})

describe('nothing is appended to an epoch that is over', () => {
  beforeEach(() => begin(change(1)))

  test('by devices, whose other documents are committed all the same', async () => {
    const other = newDocumentName()
    const update = { bytes: Uint8Array.of(0, 0), userId: 'ann', clientId: null, claims: [] }
    const log = createPostgresLog(database.pool)
    expect(await log.commitBatch([{ ...update, document }])).toEqual([{ kind: 'old-epoch' }])
    expect(await log.commitBatch([{ ...update, document: other }])).toEqual([{ kind: 'committed', seq: 1 }])
  })

  test('by a writer inside the server', async () => {
    const update = { document, after: 1, bytes: Uint8Array.of(0, 0), userId: 'ann', clientId: 7 }
    const outcome = await openQueries(database.pool)
      .transaction()
      .execute((transaction) => appendInTransaction(transaction, [update]))
    expect(outcome).toEqual({ ok: false, error: 'moved' })
  })

  test('by a writer that decided before it ended, and waits for its lock', async () => {
    // A fresh document, since the epoch of the other is over.
    document = newDocumentName()
    next = document.replace(/1$/, '2')
    await append('Second')
    const holder = await database.pool.connect()
    await holder.query('begin')
    await holder.query('select from doc_heads where doc = $1 for update', [document])
    const ending = begin(change(1))
    await waitForLocks(1)
    const update = { document, after: 1, bytes: Uint8Array.of(0, 0), userId: 'ann', clientId: 7 }
    const writer = openQueries(database.pool)
      .transaction()
      .execute((transaction) => appendInTransaction(transaction, [update]))
    const device = append('Third')
    await waitForLocks(3)
    await holder.query('commit')
    holder.release()
    expect([await ending, await writer, await device]).toEqual([
      true,
      { ok: false, error: 'moved' },
      [{ kind: 'old-epoch' }],
    ])
  })

  test('and a compaction leaves it as it is', async () => {
    const before = await rows('select doc, seq, snapshot_seq from doc_heads order by doc')
    const limits = { ...defaultSyncLimits, compactAfterUpdates: 0, keepLogMs: 0 }
    const log = createPostgresLog(database.pool)
    const deps = { examine: async () => false, logger: pino({ level: 'silent' }), faultPoint: () => undefined }
    const compactor = createCompactor({ ...deps, log, limits })
    compactor.compact(document, 0)
    await compactor.drain()
    expect(await rows('select doc, seq, snapshot_seq from doc_heads order by doc')).toEqual(before)
  })
})

/** Resolves when so many statements wait for a lock. */
async function waitForLocks(count: number): Promise<void> {
  for (;;) {
    const { rowCount } = await database.pool.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    )
    if ((rowCount ?? 0) >= count) return
  }
}

test('where somebody has appended since, nothing is done', async () => {
  const asked = change(1)
  await append('Second')
  expect(await begin(asked)).toBe(false)
  expect(await rows('select doc, seq, final_seq from doc_heads')).toEqual([
    { doc: document, seq: '2', final_seq: null },
  ])
  expect(await rows(`select from doc_updates where doc = '${next}'`)).toEqual([])
})

test('of two processes that begin one epoch, one does', async () => {
  const both = await Promise.all([begin(change(1, 'One')), begin(change(1, 'Two'))])
  expect(both.toSorted()).toEqual([false, true])
  const { tail } = await createPostgresLog(database.pool).load(next)
  const begun = new Y.Doc()
  for (const { bytes } of tail) Y.applyUpdate(begun, bytes)
  expect(titles(begun)).toEqual([both[0] ? 'One' : 'Two'])
})

test.each([0, 1])('what fails on pass %i, before the commit, leaves the epoch going on', async (fails) => {
  let passed = 0
  const failing = begin(change(1), plainStorage, () => {
    if (passed++ === fails) throw new Error('the process ends here')
  })
  await expect(failing).rejects.toThrow('ends here')
  expect(await append('Second')).toEqual([{ kind: 'committed', seq: 2 }])
  expect(await begin(change(2))).toBe(true)
})

test('a sealed document begins sealed under its new name', async () => {
  const cipher = createDocumentCipher([{ id: 'key', secret: randomBytes(32) }])
  const asked = change(1)
  expect(await begin(asked, cipher)).toBe(true)
  const { tail } = await createPostgresLog(database.pool, cipher).load(next)
  expect(tail.map(({ bytes }) => Buffer.from(bytes))).toEqual([Buffer.from(asked.begun)])
  const [stored] = (await database.pool.query('select bytes, key_id from doc_updates where doc = $1', [next])).rows
  expect([stored.key_id, stored.bytes.equals(Buffer.from(asked.begun))]).toEqual(['key', false])
})

test('a workspace that is deleted while its epoch ends is deleted in the next one too', async () => {
  const holder = await database.pool.connect()
  await holder.query('begin')
  await holder.query('select from doc_heads where doc = $1 for update', [document])
  const ending = begin(change(1))
  await waitForLocks(1)
  const id = document.split(':')[1] ?? ''
  const deleting = openQueries(database.pool)
    .transaction()
    .execute((transaction) => deleteDocuments(transaction, [{ kind: 'workspace', id }]))
  await waitForLocks(2)
  await holder.query('commit')
  holder.release()
  expect([await ending, (await deleting).toSorted()]).toEqual([true, [document, next]])
  expect(await rows('select from doc_updates')).toEqual([])
})
