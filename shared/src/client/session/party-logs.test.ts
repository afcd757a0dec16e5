import { expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { WorkspaceId } from '../../domain/kernel/ids.ts'
import { err, ok } from '../../domain/kernel/result.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import type { DeviceLog, Person } from './device-log.ts'
import { createPartyLogs, type PartyLogsDeps } from './party-logs.ts'
import type { SessionState } from './session.ts'

const ana: Person = { id: 'ana', email: 'ana@example.org', displayName: 'Ana' }

function makeRef(id: string, fields: Partial<WorkspaceRef> = {}): WorkspaceRef {
  return { id: id as WorkspaceId, documentName: `w:${id}:1`, name: id, kind: 'party', role: 'member', ...fields }
}

const party = makeRef('party')
const own: DeviceLog = { ref: makeRef('own', { kind: 'personal' }), owner: ana, unsavedChanges: 0 }

function open(
  answer: Awaited<ReturnType<PartyLogsDeps['account']['workspaces']>>,
  logs: readonly DeviceLog[] = [own],
  workspace: Workspace | null = null,
) {
  const asked: string[] = []
  const state = createStore<SessionState>(() => ({
    workspace,
    openError: null,
    logs,
    person: ana,
    workspaces: null,
    mergeOffer: null,
    applyUpdate: null,
  }))
  const shown: string[] = []
  const partyLogs = createPartyLogs({
    account: { workspaces: async () => answer },
    parties: {
      async members(id) {
        asked.push(id)
        return ok([])
      },
    },
    members: { keep() {} },
    state,
    syncOptions: { url: '', token: async () => null },
    async leaveShown() {},
    remember(change) {
      state.setState({ logs: change({ shown: null, removing: [], logs: state.getState().logs }).logs })
    },
    async showLog({ ref }) {
      shown.push(ref.documentName)
    },
    async remove() {},
    async showLocal() {
      shown.push('local')
    },
  })
  return { partyLogs, state, shown, asked }
}

const unreachable = err({ kind: 'unreachable' } as const)

test('a log of this device is shown without a word from the server', async () => {
  const { partyLogs, shown } = open(unreachable)
  expect(await partyLogs.openWorkspace('own')).toEqual(ok(null))
  expect(shown).toEqual(['w:own:1'])
})

test('a party that is new to this device is not shown empty while the server is away', async () => {
  const { partyLogs, shown } = open(unreachable)
  expect(await partyLogs.openWorkspace('party')).toEqual(unreachable)
  expect(shown).toEqual([])
})

test('a party that the server lists is shown; one that it does not list, or where the person is a guest, is not', async () => {
  const { partyLogs, shown } = open(ok([party, makeRef('inn', { role: 'guest' })]))
  expect(await partyLogs.openWorkspace('party')).toEqual(ok(null))
  expect(await partyLogs.openWorkspace('other')).toEqual(err({ kind: 'not-theirs' }))
  expect(await partyLogs.openWorkspace('inn')).toEqual(err({ kind: 'guest' }))
  expect(shown).toEqual(['w:party:1'])
})

test('a party just joined is shown under the document this device has, and only listed for a guest', async () => {
  const kept: DeviceLog = {
    ref: { ...party, documentName: 'w:party:2', role: 'viewer' },
    owner: ana,
    unsavedChanges: 0,
  }
  const { partyLogs, state, shown } = open(unreachable, [own, kept])
  await partyLogs.adopt(party)
  await partyLogs.adopt(makeRef('inn', { role: 'guest' }))
  expect(shown).toEqual(['w:party:2'])
  expect(state.getState().workspaces?.map(({ id }) => id)).toEqual(['party', 'inn'])
  expect(state.getState().logs.find(({ ref }) => ref.id === party.id)?.ref.role).toBe('member')
})

test('what the server says reaches the logs of this device; nothing is known of a server that is away', async () => {
  const told = { ...own.ref, name: 'Mine' }
  const { partyLogs, state } = open(ok([told]))
  await partyLogs.refreshWorkspaces()
  expect(state.getState().workspaces).toEqual([told])
  expect(state.getState().logs[0]?.ref.name).toBe('Mine')
  const away = open(unreachable)
  await away.partyLogs.refreshWorkspaces()
  expect(away.state.getState().workspaces).toBeNull()
})

test('who belongs to the party on screen is asked for once at a time, and again later', async () => {
  const { partyLogs, state, asked } = open(ok([party]), [own], { ref: party } as Workspace)
  partyLogs.rememberMembers()
  expect(asked).toEqual([])
  state.setState({ workspaces: [party] })
  for (let row = 0; row < 3; row++) partyLogs.rememberMembers()
  expect(asked).toEqual(['party'])
  await Promise.resolve()
  await Promise.resolve()
  partyLogs.rememberMembers()
  expect(asked).toEqual(['party', 'party'])
})

test('a guest is asked for nobody, and is shown their own log when they leave the copy', async () => {
  const { partyLogs, asked, shown } = open(ok([makeRef('party', { role: 'guest' })]), [own], {
    ref: party,
  } as Workspace)
  await partyLogs.refreshWorkspaces()
  partyLogs.rememberMembers()
  await partyLogs.showOwn()
  expect([asked, shown]).toEqual([[], ['w:own:1']])
})
