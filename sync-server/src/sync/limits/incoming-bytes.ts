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

interface Line {
  readonly drop: () => void
  person: string | null
  waiting: number
}

/** Holds senders to the limits. A sender that is dropped sends again when it returns. */
export function createIncomingBytes(limits: IncomingLimits): IncomingBytes {
  const lines = new Set<Line>()
  const perPerson = new Map<string, number>()
  let total = 0

  const countFor = (person: string | null, change: number): void => {
    if (person === null) return
    const waiting = (perPerson.get(person) ?? 0) + change
    if (waiting > 0) perPerson.set(person, waiting)
    else perPerson.delete(person)
  }

  const count = (line: Line, change: number): void => {
    line.waiting += change
    total += change
    countFor(line.person, change)
  }

  const close = (line: Line): void => {
    if (lines.delete(line)) count(line, -line.waiting)
  }

  const drop = (line: Line): void => {
    close(line)
    line.drop()
  }

  const isOver = ({ person, waiting }: Line): boolean =>
    person === null ? waiting > limits.unauthenticatedBytes : (perPerson.get(person) ?? 0) > limits.userIncomingBytes

  const largest = (first: Line): Line => {
    let most = first
    for (const line of lines) if (line.waiting > most.waiting) most = line
    return most
  }

  return {
    open(onDrop) {
      const line: Line = { drop: onDrop, person: null, waiting: 0 }
      lines.add(line)
      return {
        count(change) {
          if (!lines.has(line)) return
          count(line, change)
          if (change <= 0) return
          if (isOver(line)) drop(line)
          else if (total > limits.totalIncomingBytes) drop(largest(line))
        },
        belongsTo(person) {
          countFor(line.person, -line.waiting)
          line.person = person
          countFor(person, line.waiting)
        },
        close: () => close(line),
      }
    },
    get waitingBytes() {
      return total
    },
  }
}
