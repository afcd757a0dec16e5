import { beforeEach, expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import { newId } from '../../domain/kernel/ids.ts'
import type { SyncStatus } from '../sync/sync-status.ts'
import type { Workspace, WorkspaceState } from '../workspace/workspace.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import { createWaitingLogs, type WaitingLogs } from './waiting-logs.ts'

const offline = (unsavedChanges: number): SyncStatus => ({ kind: 'offline', unsavedChanges })
const saved: SyncStatus = { kind: 'saved', at: 1 }

let events: string[]
let waitingNames: string[]
let busyElsewhere: Set<string>
let stores: Map<string, Workspace['state']>
let logs: WaitingLogs

function makeRef(documentName: string): WorkspaceRef {
  return { id: newId(), documentName, name: 'Mine', kind: 'personal', role: 'owner' }
}

function openLog(ref: WorkspaceRef, sync: SyncStatus = offline(1)) {
  const state = createStore<WorkspaceState>(() => ({
    sync,
    storageError: null,
    canUndo: false,
    canRedo: false,
    problems: 0,
    readOnly: false,
    successor: null,
  }))
  stores.set(ref.documentName, state)
  const happened = (what: string) => async () => void events.push(`${what} ${ref.documentName}`)
  return { ref, state, close: happened('close'), destroy: happened('destroy') }
}

beforeEach(() => {
  events = []
  waitingNames = ['a', 'b']
  busyElsewhere = new Set()
  stores = new Map()
  logs = createWaitingLogs({
    waiting: () => waitingNames.map(makeRef),
    async open(ref) {
      events.push(`open ${ref.documentName}`)
      if (ref.documentName === 'broken') throw new Error('The disk is gone')
      return openLog(ref)
    },
    connect({ ref }) {
      events.push(`connect ${ref.documentName}`)
      return () => void events.push(`disconnect ${ref.documentName}`)
    },
    isFree: async (documentName) => !busyElsewhere.has(documentName),
    onStatus(documentName, status) {
      if (status.kind === 'saved') waitingNames = waitingNames.filter((name) => name !== documentName)
    },
    onMoved(documentName, to) {
      events.push(`move ${documentName}`)
      waitingNames = waitingNames.map((name) => (name === documentName ? to.documentName : name))
    },
  })
})

const become = (name: string, sync: SyncStatus) => stores.get(name)?.setState({ sync })
const passOf = (name: string) => ['open', 'connect', 'disconnect', 'close'].map((what) => `${what} ${name}`)
const until = (event: string) => expect.poll(() => events).toContain(event)

test('logs are sent one at a time, each until it is saved', async () => {
  logs.look()
  await until('connect a')
  logs.look()
  become('a', offline(0))
  become('a', saved)
  await until('connect b')
  become('b', { kind: 'saving', unsavedChanges: 1 })
  expect(events).not.toContain('close b')
  become('b', saved)
  await until('close b')
  expect(events).toEqual([...passOf('a'), ...passOf('b')])
})

test('a log that is refused or cannot be opened holds up no other, and waits until it is tried again', async () => {
  waitingNames = ['broken', 'a', 'b']
  logs.look()
  await until('connect a')
  become('a', { kind: 'refused', reason: 'rate-limited', unsavedChanges: 1 })
  expect(events).not.toContain('close a')
  become('a', { kind: 'refused', reason: 'role', unsavedChanges: 1 })
  await until('connect b')
  become('b', saved)
  await until('close b')
  logs.look()
  expect(events.filter((event) => event === 'open a')).toHaveLength(1)
  await Promise.resolve()
  logs.tryAgain()
  await expect.poll(() => events.filter((event) => event === 'open a')).toHaveLength(2)
})

test('whoever looks while a pass ends is looked for, whenever that is', async () => {
  busyElsewhere = new Set(['a'])
  for (let turns = 0; turns < 12; turns++) {
    waitingNames = ['a']
    logs.look()
    for (let turn = 0; turn < turns; turn++) await null
    const next = `next ${turns}`
    waitingNames = [next]
    logs.look()
    await until(`connect ${next}`)
    become(next, saved)
    await until(`close ${next}`)
  }
})

test('a log that another tab keeps in sync is left to it', async () => {
  busyElsewhere = new Set(['a'])
  logs.look()
  await until('connect b')
  expect(events).not.toContain('open a')
})

test('a log that is about to be shown is closed first', async () => {
  logs.look()
  await until('connect a')
  waitingNames = ['b']
  await logs.leave('a')
  expect(events.slice(0, 4)).toEqual(passOf('a'))
})

test('nothing goes on being sent once nothing may be', async () => {
  logs.look()
  await until('connect a')
  waitingNames = []
  logs.look()
  await until('close a')
  expect(events).toEqual(passOf('a'))
})

test('a log that the server moved is sent from the document it moved to', async () => {
  waitingNames = ['a']
  logs.look()
  await until('connect a')
  const successor = openLog(makeRef('a2')) as unknown as Workspace
  stores.get('a')?.setState({ successor })
  await until('connect a2')
  expect(events).toEqual([
    'open a',
    'connect a',
    'disconnect a',
    'move a',
    'destroy a',
    'close a2',
    'open a2',
    'connect a2',
  ])
})
