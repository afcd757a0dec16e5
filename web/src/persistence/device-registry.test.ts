import 'fake-indexeddb/auto'
import type { WorkspaceRef } from '@questlog/shared/client/workspace'
import { newId } from '@questlog/shared/domain/ids'
import { IDBFactory } from 'fake-indexeddb'
import { openDB } from 'idb'
import { beforeEach, expect, test, vi } from 'vitest'
import { type DeviceRegistry, openDeviceRegistry } from './device-registry.ts'
import {
  countUnsaved,
  type DeviceState,
  emptyDeviceState,
  forgetLog,
  keepApart,
  keepLog,
  mergeCandidate,
  type Person,
  replaceLog,
  showLog,
  signPerson,
  unsavedElsewhere,
} from './device-state.ts'

const ana: Person = { id: 'ana', email: 'ana@example.org', displayName: 'Ana' }
const ben: Person = { id: 'ben', email: 'ben@example.org', displayName: 'Ben' }

function makeRef(documentName: string): WorkspaceRef {
  return { id: newId(), documentName, name: 'Mine', kind: 'personal', role: 'owner' }
}

const offline = makeRef('w:offline:1')
const synced = makeRef('w:synced:1')
const withBoth = [offline, synced].reduce(
  (state: DeviceState, ref) => keepLog(state, ref, ref === synced ? ana : null),
  emptyDeviceState,
)

test('documents that are not open count with what they were last seen to hold unsaved', () => {
  const counted = countUnsaved(countUnsaved(withBoth, 'w:synced:1', 3), 'w:offline:1', 2)
  expect(unsavedElsewhere(counted, new Set(['w:offline:1']))).toBe(3)
  expect(unsavedElsewhere(counted, new Set())).toBe(5)
  expect(unsavedElsewhere(withBoth, new Set())).toBe(0)
})

test('a log that belongs to nobody is offered for merging until that person keeps it apart', () => {
  expect(mergeCandidate(withBoth, ana)?.ref).toEqual(offline)
  const kept = keepApart(withBoth, 'w:offline:1', ana)
  expect(mergeCandidate(kept, ana)).toBeNull()
  expect(mergeCandidate(kept, ben)?.ref).toEqual(offline)
})

test('a claimed log is its owner’s, and stays the one on screen', () => {
  const claimed = replaceLog(showLog(withBoth, 'w:offline:1'), 'w:offline:1', offline, ana)
  expect(mergeCandidate(claimed, ana)).toBeNull()
  expect(claimed.activeDocument).toBe('w:offline:1')
})

test('a log that moved to a new epoch takes the old one’s place, on screen too', () => {
  const moved = { ...offline, documentName: 'w:offline:2' }
  const after = replaceLog(showLog(withBoth, 'w:offline:1'), 'w:offline:1', moved, null)
  expect(after.logs.map((log) => log.ref.documentName).toSorted()).toEqual(['w:offline:2', 'w:synced:1'])
  expect(after.activeDocument).toBe('w:offline:2')
})

test('a forgotten log is neither listed nor shown', () => {
  const after = forgetLog(showLog(withBoth, 'w:offline:1'), 'w:offline:1')
  expect(after.logs.map((log) => log.ref)).toEqual([synced])
  expect(after.activeDocument).toBeNull()
})

test('keeping a log again brings its name up to date and keeps its count', () => {
  const counted = countUnsaved(withBoth, 'w:synced:1', 3)
  const renamed = keepLog(counted, { ...synced, name: 'Ours' }, ana)
  expect(renamed.logs.find((log) => log.ref.documentName === 'w:synced:1')).toMatchObject({
    ref: { name: 'Ours' },
    unsavedChanges: 3,
  })
})

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory())
})

async function opened(act: (registry: DeviceRegistry) => Promise<void>): Promise<void> {
  const registry = await openDeviceRegistry()
  try {
    await act(registry)
  } finally {
    registry.close()
  }
}

test('what a device knows is there at the next start', async () => {
  await opened(async (registry) => {
    expect(registry.state()).toEqual(emptyDeviceState)
    await registry.update(() => signPerson(withBoth, ana))
  })
  await opened(async (registry) => {
    expect(registry.state()).toEqual({ ...withBoth, person: ana })
  })
})

test('changes made in two tabs at once both stand, and each tab hears of the other’s', async () => {
  await opened((here) =>
    opened(async (there) => {
      const heard = new Promise<DeviceState>((resolve) => {
        here.onChange((state) => state.logs.length === 2 && resolve(state))
      })
      await Promise.all([
        here.update((state) => keepLog(state, offline, null)),
        there.update((state) => keepLog(state, synced, ana)),
      ])
      expect(await heard).toEqual(there.state())
    }),
  )
})

test('a state that cannot be read is put aside and not overwritten', async () => {
  await opened(async () => {})
  const database = await openDB('questlog-device')
  await database.put('device', { logs: 'none' }, 'state')
  await opened(async (registry) => {
    expect(registry.state()).toEqual(emptyDeviceState)
  })
  expect(await database.get('device', 'unreadable')).toEqual({ logs: 'none' })
  database.close()
})
