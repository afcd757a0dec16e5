import type * as Y from 'yjs'

/** Whether something that the document was given waits there for a part that is missing. */
export function hasWaiting({ store }: Y.Doc): boolean {
  return store.pendingStructs !== null || store.pendingDs !== null
}
