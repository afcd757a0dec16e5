import { createStore } from 'zustand/vanilla'
import { ok } from '../../domain/kernel/result.ts'
import type { Coordination } from '../ports/coordination.ts'
import type { Faults } from '../ports/faults.ts'
import type { SharedKeyValue } from '../ports/key-value.ts'
import type { LocalDocuments } from '../ports/local-documents.ts'
import type { Account } from '../rest/account.ts'
import type { ConnectOptions } from '../sync/connect-options.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import type { DeviceLog } from './device-log.ts'
import { countUnsaved, type DeviceLogs, forgetLog, moveLog, showLog as showOnList } from './device-log-list.ts'
import { newLocalLog, openDeviceLogMemory } from './device-log-memory.ts'
import { leaveToNextStart, takeInLeftOvers } from './left-over-documents.ts'
import { openMemberNames } from './member-names.ts'
import { createMergeLogs } from './merge-logs.ts'
import { openErrorFrom } from './open-error.ts'
import { createPartyLogs, lostAccess } from './party-logs.ts'
import type { Session, SessionState } from './session.ts'
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
  readonly coordination: Coordination
  readonly documents: LocalDocuments
  readonly faults: Faults
  /** Called for each workspace that this device forgets, before it is removed: what else is kept of it must go, too. */
  readonly onForget: (workspaceId: string) => void
}

/** Makes the session. `start` opens the log shown last and needs no network; syncing follows by itself. */
export function createSession(deps: SessionDeps): Session & { start(): Promise<void> } {
  const { account } = deps
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
  const isFree = async (documentName: string) => (await deps.coordination.socketOf(documentName)) !== 'held'
  let stopSync = () => {}
  let stopWatching = () => {}
  /** The document on screen, or about to be. */
  let showing: string | null = null
  /** Counts what was asked to be shown: of a log asked for twice only the later one is shown. */
  let asked = 0
  /** Resolves once the log that was on screen is closed: it may be asked for again at once. */
  let leaving: Promise<void> = Promise.resolve()
  /** A log that is open here and not to be sent meanwhile. */
  let apart: string | null = null
  let isSendingWaiting = false

  const remember = (change: (logs: DeviceLogs) => DeviceLogs) => {
    const { logs } = memory.change(change)
    if (logs !== state.getState().logs) state.setState({ logs })
  }
  const logOf = (documentName: string) => state.getState().logs.find(({ ref }) => ref.documentName === documentName)

  const openLog = (ref: WorkspaceRef) =>
    deps.open(ref, () => state.getState().logs.find((log) => log.ref.id === ref.id)?.owner?.id ?? null)

  const syncOptions: ConnectOptions = { url: deps.syncUrl, token: account.accessToken }
  const connect = (workspace: Workspace) => deps.connect(workspace, syncOptions)
  const waiting = createWaitingLogs({
    waiting() {
      const { logs, person } = state.getState()
      const own = logs.filter(({ owner }) => owner !== null && owner.id === person?.id)
      const isOpen = ({ documentName }: WorkspaceRef) => documentName === showing || documentName === apart
      return own.flatMap(({ ref, unsavedChanges }) => (unsavedChanges > 0 && !isOpen(ref) ? [ref] : []))
    },
    open: openLog,
    connect,
    isFree,
    onStatus: (documentName, status) => remember((logs) => countUnsaved(logs, documentName, status)),
    onMoved: (documentName, to) => remember((logs) => moveLog(logs, documentName, to)),
  })

  /** Puts an open log on screen and, when it is the signed-in person's, in sync. */
  const put = (workspace: Workspace) => {
    stopWatching()
    state.setState({ workspace, openError: null })
    stopWatching = workspace.state.subscribe((next, before) => {
      count(workspace)
      if (next.successor !== null) void moveTo(workspace, next.successor)
      if (next.readOnly !== before.readOnly || lostAccess(next.sync) !== lostAccess(before.sync)) parties.refresh()
    })
    sync()
    parties.rememberMembers()
  }
  const count = (workspace: Workspace) =>
    remember((logs) => countUnsaved(logs, workspace.ref.documentName, workspace.state.getState().sync))
  const sync = () => {
    stopSync()
    stopSync = () => {}
    const { workspace, person } = state.getState()
    const owner = workspace === null ? null : (logOf(workspace.ref.documentName)?.owner ?? null)
    if (workspace !== null) count(workspace)
    if (workspace === null || owner === null || owner.id !== person?.id) return
    stopSync = connect(workspace)
  }
  const moveTo = async (from: Workspace, successor: Workspace) => {
    showing = successor.ref.documentName
    remember((logs) => moveLog(logs, from.ref.documentName, successor.ref))
    stopSync()
    stopSync = () => {}
    put(successor)
    // A tab that is still on its way writes in the old document until it is there: the last one removes it. Where no tab
    // can tell, the next start does.
    const isLast = (await deps.coordination.socketOf(from.ref.documentName)) === 'free'
    await (isLast ? from.destroy() : from.close()).catch(leaveToNextStart)
  }
  const leaveShown = async () => {
    stopSync()
    stopSync = () => {}
    stopWatching()
    stopWatching = () => {}
    const { workspace } = state.getState()
    state.setState({ workspace: null })
    const left = workspace === null ? leaving : workspace.close()
    leaving = left.catch(() => undefined)
    await left
  }
  const showLog = async ({ ref, owner }: Pick<DeviceLog, 'ref' | 'owner'>) => {
    const { documentName } = ref
    if (state.getState().workspace?.ref.documentName === documentName) {
      remember((logs) => showOnList(logs, ref, owner))
      sync()
      return
    }
    showing = documentName
    asked += 1
    const thisAsked = asked
    try {
      await Promise.all([leaveShown(), waiting.leave(documentName)])
      if (memory.change((list) => list).removing.includes(documentName)) await memory.endRemovals()
      const workspace = await openLog(ref)
      // Another one was asked for meanwhile, or this one once more.
      if (thisAsked !== asked) return await workspace.close()
      remember((logs) => showOnList(logs, ref, owner))
      put(workspace)
    } catch (cause) {
      const openError = openErrorFrom(cause, deps.faults)
      if (thisAsked === asked) state.setState({ openError })
    }
  }

  const start = async () => {
    const { logs, shown } = await memory.find()
    const log = logs.find(({ ref }) => ref.documentName === shown) ?? logs[0] ?? newLocalLog()
    state.setState({ logs })
    await showLog(log)
    // What another tab holds on to is tried again at the next start.
    memory.endRemovals().catch(() => undefined)
    void takeInLeftOvers({
      documents: deps.documents.names,
      logs: () => state.getState().logs,
      shown: () => state.getState().workspace,
      open: openLog,
      isFree,
      onTakenIn: (documentName, into) => remember((known) => moveLog(known, documentName, into)),
    })
  }

  const signInBy: Session['signInBy'] = async (asked, localLog) => {
    const answer = await asked
    return answer.ok ? showAccountLog(answer.value, localLog) : answer
  }
  const remove = async (...documentNames: readonly string[]) => {
    for (const { ref } of state.getState().logs) {
      if (!documentNames.includes(ref.documentName)) continue
      members.forget(ref.id)
      deps.onForget(ref.id)
    }
    remember((logs) => documentNames.reduce(forgetLog, logs))
    await Promise.all(documentNames.map(waiting.leave))
    await memory.endRemovals()
  }
  const removeLogsOf = async (personId: string) => {
    stopSync()
    stopSync = () => {}
    const { logs } = state.getState()
    await showLog(logs.find(({ owner }) => owner?.id !== personId) ?? newLocalLog())
    await remove(...logs.filter(({ owner }) => owner?.id === personId).map(({ ref }) => ref.documentName))
  }
  const openApart = async (ref: WorkspaceRef, work: (log: Workspace) => Promise<void>) => {
    apart = ref.documentName
    try {
      await waiting.leave(ref.documentName)
      const log = await openLog(ref)
      try {
        await work(log)
      } finally {
        await log.close()
      }
    } finally {
      apart = null
    }
  }
  const { showAccountLog, ...merging } = createMergeLogs({
    account,
    state,
    showLog,
    remove,
    openApart,
    faults: deps.faults,
  })
  const parties = createPartyLogs({
    account,
    parties: deps.rest.parties,
    members,
    state,
    syncOptions,
    remember,
    leaveShown,
    showLog,
    remove,
    showLocal: () => showLog(state.getState().logs.find(({ owner }) => owner === null) ?? newLocalLog()),
  })

  memory.onChangedElsewhere(({ logs }) => state.setState({ logs }))
  account.state.subscribe((next) => {
    const person = next.kind === 'signed-in' ? next.user : null
    if (person?.id === state.getState().person?.id) return state.setState({ person })
    state.setState({ person, workspaces: null })
    if (person !== null) parties.refresh()
  })
  const known = account.state.getState()
  if (known.kind === 'signed-in') state.setState({ person: known.user })

  return {
    state,
    members,
    rest: deps.rest,
    ...parties,
    start,
    ...merging,
    reopen: start,
    remove,
    retrySync() {
      sync()
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
    async signUp({ claimsLocalLog, ...input }) {
      const { workspace } = state.getState()
      const local = workspace === null ? undefined : logOf(workspace.ref.documentName)
      const claimed = claimsLocalLog && local?.owner === null ? local.ref : null
      const answer = await account.register(claimed === null ? input : { ...input, workspaceId: claimed.id })
      if (!answer.ok) return answer
      if (claimed === null) return showAccountLog(answer.value, 'keep-apart')
      await showLog({ ref: claimed, owner: answer.value })
      return ok(null)
    },
    signIn: (input) => signInBy(account.login(input)),
    signInBy,
    removeLogsOf,
    async signOut(data) {
      const { person } = state.getState()
      stopSync()
      stopSync = () => {}
      // Whoever logs out may leave before the server, which can be away, has answered.
      const told = account.logout()
      if (data === 'remove' && person !== null) await removeLogsOf(person.id)
      await told
    },
    async show(documentName) {
      const log = logOf(documentName)
      if (log !== undefined) await showLog(log)
    },
  }
}
