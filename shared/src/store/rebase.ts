import './lean-yjs.ts'
import * as Y from 'yjs'
import { isTableName } from '../domain/kernel/record-write.ts'
import { appendElements, visitElements } from './element-list.ts'
import { type Entry, entryFault } from './entry.ts'
import { EPOCH_NOTES_CLIENT, EPOCH_RECORDS_CLIENT } from './epoch-clients.ts'
import type { Slot } from './fold.ts'
import { singleEntry } from './next-entry.ts'
import { noteRoots, noteText } from './note-text.ts'
import { bytesOf, contentsOf } from './plain-elements.ts'
import { RecordTable } from './record-table.ts'
import { rootKind } from './root-names.ts'

/**
 * What a document holds, as the start of a new epoch: its records with their stamps, sorted, under one fixed client id,
 * and the text its notes show, one run for each note, under another (R32). Equal contents give equal bytes in any
 * process, whatever order they arrived in.
 */
export function rebase(old: Y.Doc): Y.Doc {
  const fresh = new Y.Doc({ gc: true })
  const drawn = fresh.clientID
  fresh.transact((transaction) => {
    fresh.clientID = EPOCH_RECORDS_CLIENT
    for (const name of [...old.share.keys()].sort()) {
      if (rootKind(name) !== 'table') continue
      let tail: Y.ID | null = null
      for (const content of tableContents(old, name)) {
        tail = appendElements(transaction, fresh.getArray(name), tail, content)
      }
    }
    fresh.clientID = EPOCH_NOTES_CLIENT
    for (const [root, text] of flattenedNotes(old)) {
      const id = Y.createID(EPOCH_NOTES_CLIENT, Y.getState(fresh.store, EPOCH_NOTES_CLIENT))
      const parent = fresh.getText(root)
      new Y.Item(id, null, null, null, null, parent, null, new Y.ContentString(text)).integrate(transaction, 0)
    }
  })
  // Later writers write under ids of their own.
  fresh.clientID = drawn
  return fresh
}

/** The notes that show text, sorted by name. */
export function flattenedNotes(doc: Y.Doc): readonly (readonly [root: string, text: string])[] {
  return noteRoots(doc).flatMap((root) => {
    const text = noteText(doc, root)
    return text === '' ? [] : [[root, text] as const]
  })
}

/** One entry a record where one can hold it, and then what this version cannot read or does not know. */
function tableContents(old: Y.Doc, name: string) {
  const table = isTableName(name) ? new RecordTable(name, () => {}) : null
  const ids = new Set<string>()
  const others = new Map<string, unknown>()
  visitElements({ _start: old.share.get(name)?._start ?? null }, (value, client, clock) => {
    if (value === undefined) return
    if (table !== null && entryFault(value) === null) table.add(value, client, clock, ids)
    // Elements that are equal in every byte become one, except entries of a table whose fold is not known here.
    else others.set(table === null ? `${bytesOf(value)} ${client}:${clock}` : bytesOf(value), value)
  })
  const entries = table === null ? [] : [...ids].sort().flatMap((id) => entriesOf(table, id))
  const sorted = [...others].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value)
  return [...(entries.length > 0 ? [new Y.ContentJSON(entries)] : []), ...contentsOf(sorted)]
}

function entriesOf(table: RecordTable, id: string): readonly Entry[] {
  const holders = table.holders(id)
  const holding = new Set<Slot>()
  for (const { slot } of holders.values()) holding.add(slot)
  const single = holding.size > 1 ? singleEntry(id, holders) : null
  if (single !== null) return [single]
  const entries = Array.from(holding, ({ entry }) => entry)
  return entries.sort((a, b) => a[1] - b[1] || (bytesOf(a) < bytesOf(b) ? -1 : 1))
}
