import type { StoreApi } from 'zustand'
import { err, ok } from '../../domain/kernel/result.ts'
import type { Account } from '../rest/account.ts'
import type { Parties } from '../rest/parties.ts'
import type { ConnectOptions } from '../sync/connect-options.ts'
import type { SyncStatus } from '../sync/sync-status.ts'
import type { DeviceLog } from './device-log.ts'
import { type DeviceLogs, describeLogs, withDeviceDocument } from './device-log-list.ts'
import type { MemberNames } from './member-names.ts'
import type { Session, SessionState } from './session.ts'

export interface PartyLogsDeps {
  readonly account: Pick<Account, 'workspaces'>
  readonly parties: Pick<Parties, 'members'>
  readonly members: Pick<MemberNames, 'keep'>
  readonly state: StoreApi<SessionState>
  /** How to reach the server. */
  readonly syncOptions: ConnectOptions
  /** Takes the log on screen off it and closes it. */
  readonly leaveShown: () => Promise<void>
  readonly remember: (change: (logs: DeviceLogs) => DeviceLogs) => void
  readonly showLog: (log: Pick<DeviceLog, 'ref' | 'owner'>) => Promise<void>
  readonly remove: (documentName: string) => Promise<void>
  /** Shows the log of this device that belongs to nobody's account. */
  readonly showLocal: () => Promise<void>
}

type PartyActions =
  | 'refreshWorkspaces'
  | 'openWorkspace'
  | 'adopt'
  | 'rememberMembers'
  | 'showOwn'
  | 'removeShown'
  | 'fetchShownAnew'
  | 'loadShownAgain'

/** The part of the session about several workspaces of one person: which there are, and changing between them. */
export interface PartyLogs extends Pick<Session, PartyActions> {
  /** Asks for the workspaces when somebody is signed in; a server that is away is asked another time. */
  refresh(): void
}

/** Joins what the server knows of the person's workspaces with the logs of this device. */
export function createPartyLogs(deps: PartyLogsDeps): PartyLogs {
  const { state } = deps

  const refreshWorkspaces: Session['refreshWorkspaces'] = async () => {
    const before = state.getState().person
    const answer = await deps.account.workspaces()
    if (!answer.ok) return answer
    const { person } = state.getState()
    if (person === null || person.id !== before?.id) return ok(null)
    state.setState({ workspaces: answer.value })
    deps.remember((logs) => describeLogs(logs, answer.value, person.id))
    rememberMembers()
    return ok(null)
  }

  /** The party whose members are being asked for: many rows may want to know at once. */
  let asking: string | null = null
  const rememberMembers = () => {
    const { workspace, workspaces } = state.getState()
    if (workspace === null || workspace.ref.kind !== 'party') return
    const { id } = workspace.ref
    // Only members are told the names, and until the server has answered nobody knows who is one.
    const role = workspaces?.find((told) => told.id === id)?.role
    if (role === undefined || role === 'guest' || asking === id) return
    asking = id
    void deps.parties.members(id).then((members) => {
      asking = null
      if (members.ok) deps.members.keep(id, members.value)
    })
  }

  const ownLog = (id: string) => {
    const { logs, person } = state.getState()
    return logs.find(({ ref, owner }) => ref.id === id && (owner === null || owner.id === person?.id))
  }

  const showOwn = async () => {
    const { logs, person, workspaces } = state.getState()
    const told = workspaces?.find(({ kind }) => kind === 'personal')
    const personal = logs.find(({ ref, owner }) => {
      // One that the server no longer lists is not theirs to go back to.
      const isKnown = told === undefined || told.id === ref.id
      return ref.kind === 'personal' && owner !== null && owner.id === person?.id && isKnown
    })
    if (personal !== undefined) return deps.showLog(personal)
    return told === undefined || person === null ? deps.showLocal() : deps.showLog({ ref: told, owner: person })
  }

  return {
    refreshWorkspaces,
    rememberMembers,
    showOwn,
    refresh() {
      if (state.getState().person !== null) void refreshWorkspaces()
    },
    async openWorkspace(id) {
      const known = ownLog(id)
      if (known !== undefined) {
        await deps.showLog(known)
        return ok(null)
      }
      const refreshed = await refreshWorkspaces()
      if (!refreshed.ok) return refreshed
      const { workspaces, person } = state.getState()
      const ref = workspaces?.find((workspace) => workspace.id === id)
      if (ref === undefined || person === null) return err({ kind: 'not-theirs' })
      if (ref.role === 'guest') return err({ kind: 'guest' })
      await deps.showLog({ ref, owner: person })
      return ok(null)
    },
    async adopt(ref) {
      const { workspaces, logs, person } = state.getState()
      state.setState({ workspaces: [...(workspaces ?? []).filter(({ id }) => id !== ref.id), ref] })
      if (person === null) return
      deps.remember((list) => describeLogs(list, [ref], person.id))
      if (ref.role !== 'guest') await deps.showLog({ ref: withDeviceDocument(logs, ref), owner: person })
    },
    async removeShown() {
      const { workspace } = state.getState()
      if (workspace === null) return
      const { documentName } = workspace.ref
      await showOwn()
      await deps.remove(documentName)
      void refreshWorkspaces()
    },
    async fetchShownAnew() {
      const { workspace } = state.getState()
      const log = workspace === null ? undefined : ownLog(workspace.ref.id)
      if (log === undefined) return
      await showOwn()
      await deps.remove(log.ref.documentName)
      await deps.showLog(log)
    },
    async loadShownAgain() {
      const { workspace } = state.getState()
      const log = workspace === null ? undefined : ownLog(workspace.ref.id)
      if (workspace === null || log === undefined || !(await workspace.rescue(deps.syncOptions))) return false
      const setAside = workspace.setAside()
      await deps.leaveShown()
      try {
        await deps.remove(log.ref.documentName)
      } finally {
        // What could not be removed is shown as it was.
        await deps.showLog(log)
      }
      await state.getState().workspace?.keepSetAside(setAside)
      return true
    },
  }
}

/** Whether the server takes nothing of this person in this log any more, for a reason that a new role may end. */
export function lostAccess(sync: SyncStatus): boolean {
  return sync.kind === 'refused' && (sync.reason === 'role' || sync.reason === 'not-found')
}
