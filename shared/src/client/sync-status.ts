/** Why the server will not take this device's edits; the wire codes of `protocol/documents.ts`. */
export type RefusalReason =
  | 'signed-out'
  | 'role'
  | 'not-found'
  | 'too-large'
  | 'malformed'
  | 'foreign-client-id'
  | 'entry-shape'
  | 'unsafe-stamp'
  | 'old-epoch'
  | 'rate-limited'
  | 'old-client'

/** What the person is told about where their edits are. `saved` means committed in the server's Postgres. */
export type SyncStatus =
  | { readonly kind: 'local-only' }
  | { readonly kind: 'offline'; readonly unsavedChanges: number }
  | { readonly kind: 'connecting'; readonly unsavedChanges: number }
  | { readonly kind: 'saving'; readonly unsavedChanges: number }
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly unsavedChanges: number }
