import { Document, Hocuspocus } from '@hocuspocus/server'
import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { createInProcessBus } from '../bus/in-process-bus.ts'
import type { Compactor } from '../compaction/compactor.ts'
import { defaultSyncLimits } from '../limits/sync-limits.ts'
import { createCommitQueue } from '../log/commit-queue.ts'
import type { UpdateLog } from '../log/update-log.ts'
import { addEntry, updateOf } from '../testing/entries.ts'
import { createDocumentRegistry, type DocumentRegistry } from './document-registry.ts'

let registry: DocumentRegistry

afterEach(() => registry.stop())

test('a document that is still being opened is not unloaded to make room for the next one', async () => {
  const tail = [{ seq: 1, bytes: updateOf((doc) => addEntry(doc, 'kept')) }]
  const log = { load: async () => ({ head: 1, snapshotSeq: 0, snapshot: null, tail }) } as unknown as UpdateLog
  registry = createDocumentRegistry({
    log,
    commits: createCommitQueue(log, () => undefined, Date.now),
    compactor: {} as Compactor,
    bus: createInProcessBus(),
    limits: { ...defaultSyncLimits, openDocumentBytes: 1 },
    logger: pino({ level: 'silent' }),
    now: Date.now,
  })
  registry.attach(new Hocuspocus({ quiet: true }))
  const opening = new Document('w:01ARZ3NDEKTSV4RRFFQ69G5FAV:1')
  await registry.load(opening)
  const next = new Document('w:01ARZ3NDEKTSV4RRFFQ69G5FAW:1')
  await expect(registry.load(next)).rejects.toMatchObject({ reason: 'retry:busy' })
  expect(registry.of(opening)).toBeDefined()
})
