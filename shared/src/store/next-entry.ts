import type { FieldValue, Patch } from '../domain/record-write.ts'
import { agesOf } from './ages.ts'
import { type Entry, entryFault } from './entry.ts'
import { foldSlots, type Holders, type Slot } from './fold.ts'
import type { Stamp } from './stamp.ts'

/** A record may lie in this many entries, or in an eighth as many as it has fields if that is more. */
const MAX_ENTRIES = 2

/**
 * The entry for a write. Once a record has spread over several entries, the entry takes over its other
 * fields with the stamps they have, so that the older entries can go: a few fields are rewritten for each
 * write, and a record's size follows its fields, not how often they were written.
 */
export function nextEntry(slots: readonly Slot[], id: string, stamp: Stamp, patch: Patch): Entry {
  const plain: Entry = [id, stamp, patch]
  if (slots.length < MAX_ENTRIES) return plain
  const holders = foldSlots(slots)
  const staying = new Set<Slot>()
  for (const [path, { slot }] of holders) {
    if (!Object.hasOwn(patch, path)) staying.add(slot)
  }
  if (staying.size < Math.max(MAX_ENTRIES, holders.size / 8)) return plain
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
