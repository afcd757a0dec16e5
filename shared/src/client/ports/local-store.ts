import type * as Y from 'yjs'
import type { KeyValue } from './key-value.ts'

/** Why a local store can no longer promise that edits are on disk. */
export type LocalStoreError =
  | { readonly kind: 'quota-exceeded' }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'unavailable'; readonly cause: unknown }
  | { readonly kind: 'corrupt'; readonly quarantinedRows: number }

/**
 * Keeps one document on this device's disk. The store observes `doc` from `load` on: every later
 * update is written by itself, in the order made; `flush` tells when.
 * Every promise here rejects with a `LocalStoreFailure`.
 */
export interface LocalStore {
  /**
   * Applies all stored updates to the document, then keeps writing its updates. Call once.
   * Unreadable rows are set aside, the rest is loaded, and `onError` hears `corrupt`.
   */
  load(doc: Y.Doc): Promise<void>
  /** Resolves when every update and fact given before the call is on disk. Rejects while an earlier write failed. */
  flush(): Promise<void>
  /** A fact kept beside the document, as it was given; undefined when never set. */
  getMeta(key: string): Promise<unknown>
  /** Keeps a small JSON fact beside the document (what the server has acknowledged, say); durable when resolved. */
  setMeta(key: string, value: unknown): Promise<void>
  /**
   * Replaces a fact by what `change` makes of it, or leaves it where that is undefined. Of all who change a fact on the
   * same disk, each is given what the one before made; durable when resolved.
   */
  changeMeta(key: string, change: (value: unknown) => unknown): Promise<void>
  /**
   * Small texts beside the document, for a page that goes away and can wait for no disk; removed with it. They are hints:
   * others may read what was there a moment ago, and a crash may bring an earlier text back. Nothing more is kept once
   * the store is closed or cannot write.
   */
  readonly atOnce: KeyValue
  /**
   * Applies what others have written to the same disk since this store last looked: another tab, which may have
   * crashed before it could tell. Absent where nobody else writes there.
   */
  readonly catchUp?: () => Promise<void>
  /**
   * Calls back now and on each change with whether the document holds everything others wrote to the same disk: false
   * before a row of theirs can be there unread, true once all are read. Returns an unsubscribe. What the server has
   * committed does not count. Absent where nobody else writes there.
   */
  readonly onCaughtUp?: (listener: (isCaughtUp: boolean) => void) => () => void
  /** Calls back on each failure, one already met while loading included; returns an unsubscribe. */
  onError(listener: (error: LocalStoreError) => void): () => void
  /** Flushes and releases the store; the document stays usable in memory. A second call does nothing. */
  close(): Promise<void>
  /** Closes and removes this document's data, updates and facts, from the device. */
  destroy(): Promise<void>
}

/** Opens the local store of a named document; one per runtime. */
export type OpenLocalStore = (documentName: string) => Promise<LocalStore>

/**
 * The origin of every transaction that carries what the server sent. What it has committed a store keeps, and need tell
 * nobody; an edit of another device may be shown ahead of its commit.
 */
export class FromServer {
  readonly isCommitted: boolean

  constructor(isCommitted = true) {
    this.isCommitted = isCommitted
  }
}

/** What a local store's promises reject with. */
export class LocalStoreFailure extends Error {
  readonly reason: LocalStoreError

  constructor(reason: LocalStoreError) {
    super(`The local store failed: ${reason.kind}`, reason.kind === 'unavailable' ? { cause: reason.cause } : {})
    this.name = 'LocalStoreFailure'
    this.reason = reason
  }
}

/** The typed reason inside whatever a local store threw; anything unforeseen is `unavailable`. */
export function localStoreErrorFrom(thrown: unknown): LocalStoreError {
  return thrown instanceof LocalStoreFailure ? thrown.reason : { kind: 'unavailable', cause: thrown }
}
