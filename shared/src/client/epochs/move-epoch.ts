import type * as Y from 'yjs'
import type { StoreApi } from 'zustand/vanilla'
import { createEnding, type Ending } from '../ending.ts'
import type { Timers } from '../ports/timers.ts'
import { MoveDelayed } from './move-delayed.ts'

const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 30_000

/** A log as a move sees it. */
export interface MovingLog<Log> {
  readonly doc: Pick<Y.Doc, 'on' | 'off'>
  readonly state: Pick<StoreApi<{ readonly successor: Log | null }>, 'getState' | 'subscribe'>
  isJoined(): boolean
  close(): Promise<void>
  destroy(): Promise<void>
}

export interface MoveDeps<Log> {
  readonly open: (documentName: string) => Promise<Log>
  /** Starts syncing the new document; returns the way to stop. */
  readonly connect: (next: Log) => () => void
  /**
   * Carries over what only the old document holds, onto disk. Resolves with a function that carries, at once, whatever
   * is written there later. Rejects with `MoveDelayed` where that is not possible yet.
   */
  readonly carryTo: (next: Log) => Promise<() => void>
  /** Called once everything was carried to the new document, and nobody syncs it any more. */
  readonly onMoved: (next: Log, carryLater: () => void) => void
  readonly onFailure: (cause: unknown) => void
  readonly timers: Timers
  readonly random: () => number
}

/** A move under way. */
export interface EpochMove {
  /** Gives up, and closes the new document unless it was handed over. */
  cancel(): Promise<void>
}

/**
 * Moves a log to the document of a later epoch: joins that, carries over what only the old one holds, and hands over
 * the new one. What fails is tried again with growing pauses, from where it was; the hand-over waits until all is
 * there.
 */
export function moveEpoch<Log extends MovingLog<Log>>(documentName: string, deps: MoveDeps<Log>): EpochMove {
  const over = createEnding()
  let next: Log | null = null
  let stop = () => {}

  const leave = async () => {
    stop()
    stop = () => {}
    const left = next
    next = null
    await left?.close()
  }

  const attempt = async (): Promise<void> => {
    next ??= await deps.open(documentName)
    if (over.isOver()) return leave()
    stop()
    stop = deps.connect(next)
    await untilJoined(next, over)
    // The server has meanwhile moved that document as well.
    for (let later = next.state.getState().successor; later !== null; later = later.state.getState().successor) {
      stop()
      await next.destroy()
      next = later
      stop = deps.connect(next)
      await untilJoined(next, over)
    }
    // The server may take long to answer: closing the log does not wait for it.
    const carryLater = over.isOver() ? undefined : await Promise.race([deps.carryTo(next), over.ended])
    if (over.isOver() || !carryLater) return leave()
    const moved = next
    next = null
    stop()
    deps.onMoved(moved, carryLater)
  }

  const run = async () => {
    for (let attempts = 0; !over.isOver(); attempts += 1) {
      try {
        return await attempt()
      } catch (cause) {
        if (over.isOver()) return leave()
        if (!(cause instanceof MoveDelayed)) deps.onFailure(cause)
        const ceilingMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempts)
        await pause(deps.timers, ceilingMs / 2 + (deps.random() * ceilingMs) / 2, over)
      }
    }
    return leave()
  }
  const running = run()
  return {
    cancel() {
      over.end()
      return running
    },
  }
}

/** Resolves once a document is joined and holds what the server has, or has moved on itself, or the move is over. */
function untilJoined<Log>(log: MovingLog<Log>, over: Ending): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!over.isOver() && !log.isJoined() && log.state.getState().successor === null) return
      unsubscribe()
      log.doc.off('update', check)
      resolve()
    }
    const unsubscribe = log.state.subscribe(check)
    log.doc.on('update', check)
    void over.ended.then(check)
    check()
  })
}

function pause(timers: Timers, delayMs: number, over: Ending): Promise<void> {
  return new Promise((resolve) => {
    const cancel = timers.after(delayMs, resolve)
    void over.ended.then(() => {
      cancel()
      resolve()
    })
  })
}
