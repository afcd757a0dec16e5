/**
 * Asks the server for the state with which an epoch ended, as a Yjs update (V1): null if it no longer has one. Rejects
 * while the server cannot be asked.
 */
export type FetchFinal = (documentName: string) => Promise<Uint8Array | null>
