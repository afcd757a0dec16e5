import { newId } from '@questlog/shared/domain/kernel/ids'
import { beforeEach, expect, test, vi } from 'vitest'
import { forgetLog, showLog } from './device-log-list.ts'
import { newLocalLog, openDeviceLogMemory } from './device-logs.ts'

const ana = { id: 'ana', email: 'ana@example.org', displayName: 'Ana' }
let isFull = false

beforeEach(() => {
  const kept = new Map<string, string>()
  isFull = false
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem(key: string, value: string) {
      if (isFull) throw new DOMException('No room', 'QuotaExceededError')
      kept.set(key, value)
    },
  })
  vi.stubGlobal('indexedDB', { databases: async () => [] })
})

const counting = (unsavedChanges: number) => ({ ...newLocalLog(), owner: ana, unsavedChanges })

test('what is remembered of the logs is there at the next start', async () => {
  const log = counting(3)
  const logs = { shown: log.ref.documentName, logs: [log], removing: [] }
  openDeviceLogMemory().change(() => logs)
  expect(await openDeviceLogMemory().find()).toEqual(logs)
})

test('changes made in two tabs both stand', () => {
  const [here, there] = [openDeviceLogMemory(), openDeviceLogMemory()]
  const [first, second] = [newLocalLog(), newLocalLog()]
  here.change((list) => showLog(list, first.ref, null))
  there.change((list) => showLog(list, second.ref, ana))
  expect(here.change((list) => list).logs.map(({ ref }) => ref)).toEqual([first.ref, second.ref])
})

test('without room to remember in, a tab still knows its logs', () => {
  const memory = openDeviceLogMemory()
  const [first, second] = [newLocalLog(), newLocalLog()]
  memory.change((list) => showLog(list, first.ref, null))
  isFull = true
  memory.change((list) => showLog(list, second.ref, ana))
  expect(memory.change((list) => forgetLog(list, first.ref.documentName)).logs.map(({ ref }) => ref)).toEqual([
    second.ref,
  ])
})

test('a log whose count is not remembered is not taken for saved', async () => {
  const { unsavedChanges: _, ...log } = counting(0)
  localStorage.setItem('questlog.logs', JSON.stringify({ shown: null, logs: [log] }))
  expect((await openDeviceLogMemory().find()).logs.map(({ unsavedChanges }) => unsavedChanges)).toEqual([1])
})

test('logs that nothing remembers are found by their stores', async () => {
  const documentName = `w:${newId()}:1`
  vi.stubGlobal('indexedDB', { databases: async () => [{ name: `questlog/${documentName}` }, { name: 'another' }] })
  const { logs, shown } = await openDeviceLogMemory().find()
  expect(logs.map(({ ref }) => ref.documentName)).toEqual([documentName])
  expect(shown).toBe(documentName)
})

test('the store of a removed log is deleted, at the next start where the page went away before it was', async () => {
  const [kept, gone] = [newLocalLog(), newLocalLog()]
  const stores = new Set([kept.ref.documentName, gone.ref.documentName])
  const memory = openDeviceLogMemory()
  for (const { ref } of [gone, kept]) memory.change((list) => showLog(list, ref, null))
  memory.change((list) => forgetLog(list, gone.ref.documentName))

  const later = openDeviceLogMemory()
  expect((await later.find()).logs.map(({ ref }) => ref)).toEqual([kept.ref])
  await later.endRemovals(async (documentName) => void stores.delete(documentName))
  expect([...stores]).toEqual([kept.ref.documentName])
  await openDeviceLogMemory().endRemovals(() => Promise.reject(new Error('Nothing is left to delete')))
})

test('a store that cannot be deleted now keeps no other from it, is no log meanwhile, and is tried again', async () => {
  const [held, gone] = [newLocalLog(), newLocalLog()]
  const memory = openDeviceLogMemory()
  for (const { ref } of [held, gone]) memory.change((list) => showLog(list, ref, null))
  for (const { ref } of [held, gone]) memory.change((list) => forgetLog(list, ref.documentName))
  const deleted: string[] = []
  const removing = memory.endRemovals(async (documentName) => {
    if (documentName === held.ref.documentName) throw new Error('Another tab has it')
    deleted.push(documentName)
  })
  await expect(removing).rejects.toThrow('Another tab has it')
  expect(deleted).toEqual([gone.ref.documentName])

  vi.stubGlobal('indexedDB', { databases: async () => [{ name: `questlog/${held.ref.documentName}` }] })
  const later = openDeviceLogMemory()
  expect((await later.find()).logs.map(({ ref }) => ref.documentName)).not.toContain(held.ref.documentName)
  await later.endRemovals(async (documentName) => void deleted.push(documentName))
  expect(deleted).toEqual([gone.ref.documentName, held.ref.documentName])
})
