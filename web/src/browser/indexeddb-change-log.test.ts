import 'fake-indexeddb/auto'
import { memoryChangeLogs } from '@questlog/shared/client/changes/memory-change-log'
import type { SeenChange } from '@questlog/shared/client/ports/change-log'
import { beforeEach, expect, test, vi } from 'vitest'
import { deleteChangeDatabase } from './change-database.ts'
import { openIndexedDbChangeLog } from './indexeddb-change-log.ts'

let workspaces = 0
let workspaceId = ''
beforeEach(() => {
  workspaceId = `workspace-${workspaces++}`
})

function seen(stamp: number, fields: Partial<SeenChange> = {}): SeenChange {
  const common = { change: 'changed', origin: 'own', table: 'quests', id: 'q1', questId: 'q1', path: 'title' } as const
  const values = { before: `${stamp - 1}`, after: `${stamp}`, stamp, otherStamp: stamp - 1, at: stamp, seenAt: stamp }
  return { ...common, ...values, by: null, replacedOwn: false, isCarried: false, isCut: false, ...fields }
}

const stampsOf = (changes: readonly SeenChange[]) => changes.map(({ stamp }) => stamp)

test('what was added is there when the log is opened again, the latest first', async () => {
  const log = openIndexedDbChangeLog(workspaceId)
  log.add([seen(1)])
  log.add([seen(3), seen(2, { questId: 'q2', id: 'q2' })])
  await log.close()
  const again = openIndexedDbChangeLog(workspaceId)
  expect(stampsOf(await again.ofQuest('q1'))).toEqual([3, 1])
  expect(await again.latest(10, null)).toMatchObject({
    changes: [{ stamp: 3 }, { stamp: 2 }, { stamp: 1 }],
    next: null,
  })
  await again.close()
})

test('a change that two tabs saw is kept once', async () => {
  const tabs = [openIndexedDbChangeLog(workspaceId), openIndexedDbChangeLog(workspaceId)] as const
  for (const tab of tabs) tab.add([seen(1)])
  for (const tab of tabs) expect(stampsOf(await tab.ofQuest('q1'))).toEqual([1])
  for (const tab of tabs) await tab.close()
})

test('pages follow one another without gaps', async () => {
  const log = openIndexedDbChangeLog(workspaceId)
  log.add([1, 2, 3, 4, 5].map((stamp) => seen(stamp)))
  const first = await log.latest(2, null)
  const second = await log.latest(2, first.next)
  const third = await log.latest(2, second.next)
  expect([first, second, third].map(({ changes }) => stampsOf(changes))).toEqual([[5, 4], [3, 2], [1]])
  expect(third.next).toBeNull()
  await log.close()
})

test('beyond its bounds a log drops the oldest', async () => {
  const log = openIndexedDbChangeLog(workspaceId, { maxRows: 3, trimEvery: 1 })
  for (let stamp = 1; stamp <= 5; stamp++) log.add([seen(stamp)])
  await log.close()
  const small = openIndexedDbChangeLog(workspaceId, { maxCharacters: JSON.stringify(seen(5)).length * 2, trimEvery: 1 })
  expect(stampsOf(await small.ofQuest('q1'))).toEqual([5, 4, 3])
  small.add([seen(6)])
  await small.close()
  const again = openIndexedDbChangeLog(workspaceId)
  expect(stampsOf(await again.ofQuest('q1'))).toEqual([6, 5])
  await again.close()
})

test('the bounds are looked at in a pause, not while an edit is made', async () => {
  const log = openIndexedDbChangeLog(workspaceId, { maxRows: 1, trimEvery: 1, idleMs: 60_000 })
  for (const stamp of [1, 2]) log.add([seen(stamp)])
  expect(stampsOf(await log.ofQuest('q1'))).toEqual([2, 1])
  await log.close()
})

test('a change is with the browser before the turn ends that made it', async () => {
  const log = openIndexedDbChangeLog(workspaceId)
  await log.ofQuest('q1')
  const put = vi.spyOn(IDBObjectStore.prototype, 'put')
  const commit = vi.spyOn(IDBTransaction.prototype, 'commit')
  log.add([seen(1)])
  expect([put.mock.calls.length, commit.mock.calls.length]).toEqual([1, 1])
  vi.restoreAllMocks()
  await log.close()
})

test.each([
  ['on disk', () => openIndexedDbChangeLog(workspaceId)],
  ['in memory', () => memoryChangeLogs()(workspaceId)],
])('what this device wrote is not told again when its log is merged into another one, %s', async (_where, open) => {
  const log = open()
  log.add([seen(10), seen(10, { origin: 'remote' }), seen(20), seen(20, { origin: 'remote', otherStamp: 15 })])
  const told = (await log.ofQuest('q1')).map(({ stamp, origin, otherStamp }) => [stamp, origin, otherStamp])
  expect(told.sort()).toEqual([
    [10, 'own', 9],
    [20, 'own', 19],
    [20, 'remote', 15],
  ])
  await log.close()
})

test.each([
  ['on disk', () => openIndexedDbChangeLog(workspaceId)],
  ['in memory', () => memoryChangeLogs()(workspaceId)],
])('a remote change is marked when it replaced what this device wrote, %s', async (_where, open) => {
  const log = open()
  const remote = { origin: 'remote' } as const
  log.add([
    seen(10),
    seen(20, { ...remote, otherStamp: 10 }),
    seen(30, { ...remote, otherStamp: 20 }),
    seen(15, { ...remote, change: 'lost', otherStamp: 20, isCarried: true }),
    seen(9, { ...remote, change: 'lost', otherStamp: 20, isCarried: true }),
  ])
  const told = (await log.ofQuest('q1')).map(({ stamp, change, replacedOwn }) => [stamp, change, replacedOwn])
  expect(told).toEqual([
    [30, 'changed', false],
    [20, 'changed', true],
    [15, 'lost', false],
    [10, 'changed', false],
  ])
  await log.close()
})

test('a history that is removed makes open logs give way, and they begin again', async () => {
  const log = openIndexedDbChangeLog(workspaceId)
  log.add([seen(1)])
  await log.ofQuest('q1')
  await deleteChangeDatabase(workspaceId)
  expect(await log.ofQuest('q1')).toEqual([])
  await log.close()
})

test('a history that cannot be written says so when it is read', async () => {
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  const log = openIndexedDbChangeLog(workspaceId)
  log.add([seen(1)])
  await expect(log.ofQuest('q1')).rejects.toThrow('could not be written')
  put.mockRestore()
  log.add([seen(2)])
  expect(stampsOf(await log.ofQuest('q1'))).toEqual([2])
  await log.close()
})
