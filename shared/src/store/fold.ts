import type { FieldValue } from '../domain/kernel/record-write.ts'
import { compareValues } from './canonical-json.ts'
import { type Entry, visitFields } from './entry.ts'
import type { Stamp } from './stamp.ts'

/** A record's fields by flat path; cleared fields are absent. */
export type FoldedRecord = { readonly [path: string]: FieldValue }

/** An entry in the document, with its Yjs id. */
export interface Slot {
  readonly entry: Entry
  readonly client: number
  readonly clock: number
}

/** One field in one entry. */
export interface Occurrence {
  readonly slot: Slot
  readonly stamp: Stamp
  readonly value: FieldValue
}

/** What holds each field of a record, cleared ones included, by path. */
export type Holders = ReadonlyMap<string, Occurrence>

/** Finds, for each field, the greatest of its occurrences among a record's entries. */
export function foldSlots(slots: readonly Slot[]): Holders {
  const holders = new Map<string, Occurrence>()
  for (const slot of slots) {
    visitFields(slot.entry, (path, stamp) => {
      const holder = holders.get(path)
      if (holder !== undefined && holder.stamp > stamp) return
      const occurrence = { slot, stamp, value: valueIn(slot.entry[2], path) }
      if (holder === undefined || compareOccurrences(occurrence, holder) > 0) holders.set(path, occurrence)
    })
  }
  return holders
}

/**
 * The total order over the occurrences of one field: stamp, then canonical JSON, then the stamp of the
 * entry (of copies, the one taken over last), then the smaller Yjs id. Zero only for the same occurrence.
 */
export function compareOccurrences(a: Occurrence, b: Occurrence): number {
  return (
    compareMeaning(a, b) ||
    a.slot.entry[1] - b.slot.entry[1] ||
    b.slot.client - a.slot.client ||
    b.slot.clock - a.slot.clock
  )
}

/** The part of the order that counts across documents: zero for copies of one occurrence. */
export function compareMeaning(a: Occurrence, b: Occurrence): number {
  return a.stamp - b.stamp || compareValues(a.value, b.value)
}

/** The fields that are not cleared, as a record. */
export function recordOf(holders: Holders): FoldedRecord {
  const record: { [path: string]: FieldValue } = {}
  for (const [path, { value }] of holders) {
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

/** A record's value of a field, null where it has none of its own. */
export function valueIn(record: FoldedRecord, path: string): FieldValue {
  return Object.hasOwn(record, path) ? (record[path] ?? null) : null
}
