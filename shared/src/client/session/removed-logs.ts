import type { StoreApi } from 'zustand/vanilla'
import { type DeviceLogs, forgetLog } from './device-log-list.ts'
import { type DeviceLogMemory, newLocalLog } from './device-log-memory.ts'
import type { MemberNames } from './member-names.ts'
import type { Session, SessionState } from './session.ts'
import type { ShownLog } from './shown-log.ts'

export interface RemovedLogsDeps {
  readonly state: StoreApi<SessionState>
  readonly memory: Pick<DeviceLogMemory, 'endRemovals'>
  readonly members: Pick<MemberNames, 'forget'>
  readonly remember: (change: (logs: DeviceLogs) => DeviceLogs) => void
  /** Resolves once a log that is off the list is not open in this window. */
  readonly release: (documentName: string) => Promise<void>
  readonly shown: Pick<ShownLog, 'show' | 'stopSync'>
  readonly onForget: (workspaceId: string) => void
}

/** The part of the session that removes logs from this device. */
export type RemovedLogs = Pick<Session, 'remove' | 'removeLogsOf'>

/** A removed log is off the list at once; its document is deleted then, or at a later start. */
export function createRemovedLogs(deps: RemovedLogsDeps): RemovedLogs {
  const { state, shown } = deps

  const remove = async (...documentNames: readonly string[]) => {
    for (const { ref } of state.getState().logs) {
      if (!documentNames.includes(ref.documentName)) continue
      deps.members.forget(ref.id)
      deps.onForget(ref.id)
    }
    deps.remember((logs) => documentNames.reduce(forgetLog, logs))
    await Promise.all(documentNames.map(deps.release))
    await deps.memory.endRemovals()
  }

  return {
    remove: (documentName) => remove(documentName),
    async removeLogsOf(personId) {
      shown.stopSync()
      const { logs } = state.getState()
      await shown.show(logs.find(({ owner }) => owner?.id !== personId) ?? newLocalLog())
      await remove(...logs.filter(({ owner }) => owner?.id === personId).map(({ ref }) => ref.documentName))
    },
  }
}
