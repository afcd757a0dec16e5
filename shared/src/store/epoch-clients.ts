import type * as Y from 'yjs'
import { MERGED_CLIENT } from './note-stream.ts'

/**
 * Client ids that no device has: devices draw theirs below 2³², merged characters have theirs below 2³³. What a new
 * epoch starts with is written under these two alone.
 */
export const EPOCH_RECORDS_CLIENT = 2 * MERGED_CLIENT
/** Greater than all others, so that Yjs puts what is written into a flattened note right behind its left neighbour. */
export const EPOCH_NOTES_CLIENT = 2 * MERGED_CLIENT + 1

/** Whether what a client id wrote is what an epoch started with. */
export function isEpochClient(client: number): boolean {
  return client >= EPOCH_RECORDS_CLIENT
}

/** Whether a document was begun by a rebase. */
export function isRebased(doc: Y.Doc): boolean {
  for (const client of [EPOCH_RECORDS_CLIENT, EPOCH_NOTES_CLIENT]) if (doc.store.clients.has(client)) return true
  return false
}
