import * as Y from 'yjs'
import { rebase } from './rebase.ts'

/**
 * The same document without what was deleted: an update (V1) with the same state vector, so that it takes
 * the place of all updates it was made from. Yjs collects only in a document that is loaded.
 */
export function compactDocument(update: Uint8Array): Uint8Array {
  const doc = new Y.Doc({ gc: true })
  try {
    Y.applyUpdate(doc, update)
    return Y.encodeStateAsUpdate(doc)
  } finally {
    doc.destroy()
  }
}

/**
 * A fresh document with the same records, stamps and note texts, for a new epoch (R32): no tombstones, and only two
 * client ids, which no device has. Equal contents give equal bytes in any process.
 */
export function rebaseDocument(old: Y.Doc): Y.Doc {
  return rebase(old)
}
