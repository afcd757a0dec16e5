import type { IncomingMessage } from 'node:http'
import type { Result } from '@questlog/shared/domain/kernel/result'
import type { RefusalReason } from '@questlog/shared/protocol/documents'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { WebSocket } from 'ws'
import type { Bus } from '../bus/bus.ts'
import type { DocumentCipher } from '../log/document-cipher.ts'
import type { Examine } from '../log/examine.ts'
import type { Seq } from '../log/update-log.ts'
import type { MemoryBudget } from '../memory/memory-budget.ts'
import type { FaultPoint } from '../process/fault-point.ts'
import type { Principal, Role } from './connections/access.ts'
import type { AccessChange, Opened } from './connections/access-watch.ts'
import type { DocumentRoom } from './limits/document-room.ts'
import type { SyncLimits } from './limits/sync-limits.ts'
import type { WorkShares } from './limits/work-shares.ts'

export interface SyncDeps {
  readonly pool: pg.Pool
  /** Seals the log; plain without one. */
  readonly cipher?: DocumentCipher
  readonly logger: Logger
  readonly limits: SyncLimits
  /** The memory for documents, shared by all who keep some in this process. */
  readonly memory: MemoryBudget
  /** Who pays for a document's memory and disk. */
  readonly payerOf: (documentName: string) => Promise<string>
  readonly now: () => number
  /** For every window and time-out, since wall time may jump; that of the process where left out. */
  readonly monotonicMs?: () => number
  /** By which turns are earned; a test's clock that stands still would earn nobody any. */
  readonly workMs?: () => number
  readonly bus: Bus
  /** Whom a socket counts for before anybody has signed in on it; the peer's address where left out. */
  readonly addressOf?: (request: IncomingMessage) => string
  readonly authenticate: (token: string) => Promise<Result<Principal, 'signed-out'>>
  readonly authorize: (
    userId: string,
    documentName: string,
  ) => Promise<Result<{ role: Role }, RefusalReason | { readonly reason: 'old-epoch'; readonly currentEpoch: number }>>
  /** The roles as they are now, one for each; undefined for none. In one query, however many. */
  readonly currentRoles: (opened: readonly Opened[]) => Promise<readonly (Role | undefined)[]>
  /** Called before updates of a document are removed from its log, for those who have yet to read them. */
  readonly beforeTrim?: (document: string) => Promise<void>
  /** Ends work on whole documents that takes long, with nothing half-written, when the process stops. */
  readonly stopping?: AbortSignal
  /** Called at named places, for crash tests. */
  readonly faultPoint?: FaultPoint
}

export interface SyncStats {
  readonly connections: number
  readonly documents: number
  readonly documentBytes: number
  /** Bytes of heap of all documents in memory, as estimated. */
  readonly heapBytes: number
  /** Bytes that wait to be read by the other ends of sockets. */
  readonly incomingBytes: number
  readonly outgoingBytes: number
  readonly commits: number
  readonly updates: number
  readonly queuedBytes: number
  readonly compactions: number
  /** Documents moved to a new epoch, and those that could not be. */
  readonly rebases: number
  readonly failedRebases: number
  /** Of the open document that has the most. */
  readonly mostClientIds: number
  readonly refusals: Readonly<Record<string, number>>
  readonly dropped: Readonly<Record<string, number>>
}

export interface Sync {
  /** Takes over an upgraded socket. */
  handleConnection(socket: WebSocket, request: IncomingMessage): void
  /** Asked by every other writer before it appends. */
  readonly room: DocumentRoom
  /** Whoever else works for people in this process asks for turns here. */
  readonly work: WorkShares
  /** Asked by every other reader that fails on a document's log. */
  examine: Examine
  /** Shows everybody who has a document open what another writer committed to its log, up to `seq`. */
  announce(document: string, seq: Seq): void
  /** Closes a document that was deleted wherever it is open, here at once and on other nodes through the bus. */
  forget(document: string): void
  /** Cuts a logged-out family off, here at once and on other nodes through the bus. */
  endFamily(familyId: string): void
  /** Holds everybody concerned to their new role within a second: here at once, on other nodes through the bus. */
  changeAccess(change: AccessChange): void
  /** Takes no more updates, lets commits finish and their acknowledgements go out, then closes all sockets with 1001. */
  drain(): Promise<void>
  isHealthy(): boolean
  stats(): SyncStats
}
