import type { RecordWrite } from '@questlog/shared/domain/kernel/record-write'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { backgroundThreadLimits, createDocumentThread, type DocumentThread } from '../log/thread/document-thread.ts'
import { Stopping } from '../process/stopping.ts'
import { inPieces } from './pause.ts'
import { type PlanTarget, writePlan } from './write-plan.ts'

let thread: DocumentThread
let stopping: AbortController
beforeAll(() => {
  thread = createDocumentThread(backgroundThreadLimits)
})
beforeEach(() => {
  stopping = new AbortController()
})
afterAll(() => thread.close())

/** Counts the turns that others have while some work is under way. */
async function turnsDuring(work: () => Promise<void>): Promise<number> {
  let turns = 0
  let isOver = false
  const count = () => {
    turns += 1
    if (!isOver) setImmediate(count)
  }
  setImmediate(count)
  await work()
  isOver = true
  return turns
}

/** A document that is written to as a draft is, and how much was written at once. */
function openTarget() {
  const doc = new Y.Doc()
  const document = openQuestDocument(doc, { now: Date.now })
  const parts: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => parts.push(update))
  const sizes: number[] = []
  const joined: Uint8Array[] = []
  const target: PlanTarget = {
    write(writes) {
      sizes.push(writes.length)
      document.write(writes)
    },
    setNotes(notes) {
      const written = [...notes]
      sizes.push(written.length)
      doc.transact(() => {
        for (const [id, text] of written) doc.getText(`note:${id}`).insert(0, text)
      })
    },
    async joinWritten(join) {
      joined.push(await join(parts.splice(0)))
    },
  }
  return { document, target, sizes, joined }
}

const deps = () => ({ thread, stopping: stopping.signal })
const titled = (id: string): RecordWrite => ({ table: 'tags', id, patch: { name: id } })
const planOf = (writes: readonly RecordWrite[]) => ({ writes, notes: new Map<string, string>(), tables: {} })

test('a long list is visited whole, and others have their turns meanwhile', async () => {
  const seen: number[] = []
  const items = Array.from({ length: 5_000 }, (_, index) => index)
  expect(await turnsDuring(() => inPieces(items, (item) => void seen.push(item)))).toBeGreaterThanOrEqual(10)
  expect(seen).toEqual(items)
})

test('a large plan is written in pieces, with turns for others between, and put together as one update elsewhere', async () => {
  const { document, target, sizes, joined } = openTarget()
  const writes = Array.from({ length: 2_200 }, (_, index) => titled(`t${index}`))
  const notes = new Map(Array.from({ length: 250 }, (_, index) => [`q${index}`, 'A note.']))
  const plan = { ...planOf(writes), notes }
  expect(await turnsDuring(() => writePlan(target, plan, deps()))).toBeGreaterThanOrEqual(8)
  expect(sizes).toEqual([500, 500, 500, 500, 200, 100, 100, 50])
  expect([...document.ids('tags')]).toHaveLength(2_200)
  const copy = new Y.Doc()
  for (const update of joined) Y.applyUpdate(copy, update)
  expect([joined.length, copy.getArray('tags').length]).toEqual([1, 2_200])
  expect(copy.getText('note:q249').toString()).toBe('A note.')
})

test('a record that is more than one entry holds is written as several, and is whole', async () => {
  const { document, target } = openTarget()
  const steps = Array.from({ length: 5_000 }, (_, index) => [`steps/k${index}/text`, 'x'.repeat(60)] as const)
  const patch = { title: 'Large', createdAt: 1, ...Object.fromEntries(steps) }
  await writePlan(target, planOf([{ table: 'quests', id: 'large', patch }]), deps())
  expect(document.record('quests', 'large')).toEqual(patch)
  expect(document.problems()).toEqual([])
})

test('a plan is not written on while the process stops', async () => {
  const { target, sizes } = openTarget()
  const writes = Array.from({ length: 2_200 }, (_, index) => titled(`t${index}`))
  const written = writePlan(target, planOf(writes), deps())
  stopping.abort(new Stopping())
  await expect(written).rejects.toThrow(Stopping)
  expect(sizes).toEqual([500])
})
