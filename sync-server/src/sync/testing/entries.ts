import * as Y from 'yjs'

let nextId = 0

/** Pushes one well-formed entry, as a device's store does. */
export function addEntry(doc: Y.Doc, title: string, table = 'quests'): void {
  nextId += 1
  doc.getArray(table).push([[`quest${nextId}`, Date.now() * 1024 + (nextId % 1024), { title }]])
}

/** The update that a change makes, in a document of its own with the given client id. */
export function updateOf(change: (doc: Y.Doc) => void, clientId?: number): Uint8Array {
  const doc = new Y.Doc()
  if (clientId !== undefined) doc.clientID = clientId
  doc.transact(() => change(doc))
  return Y.encodeStateAsUpdate(doc)
}

/** Titles of a table's entries, sorted. */
export function titles(doc: Y.Doc, table = 'quests'): readonly string[] {
  const entries = doc.getArray(table).toJSON() as [string, number, { title: string }][]
  return entries.map((entry) => entry[2].title).sort()
}
