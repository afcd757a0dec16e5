import * as Y from 'yjs'
import { openQuestDocument } from './quest-document.ts'

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
 * A fresh document with the same records, stamps and notes, for a new epoch: no tombstones, and no client
 * ids but those whose note text remains. Replicas of the old document join it by `mergeFrom`.
 */
export function rebaseDocument(old: Y.Doc): Y.Doc {
  const fresh = new Y.Doc({ gc: true })
  const document = openQuestDocument(fresh, { now: () => 0 })
  document.mergeFrom(old)
  document.destroy()
  return fresh
}
