import type { Patch, RecordWrite, TableName } from '../domain/kernel/record-write.ts'
import { err, ok, type Result } from '../domain/kernel/result.ts'
import { type Ages, isAges, stampsOf } from './ages.ts'
import { copyJson, isPlainObject, jsonSize, NotJsonError } from './json-value.ts'
import { isSafeStamp, type Stamp } from './stamp.ts'

/**
 * One element of a record table: `[id, stamp, patch]`. An entry that also carries fields taken over from
 * older entries of its record tells the ages of its fields in a fourth element. Readers ignore further
 * elements.
 */
export type Entry =
  | readonly [id: string, stamp: Stamp, patch: Patch]
  | readonly [id: string, stamp: Stamp, patch: Patch, ages: Ages]

/** Why an element of a table cannot be read as an entry. */
export type EntryFault = 'not-an-entry' | 'id' | 'stamp' | 'patch' | 'path' | 'value' | 'ages' | 'too-large'

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

const MAX_KEYS = 3
const SLASH = 0x2f

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
  return isAges(value[3], Object.keys(value[2]).length, value[1]) ? null : 'ages'
}

/** Visits the fields of an entry with their stamps. */
export function visitFields(entry: Entry, visit: (path: string, stamp: Stamp) => void): void {
  const [, stamp, patch, ages] = entry
  const carried = ages === undefined ? [] : stampsOf(ages, stamp)
  let index = 0
  for (const path in patch) {
    visit(path, carried[index] ?? stamp)
    index += 1
  }
}

/**
 * Whether a path may name a field: `name` or `name/key…`, a name that starts with a letter, so that objects keep
 * their fields in the order written, and up to three keys. No regular expression: this runs for every field of a
 * document.
 */
export function isFieldPath(path: string): boolean {
  if (path.length > MAX_PATH_LENGTH || !isLetter(path.charCodeAt(0))) return false
  if (path.charCodeAt(path.length - 1) === SLASH) return false
  let keys = 0
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
    keys += 1
    if (keys > MAX_KEYS || path.charCodeAt(at + 1) === SLASH) return false
  }
  return true
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

function isLetter(code: number): boolean {
  const lower = code | 0x20
  return lower >= 0x61 && lower <= 0x7a
}
