import type { WorkspaceRef } from '@questlog/shared/client/workspace'
import type { WorkspaceId } from '@questlog/shared/domain/ids'
import { ulidSchema } from '@questlog/shared/protocol/ulid'
import { roleSchema, workspaceKindSchema } from '@questlog/shared/protocol/workspaces'
import { z } from 'zod'

const personSchema = z.object({ id: z.string(), email: z.string(), displayName: z.string() }).readonly()

const refSchema: z.ZodType<WorkspaceRef> = z.object({
  id: z.custom<WorkspaceId>((value) => ulidSchema.safeParse(value).success),
  documentName: z.string(),
  name: z.string(),
  kind: workspaceKindSchema,
  role: roleSchema,
})

const logSchema = z
  .object({
    ref: refSchema,
    /** Null while the log belongs to nobody's account. */
    owner: personSchema.nullable(),
    /** What was not saved on the server when last looked at; null for a log that is not synced. */
    unsavedChanges: z.number().int().nonnegative().nullable(),
    /** People who were asked to merge this log into theirs and said no. */
    keptApartFrom: z.array(z.string()).readonly(),
  })
  .readonly()

/** What this device knows without opening any document. */
export const deviceStateSchema = z
  .object({
    person: personSchema.nullable(),
    activeDocument: z.string().nullable(),
    logs: z.array(logSchema).readonly(),
  })
  .readonly()

export type Person = z.infer<typeof personSchema>
export type KnownLog = z.infer<typeof logSchema>
export type DeviceState = z.infer<typeof deviceStateSchema>

export const emptyDeviceState: DeviceState = { person: null, activeDocument: null, logs: [] }

/** Adds a log, or brings what is known of it up to date; what was counted and answered before stays. */
export function keepLog(state: DeviceState, ref: WorkspaceRef, owner: Person | null): DeviceState {
  const known = state.logs.find((log) => log.ref.documentName === ref.documentName)
  const log: KnownLog = { unsavedChanges: null, keptApartFrom: [], ...known, ref, owner }
  return {
    ...state,
    logs: known === undefined ? [...state.logs, log] : state.logs.map((other) => (other === known ? log : other)),
  }
}

/** Puts another document in a log's place: its new epoch, or the account's name for a claimed log. */
export function replaceLog(
  state: DeviceState,
  documentName: string,
  ref: WorkspaceRef,
  owner: Person | null,
): DeviceState {
  const wasActive = state.activeDocument === documentName
  const kept = keepLog(documentName === ref.documentName ? state : forgetLog(state, documentName), ref, owner)
  return wasActive ? { ...kept, activeDocument: ref.documentName } : kept
}

/** Forgets a log that was removed from this device, or merged into another. */
export function forgetLog(state: DeviceState, documentName: string): DeviceState {
  return {
    ...state,
    activeDocument: state.activeDocument === documentName ? null : state.activeDocument,
    logs: state.logs.filter((log) => log.ref.documentName !== documentName),
  }
}

/** Remembers which log to show; the next start opens it before it asks anybody. */
export function showLog(state: DeviceState, documentName: string): DeviceState {
  return { ...state, activeDocument: documentName }
}

/** Remembers who is signed in on this device, or that nobody is. */
export function signPerson(state: DeviceState, person: Person | null): DeviceState {
  return { ...state, person }
}

/** Remembers that a person wants a log kept apart, so that merging is not offered to them again. */
export function keepApart(state: DeviceState, documentName: string, person: Person): DeviceState {
  return changeLog(state, documentName, (log) =>
    log.keptApartFrom.includes(person.id) ? log : { ...log, keptApartFrom: [...log.keptApartFrom, person.id] },
  )
}

/** Remembers how many changes of a log the server does not have; null when it is not synced. */
export function countUnsaved(state: DeviceState, documentName: string, unsavedChanges: number | null): DeviceState {
  return changeLog(state, documentName, (log) =>
    log.unsavedChanges === unsavedChanges ? log : { ...log, unsavedChanges },
  )
}

/** The log that belongs to nobody and could become the person's, unless they said no before. */
export function mergeCandidate(state: DeviceState, person: Person): KnownLog | null {
  return state.logs.find((log) => log.owner === null && !log.keptApartFrom.includes(person.id)) ?? null
}

/** Changes that wait in documents not open now: they count as unsaved although nothing here looks at them. */
export function unsavedElsewhere(state: DeviceState, openDocuments: ReadonlySet<string>): number {
  return state.logs
    .filter((log) => !openDocuments.has(log.ref.documentName))
    .reduce((sum, log) => sum + (log.unsavedChanges ?? 0), 0)
}

function changeLog(state: DeviceState, documentName: string, change: (log: KnownLog) => KnownLog): DeviceState {
  const logs = state.logs.map((log) => (log.ref.documentName === documentName ? change(log) : log))
  return logs.every((log, index) => log === state.logs[index]) ? state : { ...state, logs }
}
