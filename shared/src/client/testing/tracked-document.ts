import * as Y from 'yjs'
import { type Acknowledged, createSavedTracker } from '../sync/saved-tracker.ts'

/** The origin of what the server sends. */
export const SERVER = {}

/** A tracker of a document, with what it had stored. */
export function track(doc: Y.Doc, stored: Acknowledged | null = null) {
  return createSavedTracker(doc, stored, (origin) => origin === SERVER)
}

export function tableOf(doc: Y.Doc): Y.Array<unknown> {
  return doc.getArray('quests')
}

/** The same content in a fresh document, as a load from disk gives it. */
export function reload(doc: Y.Doc): Y.Doc {
  const loaded = new Y.Doc()
  Y.applyUpdate(loaded, Y.encodeStateAsUpdate(doc))
  tableOf(loaded)
  return loaded
}
