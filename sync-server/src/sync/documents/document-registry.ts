import type { Document, Hocuspocus } from '@hocuspocus/server'
import type { Logger } from 'pino'
import type { Bus } from '../../bus/bus.ts'
import type { CommitQueue } from '../../log/commit-queue.ts'
import type { LogExaminer } from '../../log/set-aside/log-examiner.ts'
import type { DocumentThread } from '../../log/thread/document-thread.ts'
import type { Seq, UpdateLog } from '../../log/update-log.ts'
import { EMPTY_DOCUMENT, EXPECTED_HEAP_PER_BYTE } from '../../log/updates/document-heap.ts'
import { heapOfLarge, piecesOfLogged } from '../../log/updates/pieces.ts'
import type { Holding, MemoryBudget } from '../../memory/memory-budget.ts'
import type { Prover } from '../admission/prover.ts'
import type { Compactor } from '../compaction/compactor.ts'
import type { DocumentRoom } from '../limits/document-room.ts'
import { price } from '../limits/prices.ts'
import type { SyncLimits } from '../limits/sync-limits.ts'
import { DocumentClosed, retry } from '../refusals/refusal.ts'
import { loadFromLog } from './load-document.ts'
import { OpenDocument } from './open-document.ts'

/** The documents that this process has in memory. */
export interface DocumentRegistry {
  attach(hocuspocus: Hocuspocus): void
  /**
   * Fills a fresh document from the log, within the memory of the person who pays for it. Throws, leaving nothing
   * behind, when there is no room or the log cannot be read.
   */
  load(document: Document, take: (price: number) => true | Promise<void>): Promise<void>
  /** The open document behind Hocuspocus' object; undefined once it was unloaded or given up. */
  of(document: Document): OpenDocument | undefined
  onHint(document: string, seq: Seq): void
  /**
   * The rows that a load of a document reads were changed: if it is open at an earlier revision, it is loaded again.
   */
  onRevised(document: string, revision: number): void
  /** A document at a seq, without its deleted parts, takes so much memory. */
  onCompacted(document: string, seq: Seq, heapBytes: number): void
  /** Runs work while nobody has the document open in this process, and nobody can open it. */
  whileClosed<Answer>(document: string, work: () => Promise<Answer>): Promise<Answer>
  /** Compares the heads of all open documents with the log's, and catches up where they differ. */
  checkHeads(): void
  stop(): void
  stats(): { documents: number; documentBytes: number; heapBytes: number; mostClientIds: number }
}

interface DocumentRegistryDeps {
  readonly log: UpdateLog
  readonly examine: LogExaminer['examine']
  readonly commits: CommitQueue
  readonly compactor: Compactor
  readonly room: Pick<DocumentRoom, 'admits' | 'takeDisk'>
  readonly prover: Pick<Prover, 'prove'>
  readonly memory: MemoryBudget
  /** Who pays for a document's memory. */
  readonly payerOf: (document: string) => Promise<string>
  readonly thread: DocumentThread
  readonly bus: Bus
  readonly limits: SyncLimits
  readonly logger: Logger
  readonly now: () => number
  readonly monotonicMs: () => number
  /** Called with the number of client ids of a document, after it was loaded and after each commit. */
  readonly onClientIds: (document: string, clientIds: number) => void
}

/**
 * Documents up to so many bytes are compacted often. The snapshot of a larger one costs more than the rows it saves.
 */
const COMPACTED_OFTEN = 4 * 1024 * 1024
const SWEEP_MS = 5_000
const HEADS_PER_QUERY = 1_000

/** Opens, keeps and unloads documents within the memory budget. */
export function createDocumentRegistry(deps: DocumentRegistryDeps): DocumentRegistry {
  const { log, commits, room, prover, memory, bus, limits, logger, now } = deps
  const open = new Map<string, OpenDocument>()
  const idleSinceMs = new Map<OpenDocument, number>()
  const keptClosed = new Set<string>()
  let hocuspocus: Hocuspocus | null = null

  const forget = (document: OpenDocument): void => {
    if (open.get(document.name) === document) open.delete(document.name)
    idleSinceMs.delete(document)
    if (hocuspocus?.documents.get(document.name) === document.doc) hocuspocus.documents.delete(document.name)
    document.holding.release()
    document.doc.destroy()
  }

  // Until Hocuspocus has taken the document over, the connection that it was loaded for is still to come.
  const isIdle = ({ doc, isCommitting }: OpenDocument): boolean =>
    doc.getConnectionsCount() === 0 && !isCommitting && hocuspocus?.documents.get(doc.name) === doc

  const useOf = (document: OpenDocument): 'idle' | 'busy' | 'fixed' =>
    document.doc.getConnectionsCount() > 0 ? 'busy' : isIdle(document) ? 'idle' : 'fixed'

  const onBroken = (document: OpenDocument, cause: unknown): void => {
    if (cause instanceof DocumentClosed) {
      for (const connection of document.doc.getConnections()) connection.close(cause)
      forget(document)
      return
    }
    logger.error({ document: document.name, head: document.head, err: cause }, 'document closed to be loaded again')
    for (const connection of document.doc.getConnections()) connection.close(retry('unavailable'))
    forget(document)
  }

  const onCommitted = (document: OpenDocument, seq: Seq): void => {
    bus.publish({ kind: 'appended', document: document.name, seq })
    deps.onClientIds(document.name, document.doc.store.clients.size)
    // A document given up may have been loaded again before its last commit.
    const current = open.get(document.name)
    if (current !== document) current?.onHint(seq)
    if (seq - document.snapshotSeq >= limits.compactAfterUpdates * Math.max(1, document.bytes / COMPACTED_OFTEN)) {
      document.snapshotSeq = seq
      deps.compactor.compact(document.name)
    }
  }

  const totalBytes = (): number => {
    let total = 0
    for (const document of open.values()) total += document.bytes
    return total
  }

  /** Unloads documents that were idle for long. The budget takes other idle ones when it needs their room. */
  const sweep = (): void => {
    const nowMs = deps.monotonicMs()
    for (const document of open.values()) {
      if (!isIdle(document)) idleSinceMs.delete(document)
      else if (!idleSinceMs.has(document)) idleSinceMs.set(document, nowMs)
    }
    for (const [document, sinceMs] of [...idleSinceMs]) {
      if (nowMs - sinceMs >= limits.idleDocumentMs) forget(document)
    }
  }

  /** Reads a document into memory that is counted before it is used. */
  const loadWithin = async (doc: Document, holding: Holding, expected: number): Promise<OpenDocument> => {
    let counted = expected
    const cut = (update: Uint8Array) => piecesOfLogged(update, deps.thread)
    const logged = await loadFromLog({ ...deps, cut }, doc, async (read) => {
      const heap = await heapOfLarge(read, deps.thread)
      if (!holding.extend(heap - counted)) throw retry('busy')
      counted = heap
    })
    const told = {
      onCommitted: (seq: Seq) => onCommitted(document, seq),
      onBroken: (cause: unknown) => onBroken(document, cause),
    }
    const document = new OpenDocument({ log, commits, room, prover, limits, now, ...told }, doc, logged, holding)
    holding.offer({
      use: () => useOf(document),
      giveUp: () => document.breakApart(retry('busy')),
    })
    return document
  }

  const readHeads = async (): Promise<void> => {
    const names = [...open.keys()]
    for (let start = 0; start < names.length; start += HEADS_PER_QUERY) {
      const standings = await log.standings(names.slice(start, start + HEADS_PER_QUERY))
      for (const [name, { seq, revision }] of standings) {
        open.get(name)?.onRevised(revision)
        open.get(name)?.onHint(seq)
      }
    }
  }
  const checkHeads = (): void => {
    readHeads().catch((error: unknown) => logger.warn({ err: error }, 'heads could not be read'))
  }

  const timers = [setInterval(sweep, SWEEP_MS).unref(), setInterval(checkHeads, limits.headCheckMs).unref()]

  return {
    attach(attached) {
      hocuspocus = attached
    },
    async load(doc, take) {
      let holding: Holding | null = null
      try {
        if (keptClosed.has(doc.name)) throw retry('busy')
        const [payer, encodedBytes] = await Promise.all([deps.payerOf(doc.name), log.size(doc.name)])
        const turn = take(price.load(encodedBytes))
        if (turn !== true) await turn
        const expected = encodedBytes * EXPECTED_HEAP_PER_BYTE
        holding = memory.reserve(payer, EMPTY_DOCUMENT + expected)
        if (holding === null) throw retry('busy')
        open.set(doc.name, await loadWithin(doc, holding, expected))
        deps.onClientIds(doc.name, doc.store.clients.size)
      } catch (error) {
        holding?.release()
        // Hocuspocus drops the document without ending its timers.
        doc.destroy()
        if (!isBusy(error)) logger.error({ document: doc.name, err: error }, 'document could not be loaded')
        throw error
      }
    },
    of(doc) {
      const document = open.get(doc.name)
      return document?.doc === doc && !document.isBroken ? document : undefined
    },
    onHint(name, seq) {
      open.get(name)?.onHint(seq)
    },
    onRevised(name, revision) {
      open.get(name)?.onRevised(revision)
    },
    onCompacted(name, seq, heapBytes) {
      open.get(name)?.settleHeap(seq, heapBytes)
    },
    async whileClosed(name, work) {
      keptClosed.add(name)
      open.get(name)?.breakApart(retry('busy'))
      try {
        return await work()
      } finally {
        keptClosed.delete(name)
      }
    },
    checkHeads,
    stop() {
      for (const timer of timers) clearInterval(timer)
    },
    stats: () => ({
      documents: open.size,
      documentBytes: totalBytes(),
      heapBytes: memory.usedBytes,
      mostClientIds: Array.from(open.values()).reduce((most, { doc }) => Math.max(most, doc.store.clients.size), 0),
    }),
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof DocumentClosed && error.reason === retry('busy').reason
}
