import { pino } from 'pino'
import { expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { createPostgresLog } from '../../log/postgres-log.ts'
import type { UpdateLog } from '../../log/update-log.ts'
import { Stopping } from '../../process/stopping.ts'
import { useDatabase } from '../../testing/use-database.ts'
import { defaultSyncLimits } from '../limits/sync-limits.ts'
import { titles } from '../testing/entries.ts'
import { createCompactor } from './compactor.ts'

const database = useDatabase()
const document = 'w:01ARZ3NDEKTSV4RRFFQ69G5FAV:1'

function compactorOf(keepLogMs = 0, faultPoint: () => void = () => undefined) {
  const log = createPostgresLog(database.pool)
  const limits = { ...defaultSyncLimits, compactAfterUpdates: 10, keepLogMs }
  return {
    log,
    compactor: createCompactor({
      log,
      examine: async () => false,
      limits,
      logger: pino({ level: 'silent' }),
      faultPoint,
    }),
  }
}

async function write(doc: Y.Doc, count: number, titleLength = 5): Promise<void> {
  const log = createPostgresLog(database.pool)
  const updates: Uint8Array[] = []
  const collect = (update: Uint8Array) => updates.push(update)
  doc.on('update', collect)
  for (let n = 0; n < count; n++) doc.getArray('quests').push([[`q${n}`, n * 1024, { title: 'x'.repeat(titleLength) }]])
  doc.off('update', collect)
  await log.commitBatch(
    updates.map((bytes) => ({ document, bytes, userId: 'ann', clientId: doc.clientID, claims: [] })),
  )
}

async function loaded(): Promise<{ doc: Y.Doc; snapshotSeq: number; tail: number }> {
  const { snapshot, snapshotSeq, tail } = await createPostgresLog(database.pool).load(document)
  const doc = new Y.Doc()
  if (snapshot) Y.applyUpdate(doc, snapshot)
  for (const update of tail) Y.applyUpdate(doc, update.bytes)
  return { doc, snapshotSeq, tail: tail.length }
}

test('a document that becomes due while a round ends is compacted, whenever that is', async () => {
  const log = createPostgresLog(database.pool)
  const asked: string[] = []
  let onLoaded = async () => undefined
  const compactor = createCompactor({
    log: {
      ...log,
      load(name) {
        asked.push(name)
        const answer = log.load(name)
        void answer.then(() => onLoaded())
        return answer
      },
    },
    examine: async () => false,
    limits: defaultSyncLimits,
    logger: pino({ level: 'silent' }),
    faultPoint: () => undefined,
  })
  for (let turns = 0; turns < 12; turns++) {
    onLoaded = async () => {
      onLoaded = async () => undefined
      for (let turn = 0; turn < turns; turn++) await null
      compactor.compact(`next ${turns}`)
    }
    compactor.compact(`first ${turns}`)
    await vi.waitFor(() => expect(asked).toContain(`next ${turns}`))
  }
  await compactor.drain()
})

for (const [size, titleLength] of [
  ['small', 5],
  ['large', 20_000],
] as const) {
  test(`a ${size} log becomes a verified snapshot, and loads the same`, async () => {
    const doc = new Y.Doc()
    await write(doc, 12, titleLength)
    const { compactor } = compactorOf()
    compactor.compact(document)
    while (compactor.compactions === 0) await new Promise((resolve) => setImmediate(resolve))
    await write(doc, 1)
    await compactor.drain()

    const after = await loaded()
    expect(titles(after.doc)).toEqual(titles(doc))
    expect([after.snapshotSeq, after.tail]).toEqual([12, 1])
    const rows = await database.pool.query('select seq from doc_updates')
    expect(rows.rows).toEqual([{ seq: '13' }])
  })
}

test('the log is kept for its days although a snapshot contains it', async () => {
  await write(new Y.Doc(), 12)
  const { compactor } = compactorOf(60_000)
  compactor.compact(document)
  while (compactor.compactions === 0) await new Promise((resolve) => setImmediate(resolve))
  const rows = await database.pool.query('select 1 from doc_updates')
  expect(rows.rowCount).toBe(12)
})

test('of two processes that compact one document, one stores and the other stops', async () => {
  const doc = new Y.Doc()
  await write(doc, 12)
  const processes = [compactorOf(), compactorOf()]
  for (const { compactor } of processes) compactor.compact(document)
  await Promise.all(processes.map(({ compactor }) => compactor.drain()))
  expect(processes.reduce((sum, { compactor }) => sum + compactor.compactions, 0)).toBe(1)
  expect(titles((await loaded()).doc)).toEqual(titles(doc))
})

for (const [where, passes, snapshotSeq] of [
  ['before a snapshot is verified', 0, 0],
  ['between the snapshot and the trim', 1, 12],
] as const) {
  test(`a crash ${where} loses nothing, and the next compaction succeeds`, async () => {
    const doc = new Y.Doc()
    await write(doc, 12)
    let passed = 0
    const { compactor } = compactorOf(0, () => {
      if (passed++ === passes) throw new Error('the process ends here')
    })
    compactor.compact(document)
    await compactor.drain()
    const after = await loaded()
    expect(after.snapshotSeq).toBe(snapshotSeq)
    expect(titles(after.doc)).toEqual(titles(doc))

    await write(doc, 12)
    const { compactor: next } = compactorOf()
    next.compact(document)
    while (next.compactions === 0) await new Promise((resolve) => setImmediate(resolve))
    await next.drain()
    const compacted = await loaded()
    expect([compacted.snapshotSeq, compacted.tail]).toEqual([24, 0])
    expect(titles(compacted.doc)).toEqual(titles(doc))
  })
}

test('a snapshot that reads back as something else is never loaded, and the log is kept', async () => {
  const doc = new Y.Doc()
  await write(doc, 12)
  const stored = createPostgresLog(database.pool)
  const log: UpdateLog = {
    ...stored,
    readSnapshot: async () => Y.encodeStateAsUpdate(new Y.Doc()),
  }
  const limits = { ...defaultSyncLimits, compactAfterUpdates: 10, keepLogMs: 0 }
  const deps = {
    log,
    examine: async () => false,
    limits,
    logger: pino({ level: 'silent' }),
    faultPoint: () => undefined,
  }
  const compactor = createCompactor(deps)
  compactor.compact(document)
  await compactor.drain()
  const after = await loaded()
  expect([after.snapshotSeq, after.tail]).toEqual([0, 12])
  expect(titles(after.doc)).toEqual(titles(doc))
})

test('a compaction that another one came before removes nothing', async () => {
  const doc = new Y.Doc()
  await write(doc, 6)
  const half = Y.encodeStateAsUpdate(doc)
  await write(doc, 6)
  const stored = createPostgresLog(database.pool)
  const log: UpdateLog = {
    ...stored,
    async putSnapshot(name, seq, bytes) {
      await stored.putSnapshot(name, seq, bytes)
      await stored.putSnapshot(name, 6, half)
      await stored.adoptSnapshot(name, 0, 6)
    },
  }
  const limits = { ...defaultSyncLimits, compactAfterUpdates: 10, keepLogMs: 0 }
  const compactor = createCompactor({
    log,
    examine: async () => false,
    limits,
    logger: pino({ level: 'silent' }),
    faultPoint: () => undefined,
  })
  compactor.compact(document)
  await compactor.drain()
  const after = await loaded()
  expect([after.snapshotSeq, after.tail, compactor.compactions]).toEqual([6, 6, 0])
  expect(titles(after.doc)).toEqual(titles(doc))
})

test('a compaction that takes long ends when the process stops; the log is kept, and nothing has failed', async () => {
  const doc = new Y.Doc()
  await write(doc, 12, 20_000)
  const stopping = new AbortController()
  const stored = createPostgresLog(database.pool)
  const logged: string[] = []
  const compactor = createCompactor({
    log: {
      ...stored,
      async load(name) {
        const loaded = await stored.load(name)
        setImmediate(() => stopping.abort(new Stopping()))
        return loaded
      },
    },
    examine: async () => false,
    limits: { ...defaultSyncLimits, compactAfterUpdates: 10, keepLogMs: 0 },
    logger: pino({ level: 'debug' }, { write: (line: string) => logged.push(line) }),
    faultPoint: () => undefined,
    stopping: stopping.signal,
  })
  compactor.compact(document)
  await compactor.drain()
  const after = await loaded()
  expect([after.snapshotSeq, after.tail, logged]).toEqual([0, 12, []])
})

test('a damaged row is never loaded as if it were whole', async () => {
  await write(new Y.Doc(), 3)
  await database.pool.query("update doc_updates set bytes = bytes || '\\x00' where seq = 2")
  await expect(loaded()).rejects.toThrow('is damaged at 2')
  await database.pool.query('delete from doc_updates where seq = 2')
  await expect(loaded()).rejects.toThrow('has a hole')
})
