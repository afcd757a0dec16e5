import type { DeviceLog } from '@questlog/shared/client/session/device-log'
import type { SessionState } from '@questlog/shared/client/session/session'
import type { WorkspaceRef } from '@questlog/shared/client/workspace-ref'
import { compareNames } from '@questlog/shared/domain/kernel/fold-text'
import type { Role } from '@questlog/shared/protocol/workspaces'

/** One choice of the switcher. */
export interface WorkspaceEntry {
  readonly id: string
  readonly name: string
  /** `local` is a log of this device that belongs to nobody's account. */
  readonly kind: 'personal' | 'party' | 'local'
  readonly role: Role
  /** `server`: it is fetched when it is opened first. `gone`: the server no longer counts it among the person's. */
  readonly where: 'device' | 'server' | 'gone'
  readonly unsavedChanges: number
}

type Known = Pick<SessionState, 'logs' | 'workspaces' | 'person'>

/** What the person can change to: their own log, their parties by name, and logs of nobody's account. */
export function workspaceEntries({ logs, workspaces, person }: Known): readonly WorkspaceEntry[] {
  const here = logs.filter(({ owner }) => owner === null || person === null || owner.id === person.id)
  const elsewhere = (workspaces ?? []).filter(({ id }) => !here.some(({ ref }) => ref.id === id))
  const entries = [...here.map((log) => entryOfLog(log, workspaces)), ...elsewhere.map(entryOfRef)]
  return entries.toSorted((a, b) => order[a.kind] - order[b.kind] || compareNames(a.name, b.name))
}

const order = { personal: 0, party: 1, local: 2 } as const

function entryOfLog({ ref, owner, unsavedChanges }: DeviceLog, workspaces: readonly WorkspaceRef[] | null) {
  const told = workspaces?.find(({ id }) => id === ref.id)
  const isGone = owner !== null && workspaces !== null && told === undefined
  const { id, name, role } = told ?? ref
  const kind = owner === null ? 'local' : ref.kind
  return { id, name, role, kind, where: isGone ? 'gone' : 'device', unsavedChanges } satisfies WorkspaceEntry
}

function entryOfRef({ id, name, kind, role }: WorkspaceRef): WorkspaceEntry {
  return { id, name, kind, role, where: 'server', unsavedChanges: 0 }
}
