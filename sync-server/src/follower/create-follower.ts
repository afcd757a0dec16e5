import type { Logger } from 'pino'
import { isDatabaseUnavailable } from '../db/unavailable.ts'
import type { FollowerStep } from './follower-step.ts'
import { type CommittedAt, createWaitingWorkspaces } from './waiting-workspaces.ts'
import { createWorkShare } from './work-share.ts'

/** Follows the logs of workspaces and drives what must happen by itself. */
export interface Follower {
  /** A workspace's log has grown. Costs next to nothing, and never throws. */
  note(workspaceId: string, at: CommittedAt): void
  /** Looks for workspaces that fell behind while nobody listened; in the background. */
  lookAround(): void
  /** Begins nothing more and waits for what is under way, as the steps end it. What is left is found by the next `lookAround`. */
  stop(): Promise<void>
}

export interface FollowerDeps {
  /** Run for each workspace in this order; one that fails keeps none of the others from running. */
  readonly steps: readonly FollowerStep[]
  readonly logger: Logger
  /** Stops it too: steps that have begun end by themselves then. */
  readonly stopping: AbortSignal
}

/**
 * Of the time of this process: a tenth while few workspaces wait, half a hundredth where a hundred do or more. To follow an edit
 * costs as much as to commit it, so while many people edit, what follows comes later.
 */
const MOST_SHARE = 0.1
const LEAST_SHARE = 0.005
const SHARED_BY_ALL = 0.5
const BURST_MS = 200
/** So few that they do not count as many. */
const FOUND_AT_ONCE = 10
const FIRST_OUTAGE_MS = 1_000
const LAST_OUTAGE_MS = 60_000

/** Works at one workspace at a time: it never takes more than a connection of the pool, nor more than one turn in a row. */
export function createFollower({ steps, logger, stopping }: FollowerDeps): Follower {
  const monotonicMs = () => performance.now()
  const waiting = createWaitingWorkspaces()
  const share = createWorkShare({ share: () => shareOf(waiting.size), burstMs: BURST_MS, monotonicMs })
  /** What is still to be looked through, by step. */
  let looking: readonly { readonly step: FollowerStep; readonly afterId: string }[] = []
  let outageMs = 0
  let isStopped = false
  let wake: () => void = () => undefined
  /** Until when the loop sleeps; what is due earlier wakes it. */
  let sleepsUntilMs = Number.NEGATIVE_INFINITY

  /** Sleeps until a time, or until `wake`. */
  const sleep = async (ms: number, isFixed: boolean): Promise<void> => {
    if (isStopped) return
    sleepsUntilMs = isFixed ? Number.NEGATIVE_INFINITY : monotonicMs() + ms
    await new Promise<void>((resolve) => {
      const timer = Number.isFinite(ms) ? setTimeout(resolve, ms).unref() : undefined
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    sleepsUntilMs = Number.NEGATIVE_INFINITY
  }

  /** Runs a piece of work; false where the database did not answer, which is no fault of the piece. */
  const isAnswered = async (piece: () => Promise<void>): Promise<boolean> => {
    try {
      await piece()
      outageMs = 0
      return true
    } catch (error) {
      outageMs = Math.min(LAST_OUTAGE_MS, Math.max(FIRST_OUTAGE_MS, outageMs * 2))
      logger.warn({ err: error, pauseMs: outageMs }, 'logs cannot be followed at this moment')
      return false
    }
  }

  const follow = async (workspaceId: string): Promise<void> => {
    const failures = waiting.take(workspaceId) + 1
    let hasFailed = false
    for (const step of steps) {
      try {
        await step.follow(workspaceId)
      } catch (error) {
        if (isStopped) return
        if (isDatabaseUnavailable(error)) {
          waiting.found(workspaceId, monotonicMs())
          throw error
        }
        hasFailed = true
        logger.warn({ err: error, workspace: workspaceId, step: step.name, failures }, 'a log could not be followed')
      }
    }
    if (hasFailed) waiting.failed(workspaceId, failures, monotonicMs())
  }

  const look = async (): Promise<void> => {
    const [current, ...others] = looking
    if (current === undefined) return
    const found = await current.step.findBehind(current.afterId, FOUND_AT_ONCE)
    for (const workspaceId of found) waiting.found(workspaceId, monotonicMs())
    const last = found.length < FOUND_AT_ONCE ? undefined : found.at(-1)
    looking = last === undefined ? others : [{ ...current, afterId: last }, ...others]
  }

  const loop = async (): Promise<void> => {
    while (!isStopped) {
      const pauseMs = Math.max(share.waitMs(), outageMs)
      if (pauseMs > 0) await sleep(pauseMs, true)
      if (isStopped) return
      const next = waiting.next()
      const dueInMs = (next?.dueMs ?? Number.POSITIVE_INFINITY) - monotonicMs()
      const isDue = next !== undefined && dueInMs <= 0
      if (!isDue && looking.length === 0) {
        await sleep(dueInMs, false)
        continue
      }
      const startedMs = monotonicMs()
      await isAnswered(() => (isDue ? follow(next.workspaceId) : look()))
      share.spend(monotonicMs() - startedMs)
    }
  }
  const ended = loop()

  const stop = (): Promise<void> => {
    isStopped = true
    wake()
    return ended
  }
  stopping.addEventListener('abort', stop)

  return {
    note(workspaceId, at) {
      const dueMs = waiting.note(workspaceId, at, monotonicMs())
      if (dueMs < sleepsUntilMs) wake()
    },
    lookAround() {
      looking = steps.map((step) => ({ step, afterId: '' }))
      if (sleepsUntilMs > Number.NEGATIVE_INFINITY) wake()
    },
    stop,
  }
}

function shareOf(waiting: number): number {
  return Math.min(MOST_SHARE, Math.max(LEAST_SHARE, SHARED_BY_ALL / waiting))
}
