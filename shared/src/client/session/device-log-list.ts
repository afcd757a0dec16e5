import type { SyncStatus } from '../sync/sync-status.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import type { DeviceLog, Person } from './device-log.ts'

/** Which logs this device keeps, and the one shown last. */
export interface DeviceLogs {
  readonly shown: string | null
  readonly logs: readonly DeviceLog[]
  /** Documents of logs taken off the list whose stores are still to be deleted: the app may end before it is done. */
  readonly removing: readonly string[]
}

/**
 * Puts a log on the list and on screen, or brings what is known of it up to date; its count stays. A store in use again
 * is deleted no more.
 */
export function showLog(list: DeviceLogs, ref: WorkspaceRef, owner: Person | null): DeviceLogs {
  const { documentName } = ref
  const known = list.logs.find((log) => log.ref.documentName === documentName)
  const log = { unsavedChanges: 0, ...known, ref, owner }
  const logs = [...list.logs.filter((other) => other !== known), log]
  return { ...forgetRemoval(list, documentName), shown: documentName, logs }
}

/** A workspace under the document name this device has for it, should the epoch differ: the client moves it. */
export function withDeviceDocument(logs: readonly DeviceLog[], wanted: WorkspaceRef): WorkspaceRef {
  const known = logs.find(({ ref }) => ref.id === wanted.id)
  return known === undefined ? wanted : { ...wanted, documentName: known.ref.documentName }
}

/** Takes over what the server says of the accounts' logs: their names and roles. The same list when all is known. */
export function describeLogs(list: DeviceLogs, workspaces: readonly WorkspaceRef[], ownerId: string): DeviceLogs {
  let hasChanged = false
  const logs = list.logs.map((log) => {
    const said = log.owner?.id === ownerId ? workspaces.find(({ id }) => id === log.ref.id) : undefined
    if (said === undefined || (said.name === log.ref.name && said.role === log.ref.role)) return log
    hasChanged = true
    return { ...log, ref: { ...log.ref, name: said.name, role: said.role } }
  })
  return hasChanged ? { ...list, logs } : list
}

/** Takes a log off the list; its store is to be deleted. */
export function forgetLog(list: DeviceLogs, documentName: string): DeviceLogs {
  return {
    ...list,
    logs: list.logs.filter((log) => log.ref.documentName !== documentName),
    removing: [...forgetRemoval(list, documentName).removing, documentName],
  }
}

/** Takes a log off the list whose store is deleted already. */
export function dropLog(list: DeviceLogs, documentName: string): DeviceLogs {
  return { ...list, logs: list.logs.filter((log) => log.ref.documentName !== documentName) }
}

/** The store of a log that was taken off the list is deleted. */
export function forgetRemoval(list: DeviceLogs, documentName: string): DeviceLogs {
  return { ...list, removing: list.removing.filter((name) => name !== documentName) }
}

/** Puts the document a log moved to in its place, on screen too. All of it counts as unsaved until it is looked at. */
export function moveLog(list: DeviceLogs, from: string, to: WorkspaceRef): DeviceLogs {
  // Another window may have moved it already.
  const known = list.logs.find((log) => log.ref.documentName === from || log.ref.documentName === to.documentName)
  const others = list.logs.filter((log) => log.ref.documentName !== from && log.ref.documentName !== to.documentName)
  const owner = known?.owner ?? null
  return {
    ...list,
    shown: list.shown === from ? to.documentName : list.shown,
    logs: [...others, { ref: to, owner, unsavedChanges: owner === null ? 0 : 1 }],
  }
}

/** Remembers how many changes of a log the server does not have; the same list when that is known already. */
export function countUnsaved(list: DeviceLogs, documentName: string, status: SyncStatus): DeviceLogs {
  const log = list.logs.find(({ ref }) => ref.documentName === documentName)
  if (log === undefined) return list
  const unsavedChanges = log.owner === null ? 0 : unsavedIn(status)
  if (log.unsavedChanges === unsavedChanges) return list
  return { ...list, logs: list.logs.map((other) => (other === log ? { ...log, unsavedChanges } : other)) }
}

/** How many changes of an account's log are unsaved; a log that never reached the server counts as one. */
function unsavedIn(status: SyncStatus): number {
  if (status.kind === 'local-only') return 1
  return 'unsavedChanges' in status ? status.unsavedChanges : 0
}

/** The accounts' logs that hold unsaved changes, save for the one on screen. */
export function unsavedElsewhere(logs: readonly DeviceLog[], shown: string | null): readonly DeviceLog[] {
  return logs.filter(({ ref, owner, unsavedChanges }) => {
    return owner !== null && unsavedChanges > 0 && ref.documentName !== shown
  })
}

/** How many changes these logs hold that the server does not have. */
export function sumUnsaved(logs: readonly DeviceLog[]): number {
  return logs.reduce((sum, log) => sum + log.unsavedChanges, 0)
}

/** What an account's log is told apart by: a party's name, or whose it is. */
export function titleOfLog({ ref, owner }: DeviceLog): string {
  return ref.kind === 'party' ? ref.name : (owner?.displayName ?? '')
}
