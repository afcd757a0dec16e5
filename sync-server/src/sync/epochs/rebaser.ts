import { formatDocumentName, parseDocumentName } from '@questlog/shared/protocol/documents'
import type pg from 'pg'
import type { Logger } from 'pino'
import { type DocumentCipher, plainStorage } from '../../log/document-cipher.ts'
import { backgroundThreadLimits, createDocumentThread } from '../../log/thread/document-thread.ts'
import type { Seq, UpdateLog } from '../../log/update-log.ts'
import type { FaultPoint } from '../../process/fault-point.ts'
import type { SyncLimits } from '../limits/sync-limits.ts'
import { beginEpoch } from './begin-epoch.ts'
import { countClientIds, hasSetAside, openHead } from './due-documents.ts'
import { type RebasedDocument, rebaseTask, rebaseUpdates } from './rebase-updates.ts'
import { trimEndedEpochs } from './trim-epochs.ts'

/** Moves documents that collected too many client ids to a new epoch, one at a time, in the background. */
export interface Rebaser {
  /** Notes how many client ids a document was seen with. Cheap: most have few. */
  consider(document: string, clientIds: number): void
  drain(): Promise<void>
  readonly rebases: number
  readonly failedRebases: number
}

interface RebaserDeps {
  readonly pool: pg.Pool
  readonly cipher?: DocumentCipher
  readonly log: UpdateLog
  readonly limits: SyncLimits
  readonly logger: Logger
  readonly faultPoint: FaultPoint
  /** By which a document is quiet: dates of what was appended would make it so early or late where a clock is set. */
  readonly monotonicMs: () => number
  readonly beforeTrim?: (document: string) => Promise<void>
  /** The document goes on under the next epoch, and everybody who has it open must hear of that. */
  readonly onEnded: (document: string) => void
  /** Runs work while nobody can write to the document through this process. */
  readonly whileClosed: <Answer>(document: string, work: () => Promise<Answer>) => Promise<Answer>
  /** Ends what takes long when the process stops. */
  readonly stopping?: AbortSignal
}

/** Smaller work takes a few milliseconds at most, less than handing it to a thread. */
const INLINE_BYTES = 64 * 1024
const COUNTED_A_ROUND = 200
const TRIM_EVERY_MS = 60 * 60_000
/** A document that could not be rebased is left alone this long. */
const RETRY_MS = 60 * 60_000
/** How often a rebase is tried beside writers before they are kept out. */
const FREE_ATTEMPTS = 3
const ATTEMPTS = 6

/**
 * Rebases in an order in which a crash at any point loses nothing: stores the final state of the old epoch, verifies
 * it, and then ends the old epoch and begins the next in one transaction, unless somebody appended meanwhile.
 */
export function createRebaser(deps: RebaserDeps): Rebaser {
  const { pool, log, limits, logger, faultPoint, monotonicMs } = deps
  const cipher = deps.cipher ?? plainStorage
  const thread = createDocumentThread(backgroundThreadLimits)
  const due = new Map<string, number>()
  /** Of due documents: the head of each, and since when it was seen to stand there. */
  const seen = new Map<string, { readonly head: Seq; readonly sinceMs: number }>()
  const failedAtMs = new Map<string, number>()
  let running: Promise<void> | null = null
  let isDrained = false
  let rebases = 0
  let failedRebases = 0
  let countedUpTo = ''
  let trimmedAtMs = monotonicMs()

  const rebased = async (updates: readonly Uint8Array[]): Promise<RebasedDocument> => {
    const bytes = updates.reduce((sum, update) => sum + update.length, 0)
    return bytes <= INLINE_BYTES ? rebaseUpdates(updates) : thread.run(rebaseTask, updates)
  }

  const rebase = async (document: string): Promise<'done' | 'moved' | 'not-due'> => {
    const startedMs = performance.now()
    const ref = parseDocumentName(document)
    if (ref === null) throw new Error('not the name of a document')
    // What is set aside can only be mended in this epoch.
    if (await hasSetAside(pool, document)) throw new Error('parts of its log are set aside')
    const { head, revision, snapshot, snapshotSeq, tail } = await log.load(document)
    const parts = tail.map((update) => update.bytes)
    const made = await rebased(snapshot === null ? parts : [snapshot, ...parts])
    const { clientIds, final, begun, begunClientIds } = made
    // What was counted may have been shown ahead of its commit.
    if (clientIds <= limits.rebaseClientIds) return 'not-due'
    if (begunClientIds.length > clientIds / 2) {
      throw new Error(`of ${clientIds} client ids the next epoch would have ${begunClientIds.length}`)
    }
    if (snapshotSeq < head) {
      await log.putSnapshot(document, head, final)
      faultPoint('during-rebase')
      const stored = await log.readSnapshot(document, head)
      if (stored === null || Buffer.compare(stored, final) !== 0) throw new Error('the final state is not the document')
    }
    const nextEpoch = ref.epoch + 1
    const next = formatDocumentName({ ...ref, epoch: nextEpoch })
    const change = { document, head, revision, next, nextEpoch, begun, begunClientIds }
    if (!(await beginEpoch({ pool, cipher, faultPoint }, change))) return 'moved'
    rebases++
    const tookMs = Math.round(performance.now() - startedMs)
    logger.info(
      { document, next, clientIds, left: begunClientIds.length, bytes: begun.length, tookMs },
      'a document with many client ids was moved to a new epoch',
    )
    return 'done'
  }

  const isQuiet = (document: string, head: Seq): boolean => {
    const nowMs = monotonicMs()
    const before = seen.get(document)
    const sinceMs = before?.head === head ? before.sinceMs : nowMs
    seen.set(document, { head, sinceMs })
    return nowMs - sinceMs >= limits.rebaseQuietMs
  }

  const settle = (document: string): void => {
    due.delete(document)
    seen.delete(document)
  }

  const rebaseDue = async (document: string, clientIds: number): Promise<void> => {
    const isUrgent = clientIds > limits.rebaseAnywayClientIds
    for (let attempt = 1; attempt <= ATTEMPTS && !isDrained; attempt++) {
      const head = await openHead(pool, document)
      if (head !== null && !isUrgent && !isQuiet(document, head)) return
      // Ended or deleted: by another process, which has told everybody.
      const outcome =
        head === null
          ? 'not-due'
          : await (attempt <= FREE_ATTEMPTS ? rebase(document) : deps.whileClosed(document, () => rebase(document)))
      if (outcome === 'moved') continue
      settle(document)
      if (outcome === 'done') deps.onEnded(document)
      return
    }
  }

  const isLeftAlone = (document: string): boolean => {
    const failedMs = failedAtMs.get(document)
    if (failedMs === undefined) return false
    if (monotonicMs() - failedMs < RETRY_MS) return true
    failedAtMs.delete(document)
    return false
  }

  const rebaseEach = async (): Promise<void> => {
    for (const [document, clientIds] of [...due]) {
      if (isDrained) return
      try {
        await rebaseDue(document, clientIds)
      } catch (error) {
        // The thread was ended.
        if (isDrained) return
        settle(document)
        failedAtMs.set(document, monotonicMs())
        failedRebases++
        logger.error({ document, clientIds, err: error }, 'rebase failed; the document goes on as it is')
      }
    }
  }

  const look = async (): Promise<void> => {
    const { counted, last } = await countClientIds(pool, countedUpTo, COUNTED_A_ROUND)
    countedUpTo = last ?? ''
    for (const { document, clientIds } of counted) remember(document, clientIds)
  }

  const trim = async (): Promise<void> => {
    if (monotonicMs() - trimmedAtMs < TRIM_EVERY_MS) return
    trimmedAtMs = monotonicMs()
    await trimEndedEpochs(deps)
  }

  const remember = (document: string, clientIds: number): boolean => {
    if (clientIds <= limits.rebaseClientIds || isDrained || isLeftAlone(document)) return false
    due.set(document, Math.max(clientIds, due.get(document) ?? 0))
    return true
  }

  const go = (...works: readonly (() => Promise<void>)[]): void => {
    if (isDrained) return
    running ??= (async () => {
      for (const work of works) {
        await work().catch((error: unknown) => {
          if (!deps.stopping?.aborted) logger.warn({ err: error }, 'documents could not be looked after')
        })
      }
      // In the same step as the end of the last work: who asks a moment later gets a run of their own.
      running = null
    })()
  }

  const timer = setInterval(() => go(look, rebaseEach, trim), limits.rebaseRoundMs).unref()

  return {
    consider(document, clientIds) {
      if (remember(document, clientIds) && clientIds > limits.rebaseAnywayClientIds) go(rebaseEach)
    },
    async drain() {
      isDrained = true
      clearInterval(timer)
      await thread.close()
      await running
    },
    get rebases() {
      return rebases
    },
    get failedRebases() {
      return failedRebases
    },
  }
}
