import '@questlog/shared/store/lean-yjs'
import * as Y from 'yjs'
import type { LoggedDocument } from '../log/update-log.ts'

const UPDATES_PER_TURN = 500

/** Builds a document from its snapshot and log tail, letting other work run between pages of the tail. */
export async function loadInto(doc: Y.Doc, logged: LoggedDocument): Promise<void> {
  const { snapshot, tail } = logged
  const origin = { source: 'local', skipStoreHooks: true }
  if (snapshot !== null) Y.applyUpdate(doc, snapshot, origin)
  for (let start = 0; start < tail.length; start += UPDATES_PER_TURN) {
    if (start > 0) await new Promise<void>((resolve) => setImmediate(resolve))
    doc.transact(() => {
      for (const update of tail.slice(start, start + UPDATES_PER_TURN)) Y.applyUpdate(doc, update.bytes, origin)
    }, origin)
  }
}
