/**
 * Asks the server for the state with which an epoch ended, as a Yjs update (V1): null if it no longer has one. Rejects
 * while the server cannot be asked.
 */
export type FetchFinal = (documentName: string) => Promise<Uint8Array | null>

/** Edits of an old epoch cannot be carried over now: the server cannot be asked, or has not sent the new document yet. */
export class MoveDelayed extends Error {
  constructor(cause: unknown) {
    super('The log cannot move to its new document yet', { cause })
    this.name = 'MoveDelayed'
  }
}
