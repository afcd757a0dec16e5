import type { RefusalReason } from '../../protocol/documents.ts'

export type { RefusalReason } from '../../protocol/documents.ts'

/** What the person is told about where their edits are. `saved` means committed in the server's Postgres. */
export type SyncStatus =
  | { readonly kind: 'local-only' }
  | { readonly kind: 'offline'; readonly unsavedChanges: number }
  | { readonly kind: 'connecting'; readonly unsavedChanges: number }
  | { readonly kind: 'saving'; readonly unsavedChanges: number }
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'refused'; readonly reason: RefusalReason; readonly unsavedChanges: number }

/** How this device stands to the server for one document. */
export type Link =
  /** Nobody asked to sync, or asked to stop. */
  | { readonly kind: 'idle' }
  /** The server cannot be reached now; an attempt follows by itself. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'connecting' }
  /** The handshake is done: both sides hold the same, up to unsaved changes. */
  | { readonly kind: 'joined' }
  | { readonly kind: 'refused'; readonly reason: RefusalReason }

export interface SyncFacts {
  readonly link: Link
  readonly unsavedChanges: number
  /** When the server last acknowledged everything, milliseconds since the epoch; null before the first time since it was joined. */
  readonly savedAt: number | null
  /** Whether the server has ever acknowledged anything of this document. */
  readonly knownToServer: boolean
  /** Whether `unsavedChanges` counts all that is on this device's disk, whoever wrote it there. */
  readonly isCaughtUp: boolean
}

/** The status the facts allow. `saved` needs a joined link, nothing unsaved here or on disk, and an acknowledgement. */
export function syncStatusFrom({ link, unsavedChanges, savedAt, knownToServer, isCaughtUp }: SyncFacts): SyncStatus {
  switch (link.kind) {
    case 'idle':
      return knownToServer ? { kind: 'offline', unsavedChanges } : { kind: 'local-only' }
    case 'waiting':
      return { kind: 'offline', unsavedChanges }
    case 'connecting':
      return { kind: 'connecting', unsavedChanges }
    case 'joined':
      if (unsavedChanges > 0 || !isCaughtUp) return { kind: 'saving', unsavedChanges }
      return savedAt === null ? { kind: 'connecting', unsavedChanges } : { kind: 'saved', at: savedAt }
    case 'refused':
      return { kind: 'refused', reason: link.reason, unsavedChanges }
  }
}

/** Whether two statuses tell a person the same, so that screens are not drawn again for nothing. */
export function sameSyncStatus(a: SyncStatus, b: SyncStatus): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
