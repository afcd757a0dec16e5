import { createStore } from 'zustand/vanilla'
import type { Coordination } from '../ports/coordination.ts'
import type { Faults } from '../ports/faults.ts'
import type { KeyValue, SharedKeyValue } from '../ports/key-value.ts'
import type { LocalDocuments } from '../ports/local-documents.ts'
import type { StorageKeeping } from '../ports/storage-keeping.ts'
import type { Account } from '../rest/account.ts'
import type { ConnectOptions } from '../sync/connect-options.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import { createBringBack } from './bring-back.ts'
import { countUnsaved, type DeviceLogs, moveLog } from './device-log-list.ts'
import { newLocalLog, openDeviceLogMemory } from './device-log-memory.ts'
import { openKeptApart } from './kept-apart.ts'
import { takeInLeftOvers } from './left-over-documents.ts'
import { createLogApart } from './log-apart.ts'
import { openMemberNames } from './member-names.ts'
import { createMergeLogs } from './merge-logs.ts'
import { createPartyLogs } from './party-logs.ts'
import { createRemovedLogs } from './removed-logs.ts'
import type { Session, SessionState } from './session.ts'
import { createShownLog } from './shown-log.ts'
import { createSignIn } from './sign-in.ts'
import { createWaitingLogs } from './waiting-logs.ts'

export interface SessionDeps {
  readonly account: Account
  readonly rest: Session['rest']
  /** Opens a log from this device's disk; `userId` says whose edits they are at any time. */
  readonly open: (ref: WorkspaceRef, userId: () => string | null) => Promise<Workspace>
  /** Starts syncing; returns the way to stop. */
  readonly connect: (workspace: Workspace, options: ConnectOptions) => () => void
  readonly syncUrl: string
  readonly memory: SharedKeyValue
  readonly windowMemory: KeyValue
  readonly storage: StorageKeeping
  readonly coordination: Coordination
  readonly documents: LocalDocuments
  readonly faults: Faults
  /** Called for each workspace that this device forgets, before it is removed: what else is kept of it must go, too. */
  readonly onForget: (workspaceId: string) => void
}

/** Makes the session. `start` opens the log shown last and needs no network; syncing follows by itself. */
export function createSession(deps: SessionDeps): Session & { start(): Promise<void> } {
  const { account, coordination, documents, faults, onForget } = deps
  const state = createStore<SessionState>(() => ({
    workspace: null,
    openError: null,
    logs: [],
    person: null,
    workspaces: null,
    mergeOffer: null,
    applyUpdate: null,
  }))
  const memory = openDeviceLogMemory(deps)
  const members = openMemberNames(deps.memory)
  const syncOptions: ConnectOptions = { url: deps.syncUrl, token: account.accessToken }

  const remember = (change: (logs: DeviceLogs) => DeviceLogs) => {
    const { logs } = memory.change(change)
    if (logs !== state.getState().logs) state.setState({ logs })
  }
  const open = (ref: WorkspaceRef) =>
    deps.open(ref, () => state.getState().logs.find((log) => log.ref.id === ref.id)?.owner?.id ?? null)
  const connect = (workspace: Workspace) => deps.connect(workspace, syncOptions)
  const isFree = async (documentName: string) => (await coordination.socketOf(documentName)) !== 'held'
  const release = (documentName: string) => waiting.leave(documentName)

  const apart = createLogApart({ open, release })
  const shown = createShownLog({
    state,
    open,
    connect,
    remember,
    release,
    async endRemoval(documentName) {
      if (memory.change((list) => list).removing.includes(documentName)) await memory.endRemovals()
    },
    coordination,
    faults,
    onShown: () => parties.rememberMembers(),
    onAccess: () => parties.refresh(),
  })
  const waiting = createWaitingLogs({
    waiting() {
      const { logs, person } = state.getState()
      const own = logs.filter(({ owner }) => owner !== null && owner.id === person?.id)
      const isOpen = ({ documentName }: WorkspaceRef) =>
        documentName === shown.documentName() || documentName === apart.documentName()
      return own.flatMap(({ ref, unsavedChanges }) => (unsavedChanges > 0 && !isOpen(ref) ? [ref] : []))
    },
    open,
    connect,
    isFree,
    onStatus: (documentName, status) => remember((logs) => countUnsaved(logs, documentName, status)),
    onMoved: (documentName, to) => remember((logs) => moveLog(logs, documentName, to)),
  })
  const { remove, removeLogsOf } = createRemovedLogs({ state, memory, members, remember, release, shown, onForget })
  const { showAccountLog, ...merging } = createMergeLogs({
    account,
    state,
    showLog: shown.show,
    openApart: apart.open,
    remove,
    faults,
    keptApart: openKeptApart(deps.memory),
  })
  const bringingBack = createBringBack({ account, state, showLog: shown.show, apart, remember, faults })
  const parties = createPartyLogs({
    account,
    parties: deps.rest.parties,
    members,
    state,
    syncOptions,
    remember,
    leaveShown: shown.leave,
    showLog: shown.show,
    remove,
    showLocal: () => shown.show(state.getState().logs.find(({ owner }) => owner === null) ?? newLocalLog()),
  })
  const signing = createSignIn({ account, state, shown, showAccountLog, removeLogsOf })

  const start = async () => {
    const { logs, shown: shownLast } = await memory.find()
    const log = logs.find(({ ref }) => ref.documentName === shownLast) ?? logs[0] ?? newLocalLog()
    state.setState({ logs })
    await shown.show(log)
    // What another window holds on to is tried again at the next start.
    memory.endRemovals().catch(() => undefined)
    void takeInLeftOvers({
      documents: documents.names,
      logs: () => state.getState().logs,
      shown: () => state.getState().workspace,
      open,
      isFree,
      onTakenIn: (documentName, into) => remember((known) => moveLog(known, documentName, into)),
    })
  }

  memory.onChangedElsewhere(({ logs }) => state.setState({ logs }))
  account.state.subscribe((next) => {
    const person = next.kind === 'signed-in' ? next.user : null
    if (person?.id === state.getState().person?.id) return state.setState({ person })
    state.setState({ person, workspaces: null })
    if (person !== null) parties.refresh()
  })
  const known = account.state.getState()
  if (known.kind === 'signed-in') state.setState({ person: known.user })

  let isSendingWaiting = false
  return {
    state,
    windowMemory: deps.windowMemory,
    storage: deps.storage,
    members,
    rest: deps.rest,
    ...parties,
    ...merging,
    ...bringingBack,
    ...signing,
    start,
    reopen: start,
    remove,
    removeLogsOf,
    retrySync() {
      shown.sync()
      waiting.tryAgain()
    },
    sendWaiting() {
      parties.refresh()
      if (isSendingWaiting) return waiting.look()
      isSendingWaiting = true
      state.subscribe((next, before) => {
        if (next.person !== before.person) waiting.tryAgain()
        else if (next.logs !== before.logs || next.workspace !== before.workspace) waiting.look()
      })
      waiting.tryAgain()
    },
    async show(documentName) {
      const log = state.getState().logs.find(({ ref }) => ref.documentName === documentName)
      if (log !== undefined) await shown.show(log)
    },
  }
}
