import type { FieldValue, Patch, RecordWrite, TableName } from '../domain/record-write.ts'
import { err, ok, type Result } from '../domain/result.ts'
import { copyJson, isPlainObject, jsonSize, NotJsonError } from './json-value.ts'
import { isSafeStamp, type Stamp } from './stamp.ts'

/**
 * One element of a record table: `[id, stamp, patch]`. An entry that also carries fields taken over from
 * older entries of its record names their own stamps in a fourth element. Readers ignore further elements.
 */
export type Entry =
  | readonly [id: string, stamp: Stamp, patch: Patch]
  | readonly [id: string, stamp: Stamp, patch: Patch, carried: Carried]

/** The stamps of fields older than their entry, by path. */
export type Carried = { readonly [path: string]: Stamp }

/** Why an element of a table cannot be read as an entry. */
export type EntryFault = 'not-an-entry' | 'id' | 'stamp' | 'patch' | 'path' | 'value' | 'carried' | 'too-large'

/** An element that was skipped: where it is, and why. It stays in the document for a later version to read. */
export interface EntryProblem {
  readonly table: TableName
  /** The Yjs id of the element. */
  readonly client: number
  readonly clock: number
  readonly fault: EntryFault
}

/** Where an element was found. */
export type EntryContext = Pick<EntryProblem, 'table' | 'client' | 'clock'>

export const MAX_ID_LENGTH = 128
export const MAX_PATH_LENGTH = 256
export const MAX_ENTRY_FIELDS = 4096
/** Characters of JSON. */
export const MAX_ENTRY_SIZE = 256 * 1024

/** `name` or `name/key…`: one to four non-empty segments. `__proto__` names no property and is no segment. */
const PATH = /^(?!(?:.*\/)?__proto__(?:\/|$))[^/]+(?:\/[^/]+){0,3}$/s

/** Reads an element of a table: its shape, bounds and stamps. Unknown fields and nested values pass. */
export function parseEntry(value: unknown, context: EntryContext): Result<Entry, EntryProblem> {
  const fault = entryFault(value)
  return fault === null ? ok(value as Entry) : err({ ...context, fault })
}

/** What is wrong with an element, or null where it is an `Entry`. */
export function entryFault(value: unknown): EntryFault | null {
  if (!Array.isArray(value) || value.length < 3) return 'not-an-entry'
  if (!isRecordId(value[0])) return 'id'
  if (!isSafeStamp(value[1])) return 'stamp'
  const fault = patchFault(value[2])
  if (fault !== null || value[3] === undefined) return fault
  return isCarried(value[3], value[2], value[1]) ? null : 'carried'
}

/** The stamp of one field of an entry. */
export function fieldStamp(entry: Entry, path: string): Stamp {
  const carried = entry[3]
  return carried !== undefined && Object.hasOwn(carried, path) ? (carried[path] ?? entry[1]) : entry[1]
}

/** Whether a path may name a field. */
export function isFieldPath(path: string): boolean {
  return path.length <= MAX_PATH_LENGTH && (isPlainName(path) || PATH.test(path))
}

/** A write's fields as the store keeps them; throws `NotJsonError` where they are none a reader would accept. */
export function copyPatch(write: RecordWrite): Patch {
  if (!isRecordId(write.id)) throw new NotJsonError(`Not a record id in ${write.table}: ${write.id}`)
  const fault = patchFault(write.patch)
  if (fault !== null) throw new NotJsonError(`Unwritable patch (${fault}) of ${write.table} ${write.id}`)
  return Object.fromEntries(Object.entries(write.patch).map(([path, value]) => [path, copyJson(value)]))
}

function isRecordId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_ID_LENGTH && value.isWellFormed()
}

function patchFault(patch: unknown): EntryFault | null {
  if (!isPlainObject(patch)) return 'patch'
  let fields = 0
  let size = 0
  for (const path in patch) {
    if (!isFieldPath(path)) return 'path'
    const valueSize = jsonSize(patch[path])
    if (valueSize < 0) return 'value'
    fields += 1
    size += path.length + valueSize
  }
  return fields > MAX_ENTRY_FIELDS || size > MAX_ENTRY_SIZE ? 'too-large' : null
}

function isCarried(value: unknown, patch: { readonly [path: string]: FieldValue }, stamp: Stamp): value is Carried {
  if (!isPlainObject(value)) return false
  for (const path in value) {
    const carried = value[path]
    if (!Object.hasOwn(patch, path) || !isSafeStamp(carried) || carried >= stamp) return false
  }
  return true
}

/** The common case without a regular expression: a short word of ASCII letters. */
function isPlainName(path: string): boolean {
  if (path.length === 0 || path.length > 24) return false
  for (let index = 0; index < path.length; index += 1) {
    const code = path.charCodeAt(index) | 0x20
    if (code < 0x61 || code > 0x7a) return false
  }
  return true
}
