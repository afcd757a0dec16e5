import { readFileSync } from 'node:fs'
import * as Y from 'yjs'

/** Reads an update, loads it, and prints how many bytes of heap the document takes. Needs `--expose-gc`. */
const update = readFileSync(0)
// What a process makes once, for its first document, does not count.
Y.applyUpdate(new Y.Doc(), Y.encodeStateAsUpdate(new Y.Doc()))
const before = used()
const doc = new Y.Doc()
Y.applyUpdate(doc, update)
const heapBytes = used() - before
console.log(JSON.stringify({ heapBytes, clients: doc.store.clients.size }))

function used(): number {
  for (let pass = 0; pass < 3; pass++) globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
