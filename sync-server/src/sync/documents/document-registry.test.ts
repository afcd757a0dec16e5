import { Document, Hocuspocus } from '@hocuspocus/server'
import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createInProcessBus } from '../../bus/in-process-bus.ts'
import { createCommitQueue } from '../../log/commit-queue.ts'
import { awaitedThreadLimits, createDocumentThread } from '../../log/thread/document-thread.ts'
import type { AppendOutcome, LoggedUpdate, UpdateLog } from '../../log/update-log.ts'
import { createMemoryBudget } from '../../memory/memory-budget.ts'
import type { Compactor } from '../compaction/compactor.ts'
import { defaultSyncLimits, type SyncLimits } from '../limits/sync-limits.ts'
import { addEntry, updateOf } from '../testing/entries.ts'
import { createDocumentRegistry, type DocumentRegistry } from './document-registry.ts'

const name = 'w:01ARZ3NDEKTSV4RRFFQ69G5FAV:1'
const otherName = 'w:01ARZ3NDEKTSV4RRFFQ69G5FAW:1'
let registry: DocumentRegistry

afterEach(() => registry.stop())

/** A registry over a log with one row a document, whose commits are answered by the test. */
function openRegistry(limits: Partial<SyncLimits> = {}) {
  const rows: LoggedUpdate[] = [{ seq: 1, bytes: updateOf((doc) => addEntry(doc, 'kept')) }]
  const commits: ((outcome: AppendOutcome) => void)[] = []
  const log = {
    load: async () => ({ head: 1, snapshotSeq: 0, snapshot: null, tail: rows.slice(0, 1), revision: 0 }),
    size: async () => rows[0]?.bytes.length ?? 0,
    owners: async () => new Map(),
    readTail: async (_document, afterSeq) => rows.filter(({ seq }) => seq > afterSeq),
    commitBatch: (updates) => new Promise((resolve) => commits.push((outcome) => resolve(updates.map(() => outcome)))),
  } satisfies Partial<UpdateLog> as unknown as UpdateLog
  registry = createDocumentRegistry({
    onClientIds: () => undefined,
    log,
    examine: async () => false,
    commits: createCommitQueue(
      log,
      () => undefined,
      () => performance.now(),
    ),
    compactor: {} as Compactor,
    memory: createMemoryBudget({ totalBytes: limits.openDocumentBytes ?? defaultSyncLimits.openDocumentBytes }),
    payerOf: async (document) => document,
    room: { admits: () => true, takeDisk: () => true },
    prover: { prove: async () => null },
    thread: createDocumentThread(awaitedThreadLimits),
    bus: createInProcessBus(),
    limits: { ...defaultSyncLimits, ...limits },
    logger: pino({ level: 'silent' }),
    now: Date.now,
    monotonicMs: () => performance.now(),
  })
  const hocuspocus = new Hocuspocus({ quiet: true })
  registry.attach(hocuspocus)
  const open = async (): Promise<Document> => {
    const doc = new Document(name)
    await registry.load(doc, () => true)
    hocuspocus.documents.set(name, doc)
    return doc
  }
  const write = async (doc: Document): Promise<void> => {
    const apply = (bytes: Uint8Array) => Y.applyUpdate(doc, bytes)
    const author = {
      userId: 'ann',
      canWrite: true,
      hasMore: false,
      apply,
      applyEarly: () => () => undefined,
      isAlone: () => false,
    }
    const bytes = updateOf((fresh) => addEntry(fresh, 'written'))
    registry
      .of(doc)
      ?.receive(author, bytes)
      .catch(() => undefined)
    while (commits.length === 0) await new Promise((resolve) => setImmediate(resolve))
    rows.push({ seq: 2, bytes })
  }
  return { commits, open, write }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}

test('a document that is still being opened is not unloaded to make room for the next one', async () => {
  openRegistry({ openDocumentBytes: 1 })
  const opening = new Document(name)
  await registry.load(opening, () => true)
  await expect(registry.load(new Document(otherName), () => true)).rejects.toMatchObject({ reason: 'retry:busy' })
  expect(registry.of(opening)).toBeDefined()
})

test('a document whose device left during a commit stays until it is committed, then makes room', async () => {
  const { commits, open, write } = openRegistry({ openDocumentBytes: 1 })
  const doc = await open()
  await write(doc)
  await expect(registry.load(new Document(otherName), () => true)).rejects.toMatchObject({ reason: 'retry:busy' })
  expect(registry.of(doc)).toBeDefined()
  commits[0]?.({ kind: 'committed', seq: 2 })
  await settle()
  await registry.load(new Document(otherName), () => true)
  expect(registry.of(doc)).toBeUndefined()
})

test('a document loaded again before the last commit of the one given up learns of that commit', async () => {
  const { commits, open, write } = openRegistry()
  const doc = await open()
  await write(doc)
  registry.of(doc)?.breakApart(null)
  const again = await open()
  expect(registry.of(again)?.head).toBe(1)
  commits[0]?.({ kind: 'committed', seq: 2 })
  await settle()
  expect(registry.of(again)?.head).toBe(2)
})

test('a document that is kept closed is given up, and opened by nobody until the work is done', async () => {
  const { open } = openRegistry()
  const doc = await open()
  await registry.whileClosed(name, async () => {
    expect(registry.of(doc)).toBeUndefined()
    await expect(open()).rejects.toMatchObject({ reason: 'retry:busy' })
    await registry.load(new Document(otherName), () => true)
  })
  expect(registry.of(await open())).toBeDefined()
})
