import type { FieldValue, Patch } from '../domain/kernel/record-write.ts'
import { agesOf } from './ages.ts'
import { type Entry, entryFault } from './entry.ts'
import { foldSlots, type Holders, type Slot } from './fold.ts'
import { jsonSize } from './json-value.ts'
import type { Stamp } from './stamp.ts'

/** A record may lie in this many entries, or in an eighth as many as it has fields if that is more. */
const MAX_ENTRIES = 2

/**
 * An entry of up to so many characters of JSON is rewritten with each further write to its record, once it has taken
 * fields over: a few hundred bytes more a write, for which a record that is much edited lies in one entry.
 */
const MAX_REWRITTEN_SIZE = 1_024

/**
 * The entry for a write. The first edit of a record as it was made is an entry of its own. Once a record has spread
 * over several entries, the entry takes over its other fields with the stamps they have, so that the older entries
 * can go; a small record then stays in one. A record's size follows its fields, not how often they were written.
 */
export function nextEntry(slots: readonly Slot[], id: string, stamp: Stamp, patch: Patch): Entry {
  const plain: Entry = [id, stamp, patch]
  const isSettled = isRewritten(slots)
  if (slots.length < MAX_ENTRIES && !isSettled) return plain
  const holders = foldSlots(slots)
  if (!isSettled && entriesStaying(holders, patch) < Math.max(MAX_ENTRIES, holders.size / 8)) return plain
  const whole = wholeEntry(id, stamp, patch, holders)
  return entryFault(whole) === null ? whole : plain
}

/**
 * A record's fields as one entry with the stamps they have; null where one entry cannot hold them, or where entries
 * have further elements, which a later version may read.
 */
export function singleEntry(id: string, holders: Holders): Entry | null {
  let stamp = 0
  for (const holder of holders.values()) {
    if (holder.slot.entry.length > 4) return null
    stamp = Math.max(stamp, holder.stamp)
  }
  const whole = wholeEntry(id, stamp, {}, holders)
  return entryFault(whole) === null ? whole : null
}

/** Whether a record lies in one small entry that has taken fields over. */
function isRewritten(slots: readonly Slot[]): boolean {
  const [only] = slots
  return slots.length === 1 && only?.entry.length === 4 && jsonSize(only.entry) <= MAX_REWRITTEN_SIZE
}

/** How many entries still hold a field after the patch. */
function entriesStaying(holders: Holders, patch: Patch): number {
  const staying = new Set<Slot>()
  for (const [path, { slot }] of holders) {
    if (!Object.hasOwn(patch, path)) staying.add(slot)
  }
  return staying.size
}

function wholeEntry(id: string, stamp: Stamp, patch: Patch, holders: Holders): Entry {
  const fields: { [path: string]: FieldValue } = {}
  const stamps: Stamp[] = []
  // Sorted, for the engine keeps objects with the same keys in the same order far smaller.
  for (const path of [...new Set([...Object.keys(patch), ...holders.keys()])].sort()) {
    const holder = Object.hasOwn(patch, path) ? undefined : holders.get(path)
    fields[path] = holder === undefined ? (patch[path] ?? null) : holder.value
    stamps.push(holder?.stamp ?? stamp)
  }
  return stamps.every((each) => each === stamp) ? [id, stamp, fields] : [id, stamp, fields, agesOf(stamps, stamp)]
}
