import type { StoreApi } from 'zustand/vanilla'
import type { Coordination } from '../ports/coordination.ts'
import type { Faults } from '../ports/faults.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import type { DeviceLog } from './device-log.ts'
import { countUnsaved, type DeviceLogs, moveLog, showLog as showOnList } from './device-log-list.ts'
import { leaveToNextStart } from './left-over-documents.ts'
import { openErrorFrom } from './open-error.ts'
import { lostAccess } from './party-logs.ts'
import type { SessionState } from './session.ts'

export interface ShownLogDeps {
  readonly state: StoreApi<SessionState>
  readonly open: (ref: WorkspaceRef) => Promise<Workspace>
  /** Starts syncing; returns the way to stop. */
  readonly connect: (workspace: Workspace) => () => void
  readonly remember: (change: (logs: DeviceLogs) => DeviceLogs) => void
  /** Resolves once a log that is about to be shown is open nowhere else in this window. */
  readonly release: (documentName: string) => Promise<void>
  /** Resolves once a log is not being deleted any more. */
  readonly endRemoval: (documentName: string) => Promise<void>
  readonly coordination: Pick<Coordination, 'socketOf'>
  readonly faults: Faults
  /** A log is on screen, and in sync should it be the signed-in person's. */
  readonly onShown: () => void
  /** What the person may do in the log on screen may have changed. */
  readonly onAccess: () => void
}

/** The log on screen. */
export interface ShownLog {
  /** The document on screen, or about to be. */
  documentName(): string | null
  /** Shows a log in place of the one on screen. What fails is told in the state, unless another was asked for meanwhile. */
  show(log: Pick<DeviceLog, 'ref' | 'owner'>): Promise<void>
  /** Takes the log off the screen and closes it. */
  leave(): Promise<void>
  /** Starts to sync, or goes on, if the log is the signed-in person's. */
  sync(): void
  stopSync(): void
}

/** Starts with no log on screen. */
export function createShownLog(deps: ShownLogDeps): ShownLog {
  const { state, remember } = deps
  let disconnect = () => {}
  let stopWatching = () => {}
  let showing: string | null = null
  /** Counts what was asked to be shown: of a log asked for twice only the later one is shown. */
  let asked = 0
  /** Resolves once the log that was on screen is closed: it may be asked for again at once. */
  let leaving: Promise<void> = Promise.resolve()

  const stopSync = () => {
    disconnect()
    disconnect = () => {}
  }
  const sync = () => {
    stopSync()
    const { workspace, person, logs } = state.getState()
    if (workspace === null) return
    count(workspace)
    const owner = logs.find(({ ref }) => ref.documentName === workspace.ref.documentName)?.owner ?? null
    if (owner !== null && owner.id === person?.id) disconnect = deps.connect(workspace)
  }
  const count = (workspace: Workspace) =>
    remember((logs) => countUnsaved(logs, workspace.ref.documentName, workspace.state.getState().sync))

  const put = (workspace: Workspace) => {
    stopWatching()
    state.setState({ workspace, openError: null })
    stopWatching = workspace.state.subscribe((next, before) => {
      count(workspace)
      if (next.successor !== null) void moveTo(workspace, next.successor)
      if (next.readOnly !== before.readOnly || lostAccess(next.sync) !== lostAccess(before.sync)) deps.onAccess()
    })
    sync()
    deps.onShown()
  }
  const moveTo = async (from: Workspace, successor: Workspace) => {
    showing = successor.ref.documentName
    remember((logs) => moveLog(logs, from.ref.documentName, successor.ref))
    stopSync()
    put(successor)
    // A window that is still on its way writes in the old document until it is there: the last one removes it. Where no
    // window can tell, the next start does.
    const isLast = (await deps.coordination.socketOf(from.ref.documentName)) === 'free'
    await (isLast ? from.destroy() : from.close()).catch(leaveToNextStart)
  }

  const leave = async () => {
    stopSync()
    stopWatching()
    stopWatching = () => {}
    const { workspace } = state.getState()
    state.setState({ workspace: null })
    const left = workspace === null ? leaving : workspace.close()
    leaving = left.catch(() => undefined)
    await left
  }

  return {
    documentName: () => showing,
    leave,
    sync,
    stopSync,
    async show({ ref, owner }) {
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
        await Promise.all([leave(), deps.release(documentName)])
        await deps.endRemoval(documentName)
        const workspace = await deps.open(ref)
        // Another one was asked for meanwhile, or this one once more.
        if (thisAsked !== asked) return await workspace.close()
        remember((logs) => showOnList(logs, ref, owner))
        put(workspace)
      } catch (cause) {
        const openError = openErrorFrom(cause, deps.faults)
        if (thisAsked === asked) state.setState({ openError })
      }
    },
  }
}
