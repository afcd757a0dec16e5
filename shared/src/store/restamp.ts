import { agesOf } from './ages.ts'
import { type Entry, parseEntry, visitFields } from './entry.ts'
import { foldSlots, type Holders, type Slot } from './fold.ts'
import type { RecordTable } from './record-table.ts'
import type { Stamp } from './stamp.ts'
import type { TableStore } from './table-store.ts'

/** An entry whose stamp is too far ahead, and what holds the fields of its record. */
interface AheadEntry {
  readonly slot: Slot
  readonly holders: Holders
}

/** What is too far ahead in a document, and what is not. */
export interface AheadEntries {
  readonly byStore: ReadonlyMap<TableStore, readonly AheadEntry[]>
  /** Of every field that goes beyond the latest credible stamp. */
  readonly stamps: ReadonlySet<Stamp>
  /** The greatest of all others. */
  readonly floor: Stamp
}

/** The greatest stamp of what was sent; 0 where nothing was. Walks all records. */
export function greatestSent(stores: Iterable<TableStore>, isSent: (client: number, clock: number) => boolean): Stamp {
  let greatest = 0
  for (const { table } of stores) {
    for (const slots of table.allSlots()) {
      for (const { entry, client, clock } of slots) {
        if (entry[1] > greatest && isSent(client, clock)) greatest = entry[1]
      }
    }
  }
  return greatest
}

/** Finds the entries beyond a stamp that were never sent. Walks all records. */
export function findAhead(
  stores: Iterable<TableStore>,
  credible: Stamp,
  isSent: (client: number, clock: number) => boolean,
): AheadEntries {
  const byStore = new Map<TableStore, AheadEntry[]>()
  const stamps = new Set<Stamp>()
  let floor = 0
  for (const store of stores) {
    const found: AheadEntry[] = []
    for (const slots of store.table.allSlots()) {
      const ahead = slots.filter(({ entry, client, clock }) => entry[1] > credible && !isSent(client, clock))
      for (const { entry } of slots) if (entry[1] <= credible) floor = Math.max(floor, entry[1])
      if (ahead.length === 0) continue
      const holders = foldSlots(slots)
      for (const slot of ahead) {
        found.push({ slot, holders })
        visitFields(slot.entry, (_path, stamp) => {
          if (stamp > credible) stamps.add(stamp)
          else floor = Math.max(floor, stamp)
        })
      }
    }
    if (found.length > 0) byStore.set(store, found)
  }
  return { byStore, stamps, floor }
}

/** The fields that an entry holds as an entry with other stamps; none where it holds no field. */
export function restampEntry(
  { slot, holders }: AheadEntry,
  { name }: RecordTable,
  stamps: ReadonlyMap<Stamp, Stamp>,
): readonly Entry[] {
  const { entry, client, clock } = slot
  const held: [path: string, value: unknown, stamp: Stamp][] = []
  visitFields(entry, (path, stamp) => {
    const holder = holders.get(path)
    if (holder?.slot === slot) held.push([path, holder.value, stamps.get(stamp) ?? stamp])
  })
  if (held.length === 0) return []
  const fieldStamps = held.map(([, , stamp]) => stamp)
  const stamp = Math.max(...fieldStamps)
  const patch = Object.fromEntries(held)
  const hasMore = entry.length > 4 || fieldStamps.some((each) => each !== stamp)
  const elements = hasMore ? [agesOf(fieldStamps, stamp), ...entry.slice(4)] : []
  const parsed = parseEntry([entry[0], stamp, patch, ...elements], { table: name, client, clock })
  if (!parsed.ok) throw new TypeError(`An entry cannot get a new stamp: ${parsed.error.fault}`)
  return [parsed.value]
}
