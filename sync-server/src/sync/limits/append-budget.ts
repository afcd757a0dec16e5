import { goRound } from '../../clock/rounds.ts'

/** How many bytes may be appended to the log, which keeps them for its days whatever is removed later. */
export interface AppendLimits {
  /** Of one person, and to one document, after a pause: the largest document fits in, and a lot besides. */
  readonly appendBurstBytes: number
  /** What is earned back in a day. */
  readonly appendDailyBytes: number
}

/** Bounds what people write to disk. */
export interface AppendBudget {
  /** Counts an update that is about to be appended; false, with nothing counted, where it is more than people write. */
  take(userId: string, document: string, bytes: number): boolean
  stop(): void
}

interface Written {
  bytes: number
  atMs: number
}

/** A row of the log with its place in the index, beside its bytes. */
const ROW_BYTES = 128
const DAY_MS = 24 * 60 * 60 * 1000
const IDLE_MS = 60_000

/** Leaky buckets of bytes, by person and by document. Each process counts for itself. */
export function createAppendBudget(deps: {
  readonly limits: AppendLimits
  readonly monotonicMs: () => number
}): AppendBudget {
  const { appendBurstBytes, appendDailyBytes } = deps.limits
  const people = new Map<string, Written>()
  const documents = new Map<string, Written>()

  const leak = (written: Written, nowMs: number): number => {
    written.bytes = Math.max(0, written.bytes - ((nowMs - written.atMs) / DAY_MS) * appendDailyBytes)
    written.atMs = nowMs
    return written.bytes
  }

  const writtenBy = (all: Map<string, Written>, key: string, nowMs: number): Written => {
    const known = all.get(key)
    if (known !== undefined) return known
    const written = { bytes: 0, atMs: nowMs }
    all.set(key, written)
    return written
  }

  const rounds = [people, documents].map((all) =>
    goRound(all, { everyMs: IDLE_MS }, (due) => {
      for (const [key, written] of due) if (leak(written, deps.monotonicMs()) === 0) all.delete(key)
    }),
  )

  return {
    take(userId, document, bytes) {
      const nowMs = deps.monotonicMs()
      const counted = [writtenBy(people, userId, nowMs), writtenBy(documents, document, nowMs)]
      const added = bytes + ROW_BYTES
      for (const written of counted) if (leak(written, nowMs) + added > appendBurstBytes) return false
      for (const written of counted) written.bytes += added
      return true
    },
    stop() {
      for (const end of rounds) end()
    },
  }
}
