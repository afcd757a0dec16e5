import * as Y from 'yjs'

/**
 * What a state vector lacks, without what waits in the document for a part that never came: Yjs would add it, and a
 * server takes no update with a gap. It may wait for a part that is lost, from a row the disk no longer yields.
 */
export function encodeMissing(doc: Y.Doc, stateVector: Uint8Array): Uint8Array {
  const { store } = doc
  const { pendingStructs, pendingDs } = store
  store.pendingStructs = null
  store.pendingDs = null
  try {
    return Y.encodeStateAsUpdate(doc, stateVector)
  } finally {
    store.pendingStructs = pendingStructs
    store.pendingDs = pendingDs
  }
}
