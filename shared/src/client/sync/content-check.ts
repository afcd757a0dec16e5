import type { ContentDigest } from '../../store/content-digest.ts'
import type { Timers } from '../ports/timers.ts'

const SLICE_MS = 8

export interface ContentCheckDeps {
  /** The digest of the document; its code comes after the first paint. */
  readonly openDigest: () => Promise<ContentDigest>
  readonly now: () => number
  readonly timers: Timers
  /** Whether the server has acknowledged everything here. */
  readonly isSettled: () => boolean
  /** Asks the server for the digest of what it holds. */
  readonly ask: () => void
  readonly onResult: (isEqual: boolean) => void
}

/**
 * Compares what this device holds with what the server holds, once in a session and before anything is called saved.
 * Equal clocks mean only that both took equally much, not that they took the same (R34).
 */
export interface ContentCheck {
  /** The server said that it answers. */
  begin(): void
  /** Whether the contents were found equal, or the server cannot tell. */
  isPassed(): boolean
  /** Something was acknowledged: if that was all, the server is asked. */
  settled(): void
  /** Something was written here: an answer on its way may be from before or after that. */
  edited(): void
  answered(digest: string): void
  stop(): void
}

type Stage = 'unneeded' | 'due' | 'counting' | 'asked' | 'equal' | 'different'

/** Passed until `begin` is called. */
export function createContentCheck(deps: ContentCheckDeps): ContentCheck {
  let digest: ContentDigest | null = null
  let stage: Stage = 'unneeded'
  let hasEdited = false
  let isStopped = false
  let cancel: () => void = () => undefined

  const countSlice = (counted: ContentDigest) => {
    const startedAt = deps.now()
    return counted.advance(() => deps.now() - startedAt > SLICE_MS)
  }

  // Before it asks, so that the count is done when the answer comes, for the same moment as the server's.
  const count = (counted: ContentDigest) => {
    if (!countSlice(counted)) {
      cancel = deps.timers.after(0, () => count(counted))
      return
    }
    stage = deps.isSettled() ? 'asked' : 'due'
    hasEdited = false
    if (stage === 'asked') deps.ask()
  }

  const settled = () => {
    if (stage !== 'due' || !deps.isSettled()) return
    stage = 'counting'
    if (digest !== null) return count(digest)
    deps.openDigest().then(
      (opened) => {
        digest = opened
        if (!isStopped) count(opened)
      },
      () => {
        // Nothing is called saved meanwhile; what is acknowledged next tries again.
        stage = 'due'
      },
    )
  }

  return {
    begin() {
      if (stage === 'unneeded') stage = 'due'
    },
    isPassed: () => stage === 'unneeded' || stage === 'equal',
    settled,
    edited() {
      hasEdited = true
    },
    answered(theirs) {
      if (stage !== 'asked' || digest === null) return
      if (hasEdited || !deps.isSettled()) {
        stage = 'due'
        return settled()
      }
      digest.advance(() => false)
      stage = digest.read() === theirs ? 'equal' : 'different'
      deps.onResult(stage === 'equal')
    },
    stop() {
      isStopped = true
      cancel()
    },
  }
}
