import type { Logger } from 'pino'
import type { LogExaminer } from '../../log/set-aside/log-examiner.ts'
import { backgroundThreadLimits, createDocumentThread } from '../../log/thread/document-thread.ts'
import type { LoadedDocument, Seq, UpdateLog } from '../../log/update-log.ts'
import type { FaultPoint } from '../../process/fault-point.ts'
import type { SyncLimits } from '../limits/sync-limits.ts'
import { type CompactDocument, compactTask, compactUpdates, isFaithful, verifyTask } from './compact-update.ts'

/** Shortens logs in the background, one document at a time. */
export interface Compactor {
  /**
   * Asks for a document's log to be compacted where at least so many updates follow its snapshot, `compactAfterUpdates`
   * unless fewer are named; asking again before it ran does not repeat it.
   */
  compact(document: string, updates?: number): void
  drain(): Promise<void>
  readonly compactions: number
}

interface CompactorDeps {
  readonly log: UpdateLog
  readonly examine: LogExaminer['examine']
  readonly limits: SyncLimits
  readonly logger: Logger
  readonly faultPoint: FaultPoint
  /** Updates are removed only after this has resolved. */
  readonly beforeTrim?: (document: string) => Promise<void>
  /** Called with how much memory a document takes when loaded from its new snapshot at a seq. */
  readonly onCompacted?: (document: string, seq: Seq, heapBytes: number) => void
  /** Ends a compaction when the process stops. */
  readonly stopping?: AbortSignal
}

/** Smaller work takes a few milliseconds at most, less than handing it to a thread. */
const INLINE_BYTES = 64 * 1024

/**
 * Compacts in an order in which a crash at any point loses nothing: write the snapshot, read it back, verify it, let
 * loads start from it under a compare-and-set, and only then trim. Of two processes at one document, the second one's
 * compare fails and it stops.
 */
export function createCompactor(deps: CompactorDeps): Compactor {
  const { log, limits, logger, faultPoint, stopping } = deps
  const thread = createDocumentThread(backgroundThreadLimits, stopping)
  const due = new Map<string, number>()
  let running: Promise<void> | null = null
  let compactions = 0
  let isDrained = false

  const compacted = async (updates: readonly Uint8Array[]): Promise<CompactDocument> => {
    const bytes = updates.reduce((sum, update) => sum + update.length, 0)
    return bytes <= INLINE_BYTES ? compactUpdates(updates) : thread.run(compactTask, updates)
  }

  const verified = async (stored: Uint8Array, original: CompactDocument): Promise<boolean> =>
    stored.length <= INLINE_BYTES ? isFaithful(stored, original) : thread.run(verifyTask, stored, original)

  /** A document's log and the document it makes, once everything that cannot be taken in is set aside. */
  const read = async (
    document: string,
    updates: number,
  ): Promise<{ readonly loaded: LoadedDocument; readonly compact: CompactDocument } | null> => {
    for (;;) {
      try {
        const loaded = await log.load(document)
        if (loaded.tail.length < updates) return null
        const parts = loaded.tail.map((update) => update.bytes)
        const compact = await compacted(loaded.snapshot === null ? parts : [loaded.snapshot, ...parts])
        if (compact.isComplete || !(await deps.examine(document, null))) return { loaded, compact }
      } catch (error) {
        if (!(await deps.examine(document, error))) throw error
      }
    }
  }

  const compactOne = async (document: string, updates: number): Promise<void> => {
    const found = await read(document, updates)
    if (found === null) return
    const { compact } = found
    const { head, snapshotSeq } = found.loaded
    await log.putSnapshot(document, head, compact.bytes)
    faultPoint('during-compaction')
    const stored = await log.readSnapshot(document, head)
    if (stored === null || !(await verified(stored, compact))) {
      throw new Error('the stored snapshot is not the document')
    }
    if (!(await log.adoptSnapshot(document, snapshotSeq, head))) return
    faultPoint('during-compaction')
    await deps.beforeTrim?.(document)
    await log.trim(document, head, limits.keepLogMs)
    compactions++
    deps.onCompacted?.(document, head, compact.heapBytes)
  }

  const run = async (): Promise<void> => {
    for (const [document, updates] of due) {
      due.delete(document)
      try {
        await compactOne(document, updates)
      } catch (error) {
        if (!stopping?.aborted) logger.error({ document, err: error }, 'compaction failed; the log is kept')
      }
    }
    // In the same step as the last look at what is due: what becomes due a moment later starts a run of its own.
    running = null
  }

  return {
    compact(document, updates = limits.compactAfterUpdates) {
      if (isDrained) return
      due.set(document, Math.min(updates, due.get(document) ?? updates))
      running ??= run()
    },
    async drain() {
      isDrained = true
      due.clear()
      await running
      await thread.close()
    },
    get compactions() {
      return compactions
    },
  }
}
