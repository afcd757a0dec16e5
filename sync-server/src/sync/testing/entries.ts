import { createEncoder, toUint8Array, writeUint8Array, writeVarString, writeVarUint } from 'lib0/encoding'
import * as Y from 'yjs'

let nextId = 0

/** Pushes one well-formed entry, as a device's store does. */
export function addEntry(doc: Y.Doc, title: string, table = 'quests'): void {
  nextId += 1
  doc.getArray(table).push([[`quest${nextId}`, Date.now() * 1024 + (nextId % 1024), { title }]])
}

/** Writes the contents of some entries of a table in new ones and removes the old ones, as a device's store does. */
export function overrideEntries(doc: Y.Doc, index: number, length: number, table = 'quests'): void {
  const entries = doc.getArray<[string, number, object]>(table)
  doc.transact(() => {
    entries.push(entries.slice(index, index + length).map(([id, stamp, patch]) => [id, stamp + 1, patch]))
    entries.delete(index, length)
  })
}

/** The update that a change makes, in a document of its own with the given client id. */
export function updateOf(change: (doc: Y.Doc) => void, clientId?: number): Uint8Array {
  const doc = new Y.Doc()
  if (clientId !== undefined) doc.clientID = clientId
  doc.transact(() => change(doc))
  return Y.encodeStateAsUpdate(doc)
}

/** The update of a client that pushes one element for each text into quests, each text taken for JSON unseen. */
export function jsonUpdate(...texts: readonly string[]): Uint8Array {
  const encoder = createEncoder()
  // One client (7) with one struct from clock 0: JSON content in a root type.
  writeUint8Array(encoder, Uint8Array.of(1, 1, 7, 0, 2, 1))
  writeVarString(encoder, 'quests')
  writeVarUint(encoder, texts.length)
  for (const text of texts) writeVarString(encoder, text)
  writeVarUint(encoder, 0)
  return toUint8Array(encoder)
}

/** Titles of a table's entries, sorted. */
export function titles(doc: Y.Doc, table = 'quests'): readonly string[] {
  const entries = doc.getArray(table).toJSON() as [string, number, { title: string }][]
  return entries.map((entry) => entry[2].title).sort()
}
