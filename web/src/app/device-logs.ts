import type { WorkspaceRef } from '@questlog/shared/client/workspace/workspace'
import { newId, type WorkspaceId } from '@questlog/shared/domain/kernel/ids'
import {
  type Guard,
  isArrayOf,
  isCount,
  isMissingOr,
  isNullOr,
  isOneOf,
  isShape,
  isString,
} from '@questlog/shared/domain/kernel/value-shape'
import { formatDocumentName, parseDocumentName } from '@questlog/shared/protocol/documents'
import { roles, workspaceKinds } from '@questlog/shared/protocol/roles'
import { documentsOnDevice } from '../browser/document-database.ts'
import { type DeviceLogs, forgetRemoval } from './device-log-list.ts'
import type { DeviceLog } from './session.ts'

const isWorkspaceId: Guard<WorkspaceId> = (value): value is WorkspaceId => isString(value)
const isDeviceLogs = isShape({
  shown: isNullOr(isString),
  logs: isArrayOf(
    isShape({
      ref: isShape({
        id: isWorkspaceId,
        documentName: isString,
        name: isString,
        kind: isOneOf(workspaceKinds),
        role: isOneOf(roles),
      }),
      owner: isNullOr(isShape({ id: isString, email: isString, displayName: isString })),
      unsavedChanges: isMissingOr(isCount),
    }),
  ),
  removing: isMissingOr(isArrayOf(isString)),
})

const storageKey = 'questlog.logs'
const nothing: DeviceLogs = { shown: null, logs: [], removing: [] }

/** What this device remembers of its logs, the same in all tabs. The logs themselves are in their own stores. */
export interface DeviceLogMemory {
  /** The logs remembered or, when none is, those whose stores are found; a new local log when there is none at all. */
  find(): Promise<DeviceLogs>
  /** Replaces what is remembered by a function of it; what other tabs changed meanwhile stands. */
  change(change: (logs: DeviceLogs) => DeviceLogs): DeviceLogs
  /** Deletes the stores of logs taken off the list, also what a page that went away left; rejects when one stays. */
  endRemovals(removeStore: (documentName: string) => Promise<void>): Promise<void>
  /** Calls back when another tab has changed what is remembered. */
  onChangedElsewhere(listener: (logs: DeviceLogs) => void): void
}

/** Opens the memory. It is read and written at once, so a count stands before the edit it counts is on disk. */
export function openDeviceLogMemory(): DeviceLogMemory {
  let current = nothing
  let isKept = true
  const latest = () => {
    const stored = isKept ? read() : nothing
    if (stored.logs.length > 0 && JSON.stringify(stored) !== JSON.stringify(current)) current = stored
    return current
  }
  const keep = (logs: DeviceLogs) => {
    current = logs
    isKept = write(logs)
    return logs
  }
  const change: DeviceLogMemory['change'] = (make) => {
    const before = latest()
    const after = make(before)
    return after === before ? before : keep(after)
  }
  return {
    async find() {
      current = read()
      if (current.logs.length > 0) return current
      // Two tabs opened at once on a new device must agree on one local log.
      return exclusively('questlog/device-logs', async () => {
        current = read()
        if (current.logs.length > 0) return current
        const found = (await logsOfStores()).filter(({ ref }) => !current.removing.includes(ref.documentName))
        const logs = found.length > 0 ? found : [newLocalLog()]
        return keep({ ...current, shown: logs[0]?.ref.documentName ?? null, logs })
      })
    },
    change,
    endRemovals(removeStore) {
      // Another tab may have ended one, and opened that log anew, while this one waited.
      return exclusively('questlog/removals', async () => {
        const ended = await Promise.allSettled(
          latest().removing.map(async (documentName) => {
            await removeStore(documentName)
            change((list) => forgetRemoval(list, documentName))
          }),
        )
        for (const one of ended) if (one.status === 'rejected') throw one.reason
      })
    },
    onChangedElsewhere(listener) {
      globalThis.addEventListener?.('storage', (event) => {
        if (event.key === storageKey) listener(latest())
      })
    },
  }
}

/** A new, empty log that belongs to no account. */
export function newLocalLog(): DeviceLog {
  const id = newId<WorkspaceId>()
  return localLog(id, formatDocumentName({ kind: 'workspace', id, epoch: 1 }))
}

/** Runs a task in one tab at a time. */
async function exclusively<Value>(lockName: string, task: () => Promise<Value>): Promise<Value> {
  return navigator.locks ? navigator.locks.request(lockName, task) : task()
}

function read(): DeviceLogs {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? 'null')
    if (!isDeviceLogs(stored)) return nothing
    return {
      ...stored,
      // Not known is not saved: looking into the log puts it right.
      logs: stored.logs.map((log) => ({ ...log, unsavedChanges: log.unsavedChanges ?? 1 })),
      removing: stored.removing ?? [],
    }
  } catch {
    return nothing
  }
}

function write(logs: DeviceLogs): boolean {
  try {
    localStorage.setItem(storageKey, JSON.stringify(logs))
    return true
  } catch {
    // Storage is forbidden or full: this tab remembers by itself, and the next start looks for the stores.
    return false
  }
}

async function logsOfStores(): Promise<readonly DeviceLog[]> {
  // Where storage is forbidden this rejects, and opening the new log's store says so in words.
  const documentNames = await documentsOnDevice().catch(() => [])
  return documentNames.flatMap((documentName) => {
    const parsed = parseDocumentName(documentName)
    return parsed?.kind === 'workspace' ? [localLog(parsed.id as WorkspaceId, documentName)] : []
  })
}

function localLog(id: WorkspaceId, documentName: string): DeviceLog {
  const ref: WorkspaceRef = { id, documentName, name: 'Personal', kind: 'personal', role: 'owner' }
  return { ref, owner: null, unsavedChanges: 0 }
}
