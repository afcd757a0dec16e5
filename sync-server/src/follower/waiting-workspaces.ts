/** Where an update was committed: by this process, or by another, which said so. */
export type CommittedAt = 'here' | 'elsewhere'

/** Workspaces that are to be followed, each once, and when. Times are milliseconds of a clock that only goes on. */
export interface WaitingWorkspaces {
  /** A log has grown; answers when the workspace is due. */
  note(workspaceId: string, at: CommittedAt, nowMs: number): number
  /** It was found behind: it is due at once. */
  found(workspaceId: string, nowMs: number): void
  /** Following it failed so many times in a row: it is tried again after a pause that grows. */
  failed(workspaceId: string, failures: number, nowMs: number): void
  /** The one due first, and when; undefined where none waits. */
  next(): { readonly workspaceId: string; readonly dueMs: number } | undefined
  readonly size: number
  /** Takes it out, for following it; answers how often that failed in a row so far. */
  take(workspaceId: string): number
}

interface Waiting {
  dueMs: number
  /** Further edits do not put it off beyond this. */
  latestMs: number
  readonly failures: number
}

/** Edits come in runs: a run is followed when it pauses. */
const PAUSE_MS = 300
/** A run that does not pause is followed this often. */
const RUN_MS = 1_000
/** Whoever committed follows first; another process finds nothing left to do, or does it for one that is gone. */
const ELSEWHERE_MS = 3_000
const FIRST_RETRY_MS = 1_000
const LAST_RETRY_MS = 5 * 60_000

export function createWaitingWorkspaces(): WaitingWorkspaces {
  const all = new Map<string, Waiting>()
  return {
    note(workspaceId, at, nowMs) {
      const afterMs = at === 'here' ? PAUSE_MS : ELSEWHERE_MS
      const known = all.get(workspaceId)
      if (known === undefined) {
        all.set(workspaceId, { dueMs: nowMs + afterMs, latestMs: nowMs + Math.max(afterMs, RUN_MS), failures: 0 })
        return nowMs + afterMs
      }
      if (at === 'here' && known.failures === 0) {
        known.latestMs = Math.min(known.latestMs, nowMs + RUN_MS)
        known.dueMs = Math.min(nowMs + afterMs, known.latestMs)
      }
      return known.dueMs
    },
    found(workspaceId, nowMs) {
      if (!all.has(workspaceId)) all.set(workspaceId, { dueMs: nowMs, latestMs: nowMs, failures: 0 })
    },
    failed(workspaceId, failures, nowMs) {
      const dueMs = nowMs + Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1))
      all.set(workspaceId, { dueMs, latestMs: dueMs, failures })
    },
    next() {
      let first: { readonly workspaceId: string; readonly dueMs: number } | undefined
      for (const [workspaceId, { dueMs }] of all) {
        if (first === undefined || dueMs < first.dueMs) first = { workspaceId, dueMs }
      }
      return first
    },
    get size() {
      return all.size
    },
    take(workspaceId) {
      const failures = all.get(workspaceId)?.failures ?? 0
      all.delete(workspaceId)
      return failures
    },
  }
}
