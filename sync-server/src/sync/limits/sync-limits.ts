import { getHeapStatistics } from 'node:v8'
import { STAMP_AHEAD_MS } from '@questlog/shared/store/stamp'
import type { IncomingLimits } from './incoming-bytes.ts'
import type { OutgoingLimits } from './outgoing-bytes.ts'
import type { WorkLimits } from './work-shares.ts'

/** Every bound of the sync core. Bytes, milliseconds and counts; the defaults suit one small server. */
export interface SyncLimits extends WorkLimits, IncomingLimits, OutgoingLimits {
  /** The largest frame that is read at all; the `ws` server's `maxPayload`. */
  readonly maxFrameBytes: number
  /** Frames and bytes that one connection may send within `windowMs`. */
  readonly windowMs: number
  readonly connectionFrames: number
  readonly connectionBytes: number
  /** The same for all connections of one user together. */
  readonly userFrames: number
  readonly userBytes: number
  readonly documentsPerConnection: number
  /** Sockets of one person, and documents that they have open. */
  readonly userSockets: number
  readonly userDocuments: number
  /** Sockets of one address that have not shown any accepted token yet; beyond it the oldest that says nothing is closed. */
  readonly addressSockets: number
  /** Presence of one document is handed on once in this time. */
  readonly presenceEveryMs: number
  /** Sync messages that wait on one connection: for a commit, for a handshake, for the document to open. */
  readonly connectionWaitingBytes: number
  /** A connection without any accepted token by then is closed. */
  readonly unauthenticatedTimeoutMs: number
  /** How long an update whose predecessors are missing waits for the handshake that brings them. */
  readonly heldUpdateTimeoutMs: number
  /** The largest document, in encoded bytes of its snapshot and log tail. */
  readonly maxDocumentBytes: number
  /** Bytes of heap, as estimated, of all documents in memory; see `MemoryBudget` for who gives way to whom. */
  readonly openDocumentBytes: number
  /** The part of it that documents kept for reading and writing on beside the open ones may take; those used last stay. */
  readonly replicaBytes: number
  /** The heap that one document may take. A part of `openDocumentBytes`, or nobody could open it beside others. */
  readonly documentHeapBytes: number
  /** A document without connections is kept this long for the next one. */
  readonly idleDocumentMs: number
  /** Updates waiting for a commit, over all documents; above it new ones are turned away with `retry:busy`. */
  readonly commitQueueBytes: number
  readonly awarenessBytes: number
  /** What one person may append in a day, and what may be appended to one document, beyond a whole document at once. */
  readonly appendDailyBytes: number
  /** How far a stamp may lie ahead of the server's clock: a day covers a device set to a wrong time zone. */
  readonly stampAheadMs: number
  /** Log rows after the newest snapshot that make a compaction due; the more, the larger the document is. */
  readonly compactAfterUpdates: number
  /** Log rows older than this and contained in a verified snapshot are removed. */
  readonly keepLogMs: number
  /** A document with more client ids than this moves to a new epoch once nothing was appended to it for `rebaseQuietMs`. */
  readonly rebaseClientIds: number
  readonly rebaseQuietMs: number
  /** With more than this it moves at once. Every transaction walks all ids, on the server and on every device. */
  readonly rebaseAnywayClientIds: number
  /** How often documents due for a new epoch are looked at, and some that nobody has open are counted. */
  readonly rebaseRoundMs: number
  /** How long the final state of an epoch that is over is kept, for devices that were away. */
  readonly keepFinalMs: number
  /** How often an open document's head is compared with the log's, for hints that got lost. */
  readonly headCheckMs: number
  /** How often the roles of everybody who has a document open are read again, for changes whose hints got lost. */
  readonly accessCheckMs: number
}

/** Half of what Node lets the process have: the rest is for frames, answers and what is about to be collected. */
const DOCUMENT_HEAP = Math.floor(getHeapStatistics().heap_size_limit / 2)

/** The defaults; a caller overrides what it must. */
export const defaultSyncLimits: SyncLimits = {
  maxFrameBytes: 16 * 1024 * 1024,
  windowMs: 10_000,
  connectionFrames: 3_000,
  connectionBytes: 64 * 1024 * 1024,
  userFrames: 10_000,
  userBytes: 128 * 1024 * 1024,
  documentsPerConnection: 64,
  connectionWaitingBytes: 32 * 1024 * 1024,
  unauthenticatedBytes: 64 * 1024,
  unauthenticatedTimeoutMs: 15_000,
  userIncomingBytes: 128 * 1024 * 1024,
  totalIncomingBytes: 256 * 1024 * 1024,
  maxBufferedBytes: 4 * 1024 * 1024,
  userBufferedBytes: 32 * 1024 * 1024,
  totalBufferedBytes: 256 * 1024 * 1024,
  stalledReaderMs: 15_000,
  userSockets: 100,
  userDocuments: 512,
  addressSockets: 2_000,
  presenceEveryMs: 50,
  personWorkShare: 0.1,
  documentWorkShare: 0.5,
  workBurstMs: 200,
  heldUpdateTimeoutMs: 10_000,
  maxDocumentBytes: 64 * 1024 * 1024,
  openDocumentBytes: DOCUMENT_HEAP,
  replicaBytes: DOCUMENT_HEAP / 4,
  documentHeapBytes: DOCUMENT_HEAP / 4,
  idleDocumentMs: 30_000,
  commitQueueBytes: 64 * 1024 * 1024,
  awarenessBytes: 16 * 1024,
  appendDailyBytes: 32 * 1024 * 1024,
  stampAheadMs: STAMP_AHEAD_MS,
  compactAfterUpdates: 500,
  keepLogMs: 30 * 24 * 60 * 60 * 1000,
  rebaseClientIds: 100,
  rebaseQuietMs: 60_000,
  rebaseAnywayClientIds: 500,
  rebaseRoundMs: 30_000,
  keepFinalMs: 400 * 24 * 60 * 60 * 1000,
  headCheckMs: 10_000,
  accessCheckMs: 5_000,
}
