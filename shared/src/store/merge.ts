import type * as Y from 'yjs'
import { compareValues } from './canonical-json.ts'
import { visitElements } from './element-list.ts'
import { type Entry, entryFault } from './entry.ts'
import { compareMeaning, type Holders, type Slot } from './fold.ts'
import type { LostField, MergedField, MergedRecord } from './merge-watch.ts'
import { singleEntry } from './next-entry.ts'
import { bytesOf, contentsOf } from './plain-elements.ts'
import { RecordTable } from './record-table.ts'
import type { TableStore } from './table-store.ts'

/** What a merge brought in. */
export interface MergeReport {
  /** Entries that held something new here. */
  readonly entries: number
  /** Notes whose text changed. */
  readonly notes: number
  /** Elements this version can neither read nor copy; they stay behind in the other document. */
  readonly leftBehind: number
}

/** What a merge did to one table. */
export interface MergedTable {
  /** The ids that changed. */
  readonly changed: ReadonlySet<string>
  readonly entries: number
  readonly leftBehind: number
  /** The visible records in which one side's values gave way to the other's. */
  readonly overridden: readonly MergedRecord[]
}

/**
 * Appends to a table what another document's table of that name holds beyond it. If the other is an earlier epoch, the
 * fields that lost are reported from its side: what was written since replaced what this device had.
 */
export function mergeTable(
  transaction: Y.Transaction,
  store: TableStore,
  other: Y.Doc,
  isCarried: boolean,
): MergedTable {
  const theirs = new RecordTable(store.table.name, () => {})
  const ids = new Set<string>()
  const unreadable: unknown[] = []
  visitElements(other.getArray(store.table.name), (value, client, clock) => {
    if (entryFault(value) !== null) unreadable.push(value)
    else theirs.add(value, client, clock, ids)
  })
  const news: Entry[] = []
  const overrides: Override[] = []
  for (const id of ids) {
    const ours = store.table.holders(id)
    const theirHolders = theirs.holders(id)
    if (store.table.record(id) !== undefined)
      overrides.push(...(isCarried ? overridesOf(id, theirHolders, ours) : overridesOf(id, ours, theirHolders)))
    const holding = new Set<Slot>()
    for (const [path, theirHolder] of theirHolders) {
      const holder = ours.get(path)
      if (holder === undefined || compareMeaning(theirHolder, holder) > 0) holding.add(theirHolder.slot)
    }
    const single = ours.size === 0 && holding.size > 1 ? singleEntry(id, theirHolders) : null
    if (single !== null) news.push(single)
    else for (const slot of holding) news.push(slot.entry)
  }
  const changed = news.length === 0 ? new Set<string>() : store.push(transaction, news)
  const { table } = store
  const overridden = overrides.map((override) => {
    return { ...override, table: table.name, wasVisible: true, isVisible: table.record(override.id) !== undefined }
  })
  return { changed, entries: news.length, leftBehind: mergeUnreadable(transaction, store, unreadable), overridden }
}

type Override = Pick<MergedRecord, 'id' | 'fields' | 'lost'>

/** What gives way in one record, in either direction; nothing for records in which nothing does. */
function overridesOf(id: string, ours: Holders, theirs: Holders): readonly Override[] {
  const fields: MergedField[] = []
  const lost: LostField[] = []
  for (const [path, their] of theirs) {
    const { stamp, value } = their
    const held = ours.get(path)
    const before = held?.value ?? null
    if (compareValues(before, value) === 0) continue
    if (held === undefined || compareMeaning(their, held) > 0) {
      fields.push({ path, before, beforeStamp: held?.stamp ?? null, after: value, stamp })
    } else if (held.stamp !== stamp) {
      const isCarried = stamp !== their.slot.entry[1]
      lost.push({ path, value, stamp, isCarried, kept: before, keptStamp: held.stamp })
    }
  }
  return fields.length > 0 || lost.length > 0 ? [{ id, fields, lost }] : []
}

/** Copies elements a later version may read; those already here are known by their bytes. How many cannot be copied. */
function mergeUnreadable(transaction: Y.Transaction, store: TableStore, values: readonly unknown[]): number {
  if (values.length === 0) return 0
  const known = new Set<string>()
  visitElements(store.array, (value) => known.add(bytesOf(value)))
  const plain = values.filter((value) => value !== undefined)
  const missing = plain.filter((value) => {
    const bytes = bytesOf(value)
    const isNew = !known.has(bytes)
    known.add(bytes)
    return isNew
  })
  for (const content of contentsOf(missing)) store.append(transaction, content)
  return values.length - plain.length
}
