import { type RecordId, storedId } from './ids.ts'
import type { FieldValue, Patch } from './record-write.ts'

/** The field as a string, or the fallback where it is missing or something else. */
export function readString<Fallback>(value: FieldValue | undefined, fallback: Fallback): string | Fallback {
  return typeof value === 'string' ? value : fallback
}

/** The field as a finite number, or the fallback. */
export function readNumber<Fallback>(value: FieldValue | undefined, fallback: Fallback): number | Fallback {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback
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
