/** How many bytes may have come in and not be dealt with yet: frames that are not whole, and frames that wait. */
export interface IncomingLimits {
  /** Of one socket that has not shown any accepted token. */
  readonly unauthenticatedBytes: number
  /** Of all sockets of one person. */
  readonly userIncomingBytes: number
  /** Of all sockets; beyond it the one with the most is dropped. */
  readonly totalIncomingBytes: number
}

/** What came in on one socket and is not dealt with yet. */
export interface IncomingLine {
  /** Counts bytes that came, or, below zero, that were dealt with. Drops a line that brings too many. */
  count(change: number): void
  /** From now on its bytes count for a person. */
  belongsTo(person: string): void
  close(): void
}

/** What came in on all sockets of this process and is not dealt with yet. */
export interface IncomingBytes {
  open(drop: () => void): IncomingLine
  readonly waitingBytes: number
}

/** What came in from one person, on all their sockets. */
interface Tally {
  readonly person: string
  waiting: number
  lines: number
}

interface Line {
  readonly drop: () => void
  tally: Tally | null
  waiting: number
  isOpen: boolean
}

/** Holds senders to the limits. A sender that is dropped sends again when it returns. */
export function createIncomingBytes(limits: IncomingLimits): IncomingBytes {
  const lines = new Set<Line>()
  const tallies = new Map<string, Tally>()
  let total = 0

  const tallyOf = (person: string): Tally => {
    let tally = tallies.get(person)
    if (tally === undefined) {
      tally = { person, waiting: 0, lines: 0 }
      tallies.set(person, tally)
    }
    return tally
  }

  const join = (line: Line, person: string): void => {
    line.tally = tallyOf(person)
    line.tally.lines += 1
    line.tally.waiting += line.waiting
  }

  const leave = (line: Line): void => {
    if (line.tally === null) return
    line.tally.lines -= 1
    line.tally.waiting -= line.waiting
    if (line.tally.lines === 0) tallies.delete(line.tally.person)
    line.tally = null
  }

  const count = (line: Line, change: number): void => {
    line.waiting += change
    total += change
    if (line.tally !== null) line.tally.waiting += change
  }

  const close = (line: Line): void => {
    if (!lines.delete(line)) return
    line.isOpen = false
    leave(line)
    count(line, -line.waiting)
  }

  const drop = (line: Line): void => {
    close(line)
    line.drop()
  }

  const isOver = ({ tally, waiting }: Line): boolean =>
    tally === null ? waiting > limits.unauthenticatedBytes : tally.waiting > limits.userIncomingBytes

  const largest = (first: Line): Line => {
    let most = first
    for (const line of lines) if (line.waiting > most.waiting) most = line
    return most
  }

  return {
    open(onDrop) {
      const line: Line = { drop: onDrop, tally: null, waiting: 0, isOpen: true }
      lines.add(line)
      return {
        count(change) {
          if (!line.isOpen) return
          count(line, change)
          if (change <= 0) return
          if (isOver(line)) drop(line)
          else if (total > limits.totalIncomingBytes) drop(largest(line))
        },
        belongsTo(person) {
          if (!line.isOpen || line.tally?.person === person) return
          leave(line)
          join(line, person)
        },
        close: () => close(line),
      }
    },
    get waitingBytes() {
      return total
    },
  }
}
