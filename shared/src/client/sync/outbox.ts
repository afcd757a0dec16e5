import * as Y from 'yjs'
import type { Room } from '../../store/split/slice-struct.ts'
import { splitUpdate } from '../../store/split/split-update.ts'
import type { Timers } from '../ports/timers.ts'
import { NONE_DELETED } from './deleted-elements.ts'
import { createPace } from './pace.ts'
import type { Mark } from './saved-tracker.ts'

/** How much is sent at once. The server's own limits are several times these. */
export interface UploadLimits {
  /** Frames sent and not yet acknowledged; past it, changes gather into one. */
  readonly inFlight: number
  /** An update longer than this is looked into, and split where it goes beyond a piece. */
  readonly wholeBytes: number
  /** Small enough for its acknowledgement to come, over a slow line, before the server counts as silent. */
  readonly piece: Room
  /** Bytes in a window, of what may be a whole log. */
  readonly windowBytes: number
  readonly windowMs: number
}

/** Below the server's `maxFrameBytes`, its budget of bytes per connection, and what one update may add to a note. */
export const defaultUploadLimits: UploadLimits = {
  inFlight: 8,
  wholeBytes: 60 * 1024,
  piece: { bytes: 512 * 1024, text: 60 * 1024 },
  windowBytes: 24 * 1024 * 1024,
  windowMs: 10_000,
}

export interface OutboxDeps {
  readonly limits: UploadLimits
  readonly now: () => number
  readonly timers: Timers
  readonly send: (update: Uint8Array) => void
}

/** The updates on their way to the server, in order, each sent in bounded pieces. */
export interface Outbox {
  /** Queues an update; the mark is the document's state with it. */
  add(update: Uint8Array, mark: Mark): void
  /** The mark of the oldest frame in flight, which the server has just answered; null when there is none. */
  takeAnswered(): Mark | null
  /** Sends what there is room for. */
  sendMore(): void
  stop(): void
}

interface Frame {
  readonly update: Uint8Array
  readonly mark: Mark
}

/** Starts empty; every frame sent must be answered, in order. */
export function createOutbox({ limits, now, timers, send }: OutboxDeps): Outbox {
  const inFlight: Mark[] = []
  const pace = createPace(limits, now)
  let unsent: Uint8Array[] = []
  let unsentMark: Mark | null = null
  let frames: Iterator<Frame, undefined> | null = null
  let cancelWait: (() => void) | null = null

  const nextFrame = (): Frame | null => {
    const next = frames?.next()
    if (next?.done === false) return next.value
    frames = null
    const [only] = unsent
    if (only === undefined || unsentMark === null) return null
    frames = framesOf(unsent.length === 1 ? only : Y.mergeUpdates(unsent), unsentMark, limits)
    unsent = []
    return nextFrame()
  }

  const sendMore = () => {
    while (inFlight.length < limits.inFlight && cancelWait === null) {
      const waitMs = pace.waitMs()
      if (waitMs > 0) {
        cancelWait = timers.after(waitMs, () => {
          cancelWait = null
          sendMore()
        })
        return
      }
      const frame = nextFrame()
      if (frame === null) return
      inFlight.push(frame.mark)
      pace.spend(frame.update.length)
      send(frame.update)
    }
  }

  return {
    add(update, mark) {
      unsent.push(update)
      unsentMark = mark
      sendMore()
    },
    takeAnswered: () => inFlight.shift() ?? null,
    sendMore,
    stop: () => cancelWait?.(),
  }
}

function* framesOf(update: Uint8Array, mark: Mark, limits: UploadLimits): Generator<Frame, undefined> {
  if (update.length <= limits.wholeBytes) {
    yield { update, mark }
    return
  }
  let previous: Frame | null = null
  for (const piece of splitUpdate(update, limits.piece)) {
    if (previous !== null) yield previous
    // Of deletions nothing is certain before the last piece.
    previous = { update: piece.update, mark: { clocks: piece.clocks, ownDeletions: NONE_DELETED } }
  }
  if (previous !== null) yield { ...previous, mark }
}
