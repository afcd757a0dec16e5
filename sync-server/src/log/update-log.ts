/** Position of an update in its document's log; the first is 1, without gaps. */
export type Seq = number

/** An update that passed admission and waits to be written. */
export interface PendingUpdate {
  readonly document: string
  readonly bytes: Uint8Array
  readonly userId: string
  /** The first client id with new structs in it; null when it only deletes. */
  readonly clientId: number | null
  /** Client ids that belong to `userId` from now on, unless they already belong to somebody else. */
  readonly claims: readonly number[]
}

/** What became of one update of a batch. */
export type AppendOutcome =
  | { readonly kind: 'committed'; readonly seq: Seq }
  | { readonly kind: 'foreign-client-id' }
  /** The document goes on under the next epoch. */
  | { readonly kind: 'old-epoch' }
  /** Not known to be written. It may be, after a lost connection; then admission later finds it in the log. */
  | { readonly kind: 'failed'; readonly cause: unknown }

/** One row of the log. */
export interface LoggedUpdate {
  readonly seq: Seq
  readonly bytes: Uint8Array
}

/** A document as the log has it: the newest snapshot, and every update after it in order. */
export interface LoggedDocument {
  readonly head: Seq
  readonly snapshotSeq: Seq
  readonly snapshot: Uint8Array | null
  readonly tail: readonly LoggedUpdate[]
}

/** What `load` answers. */
export interface LoadedDocument extends LoggedDocument {
  /** How often rows were set aside, which changes what a load reads; no later than what was read. */
  readonly revision: number
}

/** The durable log of all documents. Every method rejects when the database does not answer as it should. */
export interface UpdateLog {
  /** Writes all or nothing in one statement, numbering each document's updates in the order given. Never rejects. */
  commitBatch(updates: readonly PendingUpdate[]): Promise<readonly AppendOutcome[]>
  /** Also rejects when a row is missing or is not what was written; see `set-aside/` for what to do then. */
  load(document: string): Promise<LoadedDocument>
  /** Encoded bytes of what `load` would answer. */
  size(document: string): Promise<number>
  /** Updates after `seq`, oldest first, at most `limit`. */
  readTail(document: string, afterSeq: Seq, limit: number): Promise<readonly LoggedUpdate[]>
  /**
   * The heads of the named documents, `ENDED_SEQ` and `DELETED_SEQ` for those that take no more updates; a document
   * without any update is missing from the map.
   */
  heads(documents: readonly string[]): Promise<ReadonlyMap<string, Seq>>
  /** Heads as `heads` answers them, and the revisions of the named documents; a document without any update is missing from the map. */
  standings(
    documents: readonly string[],
  ): Promise<ReadonlyMap<string, { readonly seq: Seq; readonly revision: number }>>
  /**
   * Who owns which of these client ids in the document: the user who claimed the id there, else the one who claimed it
   * or its twin first, there or in another epoch (R31). Ids without an owner are missing from the map.
   */
  owners(document: string, clientIds: readonly number[]): Promise<ReadonlyMap<number, string>>
  /** Stores a snapshot, which is not loaded from before it is adopted. One that is there for this seq stays. */
  putSnapshot(document: string, seq: Seq, bytes: Uint8Array): Promise<void>
  /** Loads start from the snapshot from now on, unless another writer's was adopted since `previousSeq`: then, false. */
  adoptSnapshot(document: string, previousSeq: Seq, seq: Seq): Promise<boolean>
  readSnapshot(document: string, seq: Seq): Promise<Uint8Array | null>
  /**
   * Removes updates up to `seq` that no moment of the last `keepMs` needs, and earlier snapshots except a few that are
   * spread over that time: the document can still be loaded as it was at any moment in it.
   */
  trim(document: string, seq: Seq, keepMs: number): Promise<void>
}
