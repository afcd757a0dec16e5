import { beforeEach, expect, test } from 'vitest'
import { newId } from '../../domain/kernel/ids.ts'
import type { LocalDocuments } from '../ports/local-documents.ts'
import { memoryCoordination } from '../testing/memory-coordination.ts'
import { memoryDocuments } from '../testing/memory-documents.ts'
import { type MemoryKeyValues, memoryKeyValues } from '../testing/memory-key-value.ts'
import { forgetLog, showLog } from './device-log-list.ts'
import { newLocalLog, openDeviceLogMemory } from './device-log-memory.ts'

const ana = { id: 'ana', email: 'ana@example.org', displayName: 'Ana' }
let device: MemoryKeyValues

beforeEach(() => {
  device = memoryKeyValues()
})

/** What a window of the device remembers. */
const openMemory = (documents: Partial<LocalDocuments> = {}) =>
  openDeviceLogMemory({
    memory: device.open(),
    coordination: memoryCoordination(),
    documents: { ...memoryDocuments(), ...documents },
  })

const counting = (unsavedChanges: number) => ({ ...newLocalLog(), owner: ana, unsavedChanges })

test('what is remembered of the logs is there at the next start', async () => {
  const log = counting(3)
  const logs = { shown: log.ref.documentName, logs: [log], removing: [] }
  openMemory().change(() => logs)
  expect(await openMemory().find()).toEqual(logs)
})

test('changes made in two tabs both stand', () => {
  const [here, there] = [openMemory(), openMemory()]
  const [first, second] = [newLocalLog(), newLocalLog()]
  here.change((list) => showLog(list, first.ref, null))
  there.change((list) => showLog(list, second.ref, ana))
  expect(here.change((list) => list).logs.map(({ ref }) => ref)).toEqual([first.ref, second.ref])
})

test('without room to remember in, a tab still knows its logs', () => {
  const memory = openMemory()
  const [first, second] = [newLocalLog(), newLocalLog()]
  memory.change((list) => showLog(list, first.ref, null))
  device.fill(true)
  memory.change((list) => showLog(list, second.ref, ana))
  expect(memory.change((list) => forgetLog(list, first.ref.documentName)).logs.map(({ ref }) => ref)).toEqual([
    second.ref,
  ])
})

test('a log whose count is not remembered is not taken for saved', async () => {
  const { unsavedChanges: _, ...log } = counting(0)
  device.open().write('questlog.logs', JSON.stringify({ shown: null, logs: [log] }))
  expect((await openMemory().find()).logs.map(({ unsavedChanges }) => unsavedChanges)).toEqual([1])
})

test('logs that nothing remembers are found by their stores', async () => {
  const documentName = `w:${newId()}:1`
  const { logs, shown } = await openMemory({ names: async () => [documentName, 'another'] }).find()
  expect(logs.map(({ ref }) => ref.documentName)).toEqual([documentName])
  expect(shown).toBe(documentName)
})

test('the store of a removed log is deleted, at the next start where the page went away before it was', async () => {
  const [kept, gone] = [newLocalLog(), newLocalLog()]
  const stores = new Set([kept.ref.documentName, gone.ref.documentName])
  const memory = openMemory()
  for (const { ref } of [gone, kept]) memory.change((list) => showLog(list, ref, null))
  memory.change((list) => forgetLog(list, gone.ref.documentName))

  const later = openMemory({ remove: async (documentName) => void stores.delete(documentName) })
  expect((await later.find()).logs.map(({ ref }) => ref)).toEqual([kept.ref])
  await later.endRemovals()
  expect([...stores]).toEqual([kept.ref.documentName])
  await openMemory({ remove: () => Promise.reject(new Error('Nothing is left to delete')) }).endRemovals()
})

test('a store that cannot be deleted now keeps no other from it, is no log meanwhile, and is tried again', async () => {
  const [held, gone] = [newLocalLog(), newLocalLog()]
  const deleted: string[] = []
  const memory = openMemory({
    async remove(documentName) {
      if (documentName === held.ref.documentName) throw new Error('Another tab has it')
      deleted.push(documentName)
    },
  })
  for (const { ref } of [held, gone]) memory.change((list) => showLog(list, ref, null))
  for (const { ref } of [held, gone]) memory.change((list) => forgetLog(list, ref.documentName))
  await expect(memory.endRemovals()).rejects.toThrow('Another tab has it')
  expect(deleted).toEqual([gone.ref.documentName])

  const later = openMemory({
    names: async () => [held.ref.documentName],
    remove: async (documentName) => void deleted.push(documentName),
  })
  expect((await later.find()).logs.map(({ ref }) => ref.documentName)).not.toContain(held.ref.documentName)
  await later.endRemovals()
  expect(deleted).toEqual([gone.ref.documentName, held.ref.documentName])
})
