import * as Y from 'yjs'
import type { Patch, TableName } from '../domain/kernel/record-write.ts'
import {
  appendElements,
  type ElementArray,
  type ElementContent,
  removeElement,
  visitElements,
  visitItem,
} from './element-list.ts'
import type { Entry } from './entry.ts'
import type { Slot } from './fold.ts'
import type { MergeWatch } from './merge-watch.ts'
import { nextEntry } from './next-entry.ts'
import { RecordTable } from './record-table.ts'
import type { Stamp } from './stamp.ts'

/** One table in one document: the root array, and the records folded from it. */
export class TableStore {
  readonly array: ElementArray
  readonly table: RecordTable
  #tail: Y.ID | null = null

  constructor(doc: Y.Doc, name: TableName, observe: (stamp: Stamp) => void) {
    this.array = doc.getArray(name)
    this.table = new RecordTable(name, observe)
    visitElements(this.array, (value, client, clock) => this.table.add(value, client, clock, null))
  }

  /** Writes patches by record id, all with one stamp, and drops the entries they override. The ids that changed. */
  write(transaction: Y.Transaction, stamp: Stamp, patches: ReadonlyMap<string, Patch>): ReadonlySet<string> {
    const entries = Array.from(patches, ([id, patch]) => nextEntry(this.table.slots(id), id, stamp, patch))
    return this.push(transaction, entries)
  }

  /** Appends entries as one struct, and drops all entries of their records that hold no field. The ids that changed. */
  push(transaction: Y.Transaction, entries: readonly Entry[]): ReadonlySet<string> {
    const touched = new Set<string>()
    const id = this.append(transaction, new Y.ContentJSON([...entries]))
    entries.forEach((entry, offset) => {
      this.table.add(entry, id.client, id.clock + offset, touched)
    })
    this.#dropOverridden(transaction, touched)
    return this.settle(touched)
  }

  /**
   * Puts entries in the place of others that hold the same values, as one struct. The ids that changed; a record
   * whose fields stay equal stays the same object.
   */
  replace(transaction: Y.Transaction, slots: readonly Slot[], entries: readonly Entry[]): ReadonlySet<string> {
    const touched = new Set<string>()
    if (entries.length > 0) {
      const id = this.append(transaction, new Y.ContentJSON([...entries]))
      entries.forEach((entry, offset) => {
        this.table.add(entry, id.client, id.clock + offset, touched)
      })
    }
    this.#drop(transaction, slots, touched)
    this.#dropOverridden(transaction, touched)
    return this.settle(touched)
  }

  /** Appends elements as they are; unlike `push`, for those this version cannot read. The Yjs id of the first. */
  append(transaction: Y.Transaction, content: ElementContent): Y.ID {
    const id = appendElements(transaction, this.array, this.#tail, content)
    this.#tail = Y.createID(id.client, id.clock + content.getLength() - 1)
    return id
  }

  /** Takes in what a transaction appended. */
  takeAdded(item: Y.Item, from: number, touched: Set<string>, watch: MergeWatch | null): void {
    visitItem(item, from, item.length, (value, client, clock) => {
      watch?.touch(this.table, value)
      this.table.add(value, client, clock, touched)
    })
  }

  /** Takes in what a transaction removed. */
  takeRemoved(item: Y.Item, from: number, to: number, touched: Set<string>, watch: MergeWatch | null): void {
    visitItem(item, from, to, (value, client, clock) => {
      watch?.touch(this.table, value)
      this.table.remove(value, client, clock, touched)
    })
  }

  /** Folds touched records; those that changed. */
  settle(touched: ReadonlySet<string>): ReadonlySet<string> {
    const changed = new Set<string>()
    for (const id of touched) {
      if (this.table.settle(id)) changed.add(id)
    }
    return changed
  }

  #dropOverridden(transaction: Y.Transaction, touched: Set<string>): void {
    const overridden: Slot[] = []
    for (const id of touched) {
      const slots = this.table.slots(id)
      if (slots.length === 1) continue
      const holders = new Set(Array.from(this.table.holders(id).values(), (holder) => holder.slot))
      for (const slot of slots) if (!holders.has(slot)) overridden.push(slot)
    }
    this.#drop(transaction, overridden, touched)
  }

  // In the order of their ids: each removal cuts a struct, and Yjs moves all structs behind it.
  #drop(transaction: Y.Transaction, slots: readonly Slot[], touched: Set<string>): void {
    for (const { entry, client, clock } of [...slots].sort((a, b) => a.client - b.client || a.clock - b.clock)) {
      removeElement(transaction, client, clock)
      this.table.remove(entry, client, clock, touched)
    }
  }
}
