import type { WorkspaceRef } from '@questlog/shared/client/workspace'
import { newId, type WorkspaceId } from '@questlog/shared/domain/ids'
import { formatDocumentName, parseDocumentName } from '@questlog/shared/protocol/documents'
import { roleSchema, workspaceKindSchema } from '@questlog/shared/protocol/workspaces'
import { z } from 'zod'
import type { DeviceLog } from './session.ts'

const deviceLogs = z.object({
  shown: z.string().nullable(),
  logs: z.array(
    z.object({
      ref: z.object({
        id: z.custom<WorkspaceId>((value) => typeof value === 'string'),
        documentName: z.string(),
        name: z.string(),
        kind: workspaceKindSchema,
        role: roleSchema,
      }),
      owner: z.object({ id: z.string(), email: z.string(), displayName: z.string() }).nullable(),
    }),
  ),
})

/** Which logs this device keeps, and the one shown last. The logs themselves are in their own stores. */
export interface DeviceLogs {
  readonly shown: string | null
  readonly logs: readonly DeviceLog[]
}

const storageKey = 'questlog.logs'
const databasePrefix = 'questlog/'

/** What this device remembers; nothing where it remembers nothing. */
export function readDeviceLogs(): DeviceLogs {
  try {
    const parsed = deviceLogs.safeParse(JSON.parse(localStorage.getItem(storageKey) ?? 'null'))
    return parsed.success ? parsed.data : { shown: null, logs: [] }
  } catch {
    return { shown: null, logs: [] }
  }
}

/** Remembers the logs of this device. Should it be forgotten, `findDeviceLogs` finds them by their stores. */
export function writeDeviceLogs(logs: DeviceLogs): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify(logs))
  } catch {
    // Storage is forbidden or full: the next start looks for the stores instead.
  }
}

/** The logs remembered or, when none is, those whose stores are found; a new local log when there is none at all. */
export async function findDeviceLogs(): Promise<DeviceLogs> {
  const remembered = readDeviceLogs()
  if (remembered.logs.length > 0) return remembered
  const exclusively = navigator.locks
    ? (task: () => Promise<DeviceLogs>) => navigator.locks.request('questlog/device-logs', task)
    : (task: () => Promise<DeviceLogs>) => task()
  // Two tabs opened at once on a new device must agree on one local log.
  return exclusively(async () => {
    const meanwhile = readDeviceLogs()
    if (meanwhile.logs.length > 0) return meanwhile
    const found = await logsOfStores()
    const logs = found.length > 0 ? found : [newLocalLog()]
    const result = { shown: logs[0]?.ref.documentName ?? null, logs }
    writeDeviceLogs(result)
    return result
  })
}

/** A new, empty log that belongs to no account. */
export function newLocalLog(): DeviceLog {
  const id = newId<WorkspaceId>()
  return { ref: localRef(id, formatDocumentName({ kind: 'workspace', id, epoch: 1 })), owner: null }
}

async function logsOfStores(): Promise<readonly DeviceLog[]> {
  // Where storage is forbidden this rejects, and opening the new log's store says so in words.
  const databases = await indexedDB.databases().catch(() => [])
  return databases.flatMap(({ name }) => {
    if (name?.startsWith(databasePrefix) !== true) return []
    const documentName = name.slice(databasePrefix.length)
    const parsed = parseDocumentName(documentName)
    return parsed?.kind === 'workspace' ? [{ ref: localRef(parsed.id as WorkspaceId, documentName), owner: null }] : []
  })
}

function localRef(id: WorkspaceId, documentName: string): WorkspaceRef {
  return { id, documentName, name: 'Personal', kind: 'personal', role: 'owner' }
}
