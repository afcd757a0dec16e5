import type { FieldValue, Patch } from '../domain/record-write.ts'
import { type Entry, entryFault } from './entry.ts'
import { foldSlots, type Slot, stampAt, valueAt } from './fold.ts'
import type { Stamp } from './stamp.ts'

/** A record of this many entries is written as one again, or of an eighth as many as it has fields. */
const MAX_ENTRIES = 3

/**
 * The entry for a write. Once a record has spread over several entries, the entry takes over its other
 * fields with the stamps they have, so that the older entries can go: a few fields are rewritten for each
 * write, and a record's size follows its fields, not how often they were written.
 */
export function nextEntry(slots: readonly Slot[], id: string, stamp: Stamp, patch: Patch): Entry {
  const plain: Entry = [id, stamp, patch]
  if (slots.length < MAX_ENTRIES) return plain
  const winners = foldSlots(slots)
  if (slots.length < winners.size / 8) return plain
  const fields: { [path: string]: FieldValue } = { ...patch }
  const carried: { [path: string]: Stamp } = {}
  for (const [path, slot] of winners) {
    if (Object.hasOwn(patch, path)) continue
    fields[path] = valueAt(slot, path)
    carried[path] = stampAt(slot, path)
  }
  const whole: Entry = [id, stamp, fields, carried]
  return entryFault(whole) === null ? whole : plain
}
