import {
  formatRefusal,
  formatRetry,
  parseDocumentName,
  type RefusalReason,
  type RetryReason,
} from '@questlog/shared/protocol/documents'

/** WebSocket close codes of this server, for the document's close event (the socket itself stays open). */
const REFUSED = 4403
const RETRY = 4503

/**
 * Ends one document on one connection, for a reason the device can read. The message stays empty, since Hocuspocus
 * prints whatever message a thrown error has; `reason` and `code` are what it sends.
 */
export class DocumentClosed extends Error {
  readonly reason: string
  readonly code: number
  readonly kind: 'refused' | 'retry'

  constructor(kind: 'refused' | 'retry', reason: string, cause?: unknown) {
    super('', cause === undefined ? undefined : { cause })
    this.kind = kind
    this.reason = reason
    this.code = kind === 'refused' ? REFUSED : RETRY
  }
}

/** A refusal: the device's edits will not be taken as they are. */
export function refused(reason: RefusalReason, currentEpoch?: number): DocumentClosed {
  return new DocumentClosed('refused', formatRefusal(reason, currentEpoch))
}

/** A failure that is not the device's: it keeps its edits and runs the handshake again. */
export function retry(reason: RetryReason, cause?: unknown): DocumentClosed {
  return new DocumentClosed('retry', formatRetry(reason), cause)
}

/** Whatever was thrown, as the close it leads to: everything unforeseen is `retry:unavailable`. */
export function asClose(error: unknown): DocumentClosed {
  return error instanceof DocumentClosed ? error : retry('unavailable', error)
}

/** Refuses access to a document whose epoch is over, and names the one that followed it. */
export function refusedOldEpoch(document: string): DocumentClosed {
  return refused('old-epoch', (parseDocumentName(document)?.epoch ?? 0) + 1)
}
