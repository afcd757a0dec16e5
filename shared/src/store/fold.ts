import type { FieldValue } from '../domain/record-write.ts'
import { compareValues } from './canonical-json.ts'
import { type Entry, fieldStamp } from './entry.ts'
import type { Stamp } from './stamp.ts'

/** A record's fields by flat path; cleared fields are absent. */
export type FoldedRecord = { readonly [path: string]: FieldValue }

/** An entry in the document, with its Yjs id. */
export interface Slot {
  readonly entry: Entry
  readonly client: number
  readonly clock: number
}

/** The slot that holds each field, by path. */
export type Winners = ReadonlyMap<string, Slot>

/** Finds, for each field, the greatest of its occurrences among a record's entries. */
export function foldSlots(slots: readonly Slot[]): Winners {
  const winners = new Map<string, Slot>()
  for (const slot of slots) {
    for (const path in slot.entry[2]) {
      const winner = winners.get(path)
      if (winner === undefined || compareOccurrences(path, slot, winner) > 0) winners.set(path, slot)
    }
  }
  return winners
}

/**
 * The total order over the occurrences of one field: stamp, then canonical JSON, then the stamp of the
 * entry (of copies, the one taken over last), then the smaller Yjs id. Zero only for the same occurrence.
 */
export function compareOccurrences(path: string, a: Slot, b: Slot): number {
  return (
    stampAt(a, path) - stampAt(b, path) ||
    compareValues(valueAt(a, path), valueAt(b, path)) ||
    a.entry[1] - b.entry[1] ||
    b.client - a.client ||
    b.clock - a.clock
  )
}

/** Whether an occurrence of a field says nothing beyond the one that holds it. */
export function isOvertaken(path: string, slot: Slot, holder: Slot | undefined): boolean {
  if (holder === undefined) return false
  const order = stampAt(slot, path) - stampAt(holder, path)
  return order < 0 || (order === 0 && compareValues(valueAt(slot, path), valueAt(holder, path)) <= 0)
}

/** The fields that are not cleared, as a record. */
export function recordOf(winners: Winners): FoldedRecord {
  const record: { [path: string]: FieldValue } = {}
  for (const [path, slot] of winners) {
    const value = valueAt(slot, path)
    if (value !== null) record[path] = value
  }
  return record
}

/** Whether two folds hold the same fields with the same values. */
export function isSameRecord(a: FoldedRecord, b: FoldedRecord): boolean {
  const paths = Object.keys(a)
  if (paths.length !== Object.keys(b).length) return false
  return paths.every((path) => Object.hasOwn(b, path) && compareValues(valueIn(a, path), valueIn(b, path)) === 0)
}

/** The value an entry gives a field. */
export function valueAt(slot: Slot, path: string): FieldValue {
  return valueIn(slot.entry[2], path)
}

/** The stamp an entry gives a field. */
export function stampAt(slot: Slot, path: string): Stamp {
  return fieldStamp(slot.entry, path)
}

/** A record's value of a field, null where it has none of its own. */
export function valueIn(record: FoldedRecord, path: string): FieldValue {
  return Object.hasOwn(record, path) ? (record[path] ?? null) : null
}
