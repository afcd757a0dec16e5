import type * as Y from 'yjs'

/** Why a local store can no longer promise that edits are on disk. */
export type LocalStoreError =
  | { readonly kind: 'quota-exceeded' }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'unavailable'; readonly cause: unknown }
  | { readonly kind: 'corrupt'; readonly quarantinedRows: number }

/**
 * Keeps one document on this device's disk. The store observes `doc` from `load` on: every later
 * update is written by itself; `flush` tells when.
 */
export interface LocalStore {
  /** Applies all stored updates to the document, then keeps writing its updates. Call once. */
  load(doc: Y.Doc): Promise<void>
  /** Resolves when every update made before the call is on disk; rejects with a `LocalStoreError` as cause otherwise. */
  flush(): Promise<void>
  /** Small facts beside the document (what the server has acknowledged, say), durable when resolved. */
  getMeta(key: string): Promise<unknown>
  setMeta(key: string, value: unknown): Promise<void>
  /** Calls back on each failure after load; returns an unsubscribe. */
  onError(listener: (error: LocalStoreError) => void): () => void
  /** Flushes and releases the store; the document stays usable in memory. */
  close(): Promise<void>
  /** Removes this document's data from the device. */
  destroy(): Promise<void>
}

/** Opens the local store of a named document; one per runtime. */
export type OpenLocalStore = (documentName: string) => Promise<LocalStore>
