import { type RecordId, storedId } from './ids.ts'
import type { FieldValue, Patch } from './record-write.ts'

/** The field as a string, or the fallback where it is missing or something else. */
export function readString<Fallback>(value: FieldValue | undefined, fallback: Fallback): string | Fallback {
  return typeof value === 'string' ? value : fallback
}

// The first and the last moment whose date is one of the years 1 to 9999 in every time zone.
const FIRST_MS = Date.parse('0001-01-02T00:00:00.000Z')
const LAST_MS = Date.parse('9999-12-30T23:59:59.999Z')

/**
 * The field as a moment in milliseconds since the epoch, or the fallback. A moment that no calendar has is read as the
 * nearest one that every screen and every table can show: its writer meant that something happened.
 */
export function readInstant<Fallback>(value: FieldValue | undefined, fallback: Fallback): number | Fallback {
  if (typeof value !== 'number' || Number.isNaN(value)) return fallback
  return Math.min(Math.max(value, FIRST_MS), LAST_MS)
}

/** The field as a count, a whole number from zero on, or the fallback. */
export function readCount<Fallback>(value: FieldValue | undefined, fallback: Fallback): number | Fallback {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : fallback
}

/** The field as one of the options, or the fallback. */
export function readOption<Option extends string | number, Fallback>(
  value: FieldValue | undefined,
  options: readonly Option[],
  fallback: Fallback,
): Option | Fallback {
  for (const option of options) if (option === value) return option
  return fallback
}

/** The field as an id, or null. */
export function readId<Id extends RecordId>(value: FieldValue | undefined): Id | null {
  return typeof value === 'string' && value !== '' ? storedId<Id>(value) : null
}

/** The members of a set kept under `<field>/<id>`: those whose value is true. */
export function readSet<Id extends RecordId>(record: Patch, paths: readonly string[], field: string): ReadonlySet<Id> {
  const members = new Set<Id>()
  for (const path of paths) {
    if (path.startsWith(`${field}/`) && record[path] === true) members.add(storedId<Id>(path.slice(field.length + 1)))
  }
  return members
}
