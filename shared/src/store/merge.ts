import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { visitElements } from './element-list.ts'
import { type Entry, entryFault } from './entry.ts'
import { compareMeaning, type Slot } from './fold.ts'
import { singleEntry } from './next-entry.ts'
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

/** Appends to a table what another document's table of that name holds beyond it. The ids that changed. */
export function mergeTable(
  transaction: Y.Transaction,
  store: TableStore,
  other: Y.Doc,
): { readonly changed: ReadonlySet<string>; readonly entries: number; readonly leftBehind: number } {
  const theirs = new RecordTable(store.table.name, () => {})
  const ids = new Set<string>()
  const unreadable: unknown[] = []
  visitElements(other.getArray(store.table.name), (value, client, clock) => {
    if (entryFault(value) !== null) unreadable.push(value)
    else theirs.add(value, client, clock, ids)
  })
  const news: Entry[] = []
  for (const id of ids) {
    const ours = store.table.holders(id)
    const theirHolders = theirs.holders(id)
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
  return { changed, entries: news.length, leftBehind: mergeUnreadable(transaction, store, unreadable) }
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
  const [json, beyondJson] = [missing.filter(survivesJson), missing.filter((value) => !survivesJson(value))]
  if (json.length > 0) store.append(transaction, new Y.ContentJSON(json))
  if (beyondJson.length > 0) store.append(transaction, new Y.ContentAny(beyondJson))
  return values.length - plain.length
}

/** Whether a value is the same after a journey as JSON. */
function survivesJson(value: unknown): boolean {
  try {
    return bytesOf(JSON.parse(JSON.stringify(value))) === bytesOf(value)
  } catch {
    // A bigint, or nothing JSON has a word for.
    return false
  }
}

function bytesOf(value: unknown): string {
  return encoding.encode((encoder) => encoding.writeAny(encoder, value as null)).join()
}
