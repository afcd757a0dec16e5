import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createPostgresLog } from '../../log/postgres-log.ts'
import { EMPTY_DOCUMENT, heapOfUpdate } from '../../log/updates/document-heap.ts'
import { addEntry, titles } from '../testing/entries.ts'
import { newDocumentName } from '../testing/start-sync.ts'
import { useSyncDatabase } from '../testing/use-sync.ts'
import type { SyncLimits } from './sync-limits.ts'

const database = useSyncDatabase('file')

const start = (limits: Partial<SyncLimits>) => database.start({ limits })

/** As many entries as small as they get, as a client writes them. */
function tinyEntries(count: number): Uint8Array {
  const doc = new Y.Doc()
  doc.getArray('quests').push(Array.from({ length: count }, (_, n) => [`q${n}`, n + 1, { title: '' }]))
  return Y.encodeStateAsUpdate(doc)
}

const ENTRIES = tinyEntries(4_000)
/** What a document of them takes. */
const TAKEN = EMPTY_DOCUMENT + heapOfUpdate(ENTRIES)

/** A document of tiny entries in the log. */
async function written(): Promise<string> {
  const document = newDocumentName()
  const update = { document, bytes: ENTRIES, userId: 'ann', clientId: 1, claims: [] }
  await createPostgresLog(database.pool).commitBatch([update])
  return document
}

test('documents that are opened at once are counted before they are loaded, by what they take in memory', async () => {
  const { device, memory, sync } = await start({ openDocumentBytes: 5 * TAKEN })
  const documents = await Promise.all(Array.from({ length: 16 }, written))
  let most = 0
  const watch = setInterval(() => {
    most = Math.max(most, memory.usedBytes)
  }, 0)
  const opened = await Promise.allSettled(documents.map((document) => device(document).sync('ann')))
  clearInterval(watch)
  const reasons = opened.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []))
  expect(sync.stats().documents).toBe(5)
  expect(most).toBeLessThanOrEqual(5 * TAKEN)
  expect(new Set(reasons)).toEqual(new Set(['Error: not synced: retry:busy']))
})

test('a person who keeps many documents open gives way to somebody who needs one', async () => {
  const { device, payers, sync } = await start({ openDocumentBytes: 5.5 * TAKEN })
  const hogs = []
  for (let n = 0; n < 5; n++) {
    const document = await written()
    payers.set(document, 'hog')
    hogs.push(await device(document).sync('hog'))
  }
  const own = await written()
  payers.set(own, 'ann')
  const ann = await device(own).sync('ann')
  addEntry(ann.doc, 'mine')
  await ann.until(() => ann.statuses.length === 2)
  expect(titles(ann.doc)).toContain('mine')
  expect(hogs.flatMap(({ closes }) => closes)).toEqual(['retry:busy'])
  expect(sync.stats().documents).toBe(5)

  // The one who was closed comes back, and gets nothing of hers.
  await expect(device(hogs.find(({ closes }) => closes.length > 0)?.document ?? '').sync('hog')).rejects.toThrow(
    'retry:busy',
  )
  expect(ann.closes).toEqual([])
})

test('a document that grows while it is open makes room for itself by the same rule', async () => {
  const { device, payers, memory } = await start({ openDocumentBytes: 5 * TAKEN })
  const own = await written()
  payers.set(own, 'ann')
  const ann = await device(own).sync('ann')
  const document = newDocumentName()
  payers.set(document, 'hog')
  const hog = await device(document).sync('hog')
  for (let n = 0; n < 5 && hog.closes.length === 0; n++) {
    const before = hog.statuses.length
    hog.sendUpdate(tinyEntries(4_000))
    await hog.until(() => hog.statuses.length > before || hog.closes.length > 0)
  }
  await hog.until(() => hog.closes.length > 0)
  expect([hog.closes, ann.closes]).toEqual([['retry:busy'], []])
  expect(memory.usedBytes).toBeLessThanOrEqual(5 * TAKEN)
})

test('a document is full by what it takes in memory, however few bytes that is on the wire', async () => {
  const { device } = await start({ documentHeapBytes: 3 * TAKEN })
  const ann = await device(newDocumentName()).sync('ann')
  for (let n = 0; n < 4 && ann.closes.length === 0; n++) {
    const before = ann.statuses.length
    ann.sendUpdate(tinyEntries(4_000))
    await ann.until(() => ann.statuses.length > before || ann.closes.length > 0)
  }
  expect([ann.closes, ann.statuses.length]).toEqual([['refused:workspace-full'], 1 + 3])
})

test('what was overridden takes no room once the log was compacted', async () => {
  const { device, sync, memory } = await start({ compactAfterUpdates: 40, keepLogMs: 0 })
  const ann = await device(newDocumentName()).sync('ann')
  const document = openQuestDocument(ann.doc, { now: Date.now })
  const title = 'x'.repeat(500)
  for (let n = 0; n < 39; n++) document.write([{ table: 'quests', id: 'q', patch: { title: `${n} ${title}` } }])
  await ann.until(() => ann.statuses.length === 40)
  const counted = memory.usedBytes - EMPTY_DOCUMENT
  document.write([{ table: 'quests', id: 'q', patch: { title } }])
  while (sync.stats().compactions === 0) await new Promise((resolve) => setImmediate(resolve))
  expect(memory.usedBytes - EMPTY_DOCUMENT).toBeLessThan(counted / 4)
})
