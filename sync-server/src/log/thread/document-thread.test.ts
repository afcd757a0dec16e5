import { afterEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { compactTask, compactUpdates } from '../../sync/compaction/compact-update.ts'
import { backgroundThreadLimits, createDocumentThread, type DocumentThread, ThreadFailure } from './document-thread.ts'

let thread: DocumentThread | undefined

afterEach(() => thread?.close())

function openThread(limits: Partial<typeof backgroundThreadLimits> = {}, stopping?: AbortSignal): DocumentThread {
  thread = createDocumentThread({ ...backgroundThreadLimits, ...limits }, stopping)
  return thread
}

function documentOf(entries: number): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = 1
  doc.getArray('quests').push(Array.from({ length: entries }, (_, n) => [`q${n}`, n * 1024, { title: `title ${n}` }]))
  return Y.encodeStateAsUpdate(doc)
}

/** Each of so many devices has written the first entry of an empty list: the next one is put behind all before it. */
function firstEntries(devices: number): Uint8Array[] {
  return Array.from({ length: devices }, (_, index) => {
    const doc = new Y.Doc()
    doc.clientID = index + 1
    doc.getArray('quests').push([index])
    return Y.encodeStateAsUpdate(doc)
  })
}

const reasonOf = (asked: Promise<unknown>) =>
  asked.then(
    () => 'answered',
    (error: unknown) => (error instanceof ThreadFailure ? error.reason : error),
  )

test('answers what the same function answers here, in the order asked', async () => {
  const open = openThread()
  const updates = [10, 1, 5].map(documentOf)
  const answers = await Promise.all(updates.map((update) => open.run(compactTask, [update])))
  expect(answers).toEqual(updates.map((update) => compactUpdates([update])))
})

test('takes a view of a larger buffer for what it shows, and leaves it whole', async () => {
  const update = documentOf(10)
  const page = new Uint8Array(1_000_000)
  page.set(update, 500)
  const view = page.subarray(500, 500 + update.length)
  expect((await openThread().run(compactTask, [view])).bytes).toEqual(update)
  expect(view).toEqual(update)
})

test('a task that throws, takes too long or too much memory fails alone: the next one is answered', {
  timeout: 120_000,
}, async () => {
  const open = openThread()
  expect(await reasonOf(open.run(compactTask, [new Uint8Array([255, 255])]))).toBe('threw')
  expect(await reasonOf(open.run(compactTask, [documentOf(10)]))).toBe('answered')
  await open.close()

  const hurried = openThread({ deadlineMs: 500 })
  const slow = hurried.run(compactTask, firstEntries(10_000))
  expect(await Promise.all([slow, hurried.run(compactTask, [documentOf(10)])].map(reasonOf))).toEqual([
    'overdue',
    'answered',
  ])
  await hurried.close()

  const cramped = openThread({ memoryMb: 24 })
  const large = cramped.run(compactTask, [documentOf(400_000)])
  const answers = [large, cramped.run(compactTask, [documentOf(10)])].map(reasonOf)
  expect(await Promise.all(answers)).toEqual(['out-of-memory', 'answered'])
})

test('turns away what would wait behind too many, and all that waits when it is closed', async () => {
  const open = openThread({ waiting: 1 })
  const asked = [1, 2, 3].map((entries) => reasonOf(open.run(compactTask, [documentOf(entries)])))
  await open.close()
  asked.push(reasonOf(open.run(compactTask, [documentOf(4)])))
  expect(await Promise.all(asked)).toEqual(['ended', 'ended', 'busy', 'ended'])
})

test('rejects all it was asked, and is asked later, with the reason for which the process stops', async () => {
  const stopping = new AbortController()
  const open = openThread({}, stopping.signal)
  const asked = [open.run(compactTask, firstEntries(10_000)), open.run(compactTask, [documentOf(1)])]
  const reason = new Error('the process stops')
  stopping.abort(reason)
  asked.push(open.run(compactTask, [documentOf(1)]))
  expect(await Promise.all(asked.map(reasonOf))).toEqual([reason, reason, reason])
})
