import type { Mark } from './saved-tracker.ts'

/** The edits of other devices that the server showed ahead of their commit, until it is known to have committed them. */
export interface EarlyEdits {
  /** Own changes up to the mark were queued for the server, which answers them in this order. */
  queued(mark: Mark): void
  /** The server answered the queued changes up to the mark. */
  answered(mark: Mark): void
  /** An edit was shown: the mark is the document with it, and holds own changes that are yet to be queued if `isBefore`. */
  shown(mark: Mark, isBefore: boolean): void
  /** The server committed the oldest edit shown. */
  committed(): void
}

interface Shown {
  readonly mark: Mark
  /** How many queued changes its mark holds. */
  readonly queued: number
}

/** Calls back with the marks whose edits are all committed: the edits shown and the own changes. */
export function createEarlyEdits(onCommitted: (mark: Mark) => void): EarlyEdits {
  const places = new WeakMap<Mark, number>()
  const uncommitted: Shown[] = []
  const unanswered: Shown[] = []
  let queued = 0
  let answered = 0

  const settle = () => {
    for (let first = unanswered[0]; first !== undefined && first.queued <= answered; first = unanswered[0]) {
      unanswered.shift()
      onCommitted(first.mark)
    }
  }

  return {
    queued(mark) {
      queued += 1
      places.set(mark, queued)
    },
    answered(mark) {
      answered = places.get(mark) ?? answered
      settle()
    },
    shown(mark, isBefore) {
      uncommitted.push({ mark, queued: queued + (isBefore ? 1 : 0) })
    },
    committed() {
      const first = uncommitted.shift()
      if (first === undefined) return
      unanswered.push(first)
      settle()
    },
  }
}
