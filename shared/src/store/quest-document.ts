import './lean-yjs.ts'
import type * as Y from 'yjs'
import type { QuestId } from '../domain/kernel/ids.ts'
import type { FieldValue, Patch, RecordWrite, TableName } from '../domain/kernel/record-write.ts'
import { TABLE_NAMES } from '../domain/kernel/record-write.ts'
import { collectElement, visitAdded, visitDeleted } from './element-list.ts'
import { copyPatch, type EntryProblem } from './entry.ts'
import { type FoldedRecord, valueIn } from './fold.ts'
import { type MergeReport, mergeTable } from './merge.ts'
import { type MergeNotes, mergeNotes } from './merge-notes.ts'
import { type MergedRecord, MergeWatch } from './merge-watch.ts'
import { NOTE_PREFIX } from './note-stream.ts'
import { findAhead, greatestSent, restampEntry } from './restamp.ts'
import { BEYOND_HELD, createStampClock, type Stamp } from './stamp.ts'
import { TableStore } from './table-store.ts'

export type { MergeReport } from './merge.ts'

/** One field as a write found and left it. A null is an absent or cleared field. */
export interface FieldChange {
  readonly table: TableName
  readonly id: string
  readonly path: string
  readonly before: FieldValue
  /** The stamp of what was there before, null where nothing was. */
  readonly beforeStamp: Stamp | null
  readonly after: FieldValue
}

/** What one `write` did, as `History` needs it. */
export interface WriteReceipt {
  readonly stamp: Stamp
  readonly changes: readonly FieldChange[]
}

/** Ids of records that changed, by table. */
export type ChangedRecords = ReadonlyMap<TableName, ReadonlySet<string>>

/** The records and notes in one Yjs document. */
export interface QuestDocument {
  readonly doc: Y.Doc
  /** A record by flat paths, undefined where it lacks required fields. The same object until it changes. */
  record(table: TableName, id: string): FoldedRecord | undefined
  /** The fields of a record that are not cleared, visible or not; undefined if it was never written. */
  fields(table: TableName, id: string): FoldedRecord | undefined
  /** The ids of the visible records of a table, in no particular order. */
  ids(table: TableName): IterableIterator<string>
  /** Visits the visible records of a table, in no particular order. */
  visit(table: TableName, visit: (id: string, record: FoldedRecord) => void): void
  /** The stamp of what a field holds, null where it was never written; a cleared field has one. */
  stampOf(table: TableName, id: string, path: string): Stamp | null
  /** What a field holds, visible or not; null where it is absent or cleared. */
  valueOf(table: TableName, id: string, path: string): FieldValue
  /** Writes patches in one transaction under one stamp greater than all seen. Throws `NotJsonError` on a bug in the caller. */
  write(writes: readonly RecordWrite[]): WriteReceipt
  /** The text of a quest's notes. */
  note(questId: QuestId): Y.Text
  /** Empties the notes of quests; one that has none is not given any. */
  clearNotes(questIds: readonly QuestId[]): void
  /** Calls back once after each transaction that changed records, local or remote. Returns the unsubscribe. */
  onChange(listener: (changed: ChangedRecords) => void): () => void
  /** Calls back after each write that changed something. Returns the unsubscribe. */
  onWrite(listener: (receipt: WriteReceipt) => void): () => void
  /**
   * Calls back after each transaction made elsewhere that changed records or brought values which did not come to hold,
   * with its origin; and after each `mergeFrom` that overrode something on either side, with this document as origin.
   * Returns the unsubscribe.
   */
  onMerge(listener: (records: readonly MergedRecord[], origin: unknown) => void): () => void
  /** The time of this device in milliseconds, corrected by the server's once that is known. */
  timeMs(): number
  /** Elements this version cannot read; they are skipped alone and stay in the document. */
  problems(): readonly EntryProblem[]
  /** Corrects the clock of this device for later writes. */
  observeServerTime(serverTimeMs: number): void
  /**
   * Writes again, in one transaction, the entries whose stamps lie too far ahead of the server's time, and removes the
   * old ones; all records stay as they are. Only for entries that nobody else has: those that are not sent. The new
   * stamp of each old one.
   */
  restampAhead(isSent: (client: number, clock: number) => boolean): ReadonlyMap<Stamp, Stamp>
  /**
   * Takes in the records and notes of a document that does not sync with this one, in one transaction. Merging again
   * changes nothing; the other document stays as it is. `carryNotes` says how to merge the notes if the other is an
   * earlier epoch of this one.
   */
  mergeFrom(other: Y.Doc, carryNotes?: MergeNotes): MergeReport
  /** Stops following the Yjs document, which stays open. */
  destroy(): void
}

/** Opens the records of a Yjs document, and follows it until destroyed. The document may be filled before or after. */
export function openQuestDocument(doc: Y.Doc, deps: { readonly now: () => number }): QuestDocument {
  const clock = createStampClock({ ...deps, greatestHeld: () => greatestStamp(stores.values()) })
  const stores: ReadonlyMap<TableName, TableStore> = new Map(
    TABLE_NAMES.map((name) => [name, new TableStore(doc, name, clock.observe)]),
  )
  const storesByArray = new Map<unknown, TableStore>(Array.from(stores.values(), (store) => [store.array, store]))
  const listeners = new Set<(changed: ChangedRecords) => void>()
  const writeListeners = new Set<(receipt: WriteReceipt) => void>()
  const mergeListeners = new Set<(records: readonly MergedRecord[], origin: unknown) => void>()
  let pending = new Map<TableName, Set<string>>()

  const storeOf = (name: TableName): TableStore => {
    const store = stores.get(name)
    if (store === undefined) throw new TypeError(`No such table: ${name}`)
    return store
  }

  const noteChanged = (name: TableName, ids: ReadonlySet<string>): void => {
    if (ids.size === 0) return
    const known = pending.get(name)
    if (known === undefined) pending.set(name, new Set(ids))
    else for (const id of ids) known.add(id)
  }

  const takeIn = (transaction: Y.Transaction): void => {
    const touched = new Map<TableStore, Set<string>>()
    for (const type of transaction.changed.keys()) {
      const store = storesByArray.get(type)
      if (store !== undefined) touched.set(store, new Set())
    }
    if (touched.size === 0) return
    const watch = transaction.local || mergeListeners.size === 0 ? null : new MergeWatch()
    visitAdded(transaction, (array, item, from) => {
      const store = storesByArray.get(array)
      const ids = store && touched.get(store)
      if (ids) store.takeAdded(item, from, ids, watch)
    })
    visitDeleted(transaction, (array, item, from, to) => {
      const store = storesByArray.get(array)
      const ids = store && touched.get(store)
      if (ids) store.takeRemoved(item, from, to, ids, watch)
    })
    for (const [store, ids] of touched) noteChanged(store.table.name, store.settle(ids))
    const merged = watch?.records() ?? []
    notify()
    if (merged.length > 0) for (const listener of [...mergeListeners]) listener(merged, transaction.origin)
  }

  const notify = (): void => {
    if (pending.size === 0) return
    const changed = pending
    pending = new Map()
    for (const listener of [...listeners]) listener(changed)
  }

  doc.on('afterTransaction', takeIn)

  const document: QuestDocument = {
    doc,
    record: (table, id) => storeOf(table).table.record(id),
    fields: (table, id) => storeOf(table).table.folded(id),
    ids: (table) => storeOf(table).table.ids(),
    visit: (table, visit) => storeOf(table).table.visit(visit),
    stampOf: (table, id, path) => storeOf(table).table.holders(id).get(path)?.stamp ?? null,
    valueOf: (table, id, path) => valueIn(storeOf(table).table.folded(id) ?? {}, path),
    write(writes) {
      const patches = patchesByTable(writes)
      const stamp = clock.next()
      const changes = Array.from(patches, ([name, byId]) => changesOf(storeOf(name), byId)).flat()
      if (changes.length === 0) return { stamp, changes }
      // State is updated within the transaction and not by its observer, which runs late when nested in another.
      doc.transact((transaction) => {
        for (const [name, byId] of patches) noteChanged(name, storeOf(name).write(transaction, stamp, byId))
      }, document)
      const receipt = { stamp, changes }
      for (const listener of [...writeListeners]) listener(receipt)
      return receipt
    },
    note: (questId) => doc.getText(`${NOTE_PREFIX}${questId}`),
    clearNotes(questIds) {
      for (const root of questIds.map((id) => `${NOTE_PREFIX}${id}`)) {
        if (!doc.share.has(root)) continue
        const text = doc.getText(root)
        text.delete(0, text.length)
      }
    },
    onChange(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    onWrite(listener) {
      writeListeners.add(listener)
      return () => {
        writeListeners.delete(listener)
      }
    },
    onMerge(listener) {
      mergeListeners.add(listener)
      return () => {
        mergeListeners.delete(listener)
      }
    },
    timeMs: clock.timeMs,
    problems: () => Array.from(stores.values(), (store) => [...store.table.problems()]).flat(),
    observeServerTime: clock.observeServerTime,
    restampAhead(isSent) {
      if (clock.latest() <= clock.credible()) return new Map()
      const credible = Math.max(clock.credible(), greatestSent(stores.values(), isSent) + BEYOND_HELD)
      const { byStore, stamps, floor } = findAhead(stores.values(), credible, isSent)
      const corrected = clock.correct(stamps, floor)
      if (byStore.size === 0) return corrected
      doc.transact((transaction) => {
        for (const [store, ahead] of byStore) {
          const entries = ahead.flatMap((each) => restampEntry(each, store.table, corrected))
          const slots = ahead.map(({ slot }) => slot)
          noteChanged(store.table.name, store.replace(transaction, slots, entries))
        }
      }, document)
      // Else the old stamps would still be sent, as content that is deleted.
      if (!doc.gc) {
        for (const { slot } of [...byStore.values()].flat()) collectElement(doc, slot.client, slot.clock)
      }
      return corrected
    },
    mergeFrom(other, carryNotes) {
      const overridden: MergedRecord[] = []
      const report = doc.transact((transaction) => {
        let [entries, leftBehind] = [0, 0]
        for (const [name, store] of stores) {
          const merged = mergeTable(transaction, store, other, carryNotes !== undefined)
          noteChanged(name, merged.changed)
          entries += merged.entries
          leftBehind += merged.leftBehind
          overridden.push(...merged.overridden)
        }
        return { entries, leftBehind, notes: (carryNotes ?? mergeNotes)(transaction, other) }
      }, document)
      if (overridden.length > 0) for (const listener of [...mergeListeners]) listener(overridden, document)
      return report
    },
    destroy() {
      doc.off('afterTransaction', takeIn)
      listeners.clear()
      writeListeners.clear()
      mergeListeners.clear()
    },
  }
  return document
}

function greatestStamp(stores: Iterable<TableStore>): Stamp {
  let greatest = 0
  for (const { table } of stores) {
    for (const slots of table.allSlots()) for (const { entry } of slots) greatest = Math.max(greatest, entry[1])
  }
  return greatest
}

/** Gathers a command's writes: one patch a record, of two writes to one field the later. */
function patchesByTable(writes: readonly RecordWrite[]): ReadonlyMap<TableName, ReadonlyMap<string, Patch>> {
  const tables = new Map<TableName, Map<string, Patch>>()
  for (const write of writes) {
    const patch = copyPatch(write)
    if (Object.keys(patch).length === 0) continue
    const byId = tables.get(write.table) ?? new Map<string, Patch>()
    byId.set(write.id, { ...byId.get(write.id), ...patch })
    tables.set(write.table, byId)
  }
  return tables
}

function changesOf(store: TableStore, patches: ReadonlyMap<string, Patch>): FieldChange[] {
  const { table } = store
  const changes: FieldChange[] = []
  for (const [id, patch] of patches) {
    const record = table.folded(id) ?? {}
    const holders = table.holders(id)
    for (const [path, after] of Object.entries(patch)) {
      changes.push({
        table: table.name,
        id,
        path,
        before: valueIn(record, path),
        beforeStamp: holders.get(path)?.stamp ?? null,
        after,
      })
    }
  }
  return changes
}
