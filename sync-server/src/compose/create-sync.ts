import type { IncomingMessage } from 'node:http'
import type { Result } from '@questlog/shared/domain/kernel/result'
import type { RefusalReason } from '@questlog/shared/protocol/documents'
import type pg from 'pg'
import type { Logger } from 'pino'
import type { WebSocket } from 'ws'
import type { Bus } from '../bus/bus.ts'
import { createCommitQueue } from '../log/commit-queue.ts'
import { DELETED_SEQ } from '../log/delete-documents.ts'
import type { DocumentCipher } from '../log/document-cipher.ts'
import { ENDED_SEQ } from '../log/ended-epochs.ts'
import { createPostgresLog } from '../log/postgres-log.ts'
import { createLogExaminer, type LogExaminer } from '../log/set-aside/log-examiner.ts'
import { awaitedThreadLimits, createDocumentThread } from '../log/thread/document-thread.ts'
import type { Seq } from '../log/update-log.ts'
import type { MemoryBudget } from '../memory/memory-budget.ts'
import { createProver } from '../sync/admission/prover.ts'
import { createCompactor } from '../sync/compaction/compactor.ts'
import type { Access, Principal, Role } from '../sync/connections/access.ts'
import { type AccessChange, createAccessWatch, type Opened } from '../sync/connections/access-watch.ts'
import { createSocketRegistry } from '../sync/connections/socket-registry.ts'
import { createDocumentRegistry } from '../sync/documents/document-registry.ts'
import { createStepOneAnswers } from '../sync/documents/step-one-answers.ts'
import { createRebaser } from '../sync/epochs/rebaser.ts'
import type { FaultPoint } from '../sync/fault-point.ts'
import { createHocuspocus } from '../sync/hooks.ts'
import { createDocumentRoom, type DocumentRoom } from '../sync/limits/document-room.ts'
import type { SyncLimits } from '../sync/limits/sync-limits.ts'
import { createWorkShares, type WorkShares } from '../sync/limits/work-shares.ts'

export type { Access, AccessChange, Opened, Principal, Role }

export interface SyncDeps {
  readonly pool: pg.Pool
  /** Seals the log; plain without one. */
  readonly cipher?: DocumentCipher
  readonly logger: Logger
  readonly limits: SyncLimits
  /** The memory for documents, shared with whoever else in the process has any. */
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
  examine: LogExaminer['examine']
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

/** Puts the sync core together: the log, the open documents, and the sockets that share them. */
export function createSync(given: SyncDeps): Sync {
  const deps = { ...given, monotonicMs: given.monotonicMs ?? (() => performance.now()) }
  const faultPoint = deps.faultPoint ?? (() => undefined)
  const log = createPostgresLog(deps.pool, deps.cipher)
  const commits = createCommitQueue(log, faultPoint, deps.monotonicMs)
  const onRevised = (document: string, revision: number): void => {
    documents.onRevised(document, revision)
    deps.bus.publish({ kind: 'revised', document, revision })
  }
  const examiner = createLogExaminer({ ...deps, onRevised })
  const { examine } = examiner
  const compactor = createCompactor({
    ...deps,
    log,
    examine,
    faultPoint,
    onCompacted: (document, seq, heapBytes) => documents.onCompacted(document, seq, heapBytes),
  })
  const room = createDocumentRoom({ ...deps, log, compactor })
  const prover = createProver({ ...deps, log, examine })
  const tellAppended = (document: string, seq: Seq): void => {
    documents.onHint(document, seq)
    deps.bus.publish({ kind: 'appended', document, seq })
  }
  const rebaser = createRebaser({
    ...deps,
    log,
    faultPoint,
    onEnded: (document) => tellAppended(document, ENDED_SEQ),
    whileClosed: (document, work) => documents.whileClosed(document, work),
  })
  const onClientIds = rebaser.consider
  const thread = createDocumentThread(awaitedThreadLimits)
  const taking = { log, examine, commits, compactor, room, prover, thread, onClientIds }
  const documents = createDocumentRegistry({ ...deps, ...taking })
  const work = createWorkShares({ limits: deps.limits, monotonicMs: given.workMs ?? (() => performance.now()) })
  const sockets = createSocketRegistry({ ...deps, work })
  const accessWatch = createAccessWatch({
    ...deps,
    sessions: sockets.sessions,
    everyMs: deps.limits.accessCheckMs,
  })
  const stepOneAnswers = createStepOneAnswers({ log, examine, thread })
  const shared = { work, faultPoint, documents, sockets, accessWatch, stepOneAnswers, thread }
  const hocuspocus = createHocuspocus({ ...deps, ...shared })
  documents.attach(hocuspocus)

  const unsubscribe = deps.bus.subscribe((event) => {
    if (event.kind === 'appended') documents.onHint(event.document, event.seq)
    else if (event.kind === 'revised') documents.onRevised(event.document, event.revision)
    else if (event.kind === 'family-ended') sockets.endFamily(event.familyId)
    else if (event.kind === 'access-changed') accessWatch.onChange(event)
    else {
      documents.checkHeads()
      accessWatch.checkAll()
    }
  })

  return {
    handleConnection(socket, request) {
      sockets.open(socket, request.socket, hocuspocus, deps.addressOf?.(request) ?? request.socket.remoteAddress ?? '')
    },
    room,
    work,
    examine,
    announce(document, seq) {
      tellAppended(document, seq)
      // A document that nobody has open has no other place to notice how long its log has grown.
      if (seq % deps.limits.compactAfterUpdates === 0) compactor.compact(document)
    },
    forget(document) {
      tellAppended(document, DELETED_SEQ)
    },
    endFamily(familyId) {
      sockets.endFamily(familyId)
      deps.bus.publish({ kind: 'family-ended', familyId })
    },
    changeAccess(change) {
      accessWatch.onChange(change)
      deps.bus.publish({ kind: 'access-changed', ...change })
    },
    async drain() {
      accessWatch.stop()
      sockets.stop()
      await commits.drain()
      // Acknowledgements are sent by what continues after the commit, in this turn of the event loop.
      await new Promise<void>((resolve) => setImmediate(resolve))
      sockets.closeAll()
      work.stop()
      room.stop()
      unsubscribe()
      documents.stop()
      await Promise.all([prover.close(), thread.close(), rebaser.drain(), compactor.drain()])
      await examiner.close()
    },
    isHealthy: () => commits.isHealthy && !sockets.isStopped,
    stats: () => ({
      ...sockets.stats(),
      ...documents.stats(),
      commits: commits.commits,
      updates: commits.updates,
      queuedBytes: commits.queuedBytes,
      compactions: compactor.compactions,
      rebases: rebaser.rebases,
      failedRebases: rebaser.failedRebases,
    }),
  }
}
