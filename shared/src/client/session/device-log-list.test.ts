import { expect, test } from 'vitest'
import { newId } from '../../domain/kernel/ids.ts'
import type { SyncStatus } from '../sync/sync-status.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import type { Person } from './device-log.ts'
import {
  countUnsaved,
  type DeviceLogs,
  describeLogs,
  forgetLog,
  moveLog,
  showLog,
  sumUnsaved,
  titleOfLog,
  unsavedElsewhere,
  withDeviceDocument,
} from './device-log-list.ts'

const ana: Person = { id: 'ana', email: 'ana@example.org', displayName: 'Ana' }
const empty: DeviceLogs = { shown: null, logs: [], removing: [] }
const offline = (unsavedChanges: number): SyncStatus => ({ kind: 'offline', unsavedChanges })
const saved: SyncStatus = { kind: 'saved', at: 1 }

function makeRef(documentName: string): WorkspaceRef {
  return { id: newId(), documentName, name: 'Mine', kind: 'personal', role: 'owner' }
}

const [local, account] = [makeRef('w:local:1'), makeRef('w:account:1')]
const both = showLog(showLog(empty, account, ana), local, null)

test('a log that is not on screen counts with what it was last seen to hold unsaved', () => {
  const counted = countUnsaved(both, 'w:account:1', offline(3))
  expect(unsavedElsewhere(counted.logs, 'w:local:1').map(({ ref }) => ref)).toEqual([account])
  expect(sumUnsaved(unsavedElsewhere(counted.logs, 'w:local:1'))).toBe(3)
  expect(unsavedElsewhere(counted.logs, 'w:account:1')).toEqual([])
  expect(unsavedElsewhere(countUnsaved(counted, 'w:account:1', saved).logs, 'w:local:1')).toEqual([])
})

test('an account’s log that never reached the server is not saved, a log of nobody’s account waits for nothing', () => {
  const counted = countUnsaved(countUnsaved(both, 'w:account:1', { kind: 'local-only' }), 'w:local:1', {
    kind: 'local-only',
  })
  expect(unsavedElsewhere(counted.logs, null).map(({ ref }) => ref)).toEqual([account])
})

test('showing a log again brings its name up to date and keeps its count', () => {
  const counted = countUnsaved(both, 'w:account:1', offline(3))
  const after = showLog(counted, { ...account, name: 'Ours' }, ana)
  expect(after.shown).toBe('w:account:1')
  expect(after.logs).toHaveLength(2)
  expect(after.logs.find(({ ref }) => ref.name === 'Ours')?.unsavedChanges).toBe(3)
})

test('the store of a log taken off the list is deleted, unless the log is in use again by then', () => {
  const forgotten = forgetLog(both, 'w:account:1')
  expect(forgotten.removing).toEqual(['w:account:1'])
  expect(showLog(forgotten, account, ana).removing).toEqual([])
  expect(showLog(forgotten, local, null).removing).toEqual(['w:account:1'])
})

test('a document that a log moved to takes its place, its owner and the screen, and is unsaved until looked at', () => {
  const moved = { ...account, documentName: 'w:account:2' }
  const shown = showLog(both, account, ana)
  const once = moveLog(shown, 'w:account:1', moved)
  expect(once.shown).toBe('w:account:2')
  expect(once.logs.find(({ ref }) => ref === moved)).toEqual({ ref: moved, owner: ana, unsavedChanges: 1 })
  expect(moveLog(once, 'w:account:1', moved)).toEqual(once)
  expect(moveLog(both, 'w:account:1', moved).shown).toBe('w:local:1')
})

test('a forgotten log is not listed, and an unchanged count changes nothing', () => {
  expect(forgetLog(both, 'w:account:1').logs.map(({ ref }) => ref)).toEqual([local])
  expect(countUnsaved(both, 'w:account:1', saved)).toBe(both)
})

test('the server’s name and role of an account’s log are taken over, its document and count are not', () => {
  const counted = countUnsaved(both, 'w:account:1', offline(3))
  const told = { ...account, documentName: 'w:account:9', name: 'Renamed', role: 'viewer' } as const
  const described = describeLogs(counted, [told], ana.id)
  expect(described.logs.find(({ ref }) => ref.id === account.id)).toEqual({
    ref: { ...account, name: 'Renamed', role: 'viewer' },
    owner: ana,
    unsavedChanges: 3,
  })
  expect(describeLogs(described, [told], ana.id)).toBe(described)
})

test('what the server says of somebody else’s workspaces changes no log', () => {
  const told = { ...account, name: 'Renamed' }
  expect(describeLogs(both, [told], 'ben')).toBe(both)
  expect(describeLogs(both, [{ ...told, id: local.id }], ana.id)).toBe(both)
})

test('a workspace is opened under the document name this device has for it', () => {
  expect(withDeviceDocument(both.logs, { ...account, documentName: 'w:account:2' })).toEqual(account)
  expect(withDeviceDocument([], account)).toBe(account)
})

test('a party’s log goes by the party’s name, another by whose it is', () => {
  const [log] = describeLogs(both, [], ana.id).logs
  expect(log === undefined ? null : titleOfLog(log)).toBe('Ana')
  expect(titleOfLog({ ref: { ...account, kind: 'party', name: 'Raiders' }, owner: ana, unsavedChanges: 0 })).toBe(
    'Raiders',
  )
})
