import type { DeviceLog, Person } from '@questlog/shared/client/session/device-log'
import type { WorkspaceRef } from '@questlog/shared/client/workspace-ref'
import type { WorkspaceId } from '@questlog/shared/domain/kernel/ids'
import { expect, test } from 'vitest'
import { workspaceEntries } from './workspace-entries.ts'

const ana: Person = { id: 'ana', email: 'ana@example.org', displayName: 'Ana' }
const ben: Person = { id: 'ben', email: 'ben@example.org', displayName: 'Ben' }

function makeRef(id: string, fields: Partial<WorkspaceRef> = {}): WorkspaceRef {
  return { id: id as WorkspaceId, documentName: `w:${id}:1`, name: id, kind: 'party', role: 'member', ...fields }
}

function makeLog(ref: WorkspaceRef, owner: Person | null = ana, unsavedChanges = 0): DeviceLog {
  return { ref, owner, unsavedChanges }
}

const personal = makeRef('own', { kind: 'personal', role: 'owner' })
const ids = (known: Parameters<typeof workspaceEntries>[0]) => workspaceEntries(known).map(({ id }) => id)

test('the own log comes first, then the parties by name, then logs of nobody’s account', () => {
  const logs = [makeLog(makeRef('local', { kind: 'personal' }), null), makeLog(makeRef('zoo')), makeLog(personal)]
  expect(ids({ logs, workspaces: [personal, makeRef('zoo'), makeRef('Élan')], person: ana })).toEqual([
    'own',
    'Élan',
    'zoo',
    'local',
  ])
})

test('a workspace this device has never opened is on the server, one the server no longer tells of is gone', () => {
  const logs = [makeLog(personal), makeLog(makeRef('left'), ana, 2)]
  const entries = workspaceEntries({ logs, workspaces: [personal, makeRef('new')], person: ana })
  expect(entries.map(({ id, where, unsavedChanges }) => [id, where, unsavedChanges])).toEqual([
    ['own', 'device', 0],
    ['left', 'gone', 2],
    ['new', 'server', 0],
  ])
})

test('before the server has spoken nothing counts as gone', () => {
  const entries = workspaceEntries({ logs: [makeLog(makeRef('party'))], workspaces: null, person: ana })
  expect(entries.map(({ where }) => where)).toEqual(['device'])
})

test('names and roles are those the server told last', () => {
  const told = makeRef('party', { name: 'Renamed', role: 'viewer' })
  const [entry] = workspaceEntries({ logs: [makeLog(makeRef('party'))], workspaces: [told], person: ana })
  expect(entry).toMatchObject({ name: 'Renamed', role: 'viewer' })
})

test('logs of other people are not offered while somebody is signed in', () => {
  const logs = [makeLog(personal), makeLog(makeRef('theirs'), ben)]
  expect(ids({ logs, workspaces: null, person: ana })).toEqual(['own'])
  expect(ids({ logs, workspaces: null, person: null })).toEqual(['own', 'theirs'])
})
