import type { FaultPoint } from '../process/fault-point.ts'
import type { AppendOutcome, PendingUpdate, UpdateLog } from './update-log.ts'

const BATCH_UPDATES = 256
const BATCH_BYTES = 4 * 1024 * 1024
/**
 * Statements for updates that nobody waits to see start this far apart at least: nobody notices an acknowledgement some
 * tens of milliseconds later, and a statement for every edit costs as much as all the rest of its way.
 */
const PACE_MS = 40
/** A failure counts this long: a server that is kept from traffic while unhealthy gets no commit to prove itself with. */
const FAILURE_COUNTS_MS = 5_000

/** Whether somebody waits to see the update, or only for its acknowledgement. */
export type Urgency = 'now' | 'soon'

/** Groups the updates of all connections and documents into one statement at a time. */
export interface CommitQueue {
  /** Resolves once the update is committed or known not to be; never rejects. Updates commit in the order of the calls. */
  append(update: PendingUpdate, urgency: Urgency): Promise<AppendOutcome>
  /** Resolves when everything appended so far has an outcome. */
  drain(): Promise<void>
  readonly queuedBytes: number
  /** Whether no statement failed as a whole lately, or one has succeeded since. */
  readonly isHealthy: boolean
  /** Statements run, and updates committed by them. */
  readonly commits: number
  readonly updates: number
}

interface Waiting {
  readonly update: PendingUpdate
  readonly resolve: (outcome: AppendOutcome) => void
}

/**
 * Group commit: a batch is what queued while the statement before it ran, or until it is time for the next one. So a
 * lone edit waits for nothing, and under load the statements grow instead of the queue.
 */
export function createCommitQueue(log: UpdateLog, faultPoint: FaultPoint, monotonicMs: () => number): CommitQueue {
  const waiting: Waiting[] = []
  let queuedBytes = 0
  let failedAtMs = Number.NEGATIVE_INFINITY
  let commits = 0
  let updates = 0
  let running: Promise<void> | null = null
  let startedMs = Number.NEGATIVE_INFINITY
  let isUrgent = false
  let hurry: (() => void) | null = null

  /** Waits for the next statement's time, unless something becomes urgent. */
  const pace = async (): Promise<void> => {
    const leftMs = startedMs + PACE_MS - performance.now()
    if (isUrgent || leftMs <= 0) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, leftMs)
      hurry = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    hurry = null
  }

  const nextBatch = (): readonly Waiting[] => {
    let bytes = 0
    let count = 0
    for (const { update } of waiting) {
      bytes += update.bytes.length
      if (count > 0 && (bytes > BATCH_BYTES || count === BATCH_UPDATES)) break
      count++
    }
    return waiting.splice(0, count)
  }

  /** What waits behind a failed update of its document may build on it. */
  const failFollowers = (failed: readonly Waiting[]): void => {
    if (failed.length === 0) return
    const documents = new Set(failed.map(({ update }) => update.document))
    for (const entry of waiting.splice(0)) {
      if (!documents.has(entry.update.document)) waiting.push(entry)
      else {
        queuedBytes -= entry.update.bytes.length
        entry.resolve({ kind: 'failed', cause: new Error('an earlier update of this document failed') })
      }
    }
  }

  const run = async (): Promise<void> => {
    // Every frame read in this turn of the event loop joins the first batch.
    await new Promise<void>((resolve) => setImmediate(resolve))
    while (waiting.length > 0) {
      await pace()
      startedMs = performance.now()
      const batch = nextBatch()
      isUrgent = waiting.length > 0
      faultPoint('before-commit')
      const outcomes = await commitEach(
        log,
        batch.map((entry) => entry.update),
      )
      commits++
      faultPoint('after-commit')
      failedAtMs = outcomes.every((outcome) => outcome.kind === 'failed') ? monotonicMs() : Number.NEGATIVE_INFINITY
      for (const outcome of outcomes) if (outcome.kind === 'committed') updates++
      batch.forEach((entry, index) => {
        queuedBytes -= entry.update.bytes.length
        entry.resolve(outcomes[index] ?? { kind: 'failed', cause: new Error('the batch gave no outcome') })
      })
      failFollowers(batch.filter((_, index) => outcomes[index]?.kind === 'failed'))
    }
    // In the same step as the last look at what waits: whoever hears of an outcome may append before a `finally` would
    // run.
    running = null
  }

  return {
    append(update, urgency) {
      queuedBytes += update.bytes.length
      if (urgency === 'now') {
        isUrgent = true
        hurry?.()
      }
      return new Promise((resolve) => {
        waiting.push({ update, resolve })
        running ??= run()
      })
    },
    async drain() {
      isUrgent = true
      hurry?.()
      while (running) await running
    },
    get queuedBytes() {
      return queuedBytes
    },
    get isHealthy() {
      return monotonicMs() - failedAtMs > FAILURE_COUNTS_MS
    },
    get commits() {
      return commits
    },
    get updates() {
      return updates
    },
  }
}

/**
 * Commits a batch; when the database objects to something in it, each update again on its own, so that only the one it
 * objects to fails. When it did not answer, all have failed: trying again could write twice what was written.
 */
async function commitEach(log: UpdateLog, updates: readonly PendingUpdate[]): Promise<readonly AppendOutcome[]> {
  const outcomes = await log.commitBatch(updates)
  const first = outcomes[0]
  if (first === undefined || first.kind === 'committed') return outcomes
  if (updates.length === 1 || !isRolledBack(first)) {
    return updates.length === 1 && isTransient(first) ? log.commitBatch(updates) : outcomes
  }
  const separate: AppendOutcome[] = []
  const failedDocuments = new Set<string>()
  for (const update of updates) {
    // What follows a failed update in its document may build on it.
    const outcome: AppendOutcome = failedDocuments.has(update.document)
      ? { kind: 'failed', cause: new Error('an earlier update of this document failed') }
      : ((await commitEach(log, [update]))[0] ?? first)
    if (outcome.kind === 'failed') failedDocuments.add(update.document)
    separate.push(outcome)
  }
  return separate
}

// An SQLSTATE says that the server undid the statement, except classes 08 and 57: lost and ending connections.
// The pattern must not take Node's own codes, EPIPE for one, for an SQLSTATE.
const undone = /^(?!08|57)(?:[0-5][0-9A-Z]|F0|HV|P0|XX)[0-9A-Z]{3}$/
const transient = /^(?:40001|40P01|55P03)$/

function isRolledBack(outcome: AppendOutcome): boolean {
  if (outcome.kind === 'foreign-client-id' || outcome.kind === 'old-epoch') return true
  return outcome.kind === 'failed' && undone.test(sqlState(outcome.cause))
}

function isTransient(outcome: AppendOutcome): boolean {
  return outcome.kind === 'failed' && transient.test(sqlState(outcome.cause))
}

function sqlState(cause: unknown): string {
  const code = (cause as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}
