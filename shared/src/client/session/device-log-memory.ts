import { newId, type WorkspaceId } from '../../domain/kernel/ids.ts'
import {
  type Guard,
  isArrayOf,
  isCount,
  isMissingOr,
  isNullOr,
  isOneOf,
  isShape,
  isString,
} from '../../domain/kernel/value-shape.ts'
import { formatDocumentName, parseDocumentName } from '../../protocol/documents.ts'
import { roles, workspaceKinds } from '../../protocol/roles.ts'
import type { Coordination } from '../ports/coordination.ts'
import { readJson, type SharedKeyValue } from '../ports/key-value.ts'
import type { LocalDocuments } from '../ports/local-documents.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import type { DeviceLog } from './device-log.ts'
import { type DeviceLogs, forgetRemoval } from './device-log-list.ts'

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

/** What this device remembers of its logs, the same in all windows. The logs themselves are in their own stores. */
export interface DeviceLogMemory {
  /** The logs remembered or, when none is, those whose stores are found; a new local log when there is none at all. */
  find(): Promise<DeviceLogs>
  /** Replaces what is remembered by a function of it; what other windows changed meanwhile stands. */
  change(change: (logs: DeviceLogs) => DeviceLogs): DeviceLogs
  /** Deletes the stores of logs taken off the list, also what an earlier run left; rejects when one stays. */
  endRemovals(): Promise<void>
  /** Calls back when another window has changed what is remembered. */
  onChangedElsewhere(listener: (logs: DeviceLogs) => void): void
}

export interface DeviceLogMemoryDeps {
  readonly memory: SharedKeyValue
  readonly coordination: Pick<Coordination, 'alone'>
  readonly documents: LocalDocuments
}

/** Opens the memory. It is read and written at once, so a count stands before the edit it counts is on disk. */
export function openDeviceLogMemory({ memory, coordination, documents }: DeviceLogMemoryDeps): DeviceLogMemory {
  let current = nothing
  let isKept = true
  const latest = () => {
    const stored = isKept ? read(memory) : nothing
    if (stored.logs.length > 0 && JSON.stringify(stored) !== JSON.stringify(current)) current = stored
    return current
  }
  const keep = (logs: DeviceLogs) => {
    current = logs
    // Where it is not, this window remembers by itself, and the next start looks for the stores.
    isKept = memory.write(storageKey, JSON.stringify(logs))
    return logs
  }
  const change: DeviceLogMemory['change'] = (make) => {
    const before = latest()
    const after = make(before)
    return after === before ? before : keep(after)
  }
  return {
    async find() {
      current = read(memory)
      if (current.logs.length > 0) return current
      // Two windows opened at once on a new device must agree on one local log.
      return coordination.alone('questlog/device-logs', async () => {
        current = read(memory)
        if (current.logs.length > 0) return current
        const found = (await logsOfStores(documents)).filter(({ ref }) => !current.removing.includes(ref.documentName))
        const logs = found.length > 0 ? found : [newLocalLog()]
        return keep({ ...current, shown: logs[0]?.ref.documentName ?? null, logs })
      })
    },
    change,
    endRemovals() {
      // Another window may have ended one, and opened that log again, while this one waited.
      return coordination.alone('questlog/removals', async () => {
        const ended = await Promise.allSettled(
          latest().removing.map(async (documentName) => {
            await documents.remove(documentName)
            change((list) => forgetRemoval(list, documentName))
          }),
        )
        for (const one of ended) if (one.status === 'rejected') throw one.reason
      })
    },
    onChangedElsewhere(listener) {
      memory.onChangedElsewhere(storageKey, () => listener(latest()))
    },
  }
}

/** A new, empty log that belongs to no account. */
export function newLocalLog(): DeviceLog {
  const id = newId<WorkspaceId>()
  return localLog(id, formatDocumentName({ kind: 'workspace', id, epoch: 1 }))
}

function read(memory: SharedKeyValue): DeviceLogs {
  const stored = readJson(memory, storageKey)
  if (!isDeviceLogs(stored)) return nothing
  return {
    ...stored,
    // Not known is not saved: looking into the log puts it right.
    logs: stored.logs.map((log) => ({ ...log, unsavedChanges: log.unsavedChanges ?? 1 })),
    removing: stored.removing ?? [],
  }
}

async function logsOfStores(documents: LocalDocuments): Promise<readonly DeviceLog[]> {
  // Where storage is forbidden this rejects, and opening the new log's store says so in words.
  const documentNames = await documents.names().catch(() => [])
  return documentNames.flatMap((documentName) => {
    const parsed = parseDocumentName(documentName)
    return parsed?.kind === 'workspace' ? [localLog(parsed.id as WorkspaceId, documentName)] : []
  })
}

function localLog(id: WorkspaceId, documentName: string): DeviceLog {
  const ref: WorkspaceRef = { id, documentName, name: 'Personal', kind: 'personal', role: 'owner' }
  return { ref, owner: null, unsavedChanges: 0 }
}
