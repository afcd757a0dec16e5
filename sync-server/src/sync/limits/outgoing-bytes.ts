/** How many bytes may wait to be read by the other end of sockets. */
export interface OutgoingLimits {
  /** Of one socket, beyond the largest message among them. */
  readonly maxBufferedBytes: number
  /** Of all sockets of one person; beyond it their answers wait until some were read. */
  readonly userBufferedBytes: number
  /** Of all sockets; beyond it the slowest is dropped. */
  readonly totalBufferedBytes: number
  /** A reader that took nothing for so long while something waits is dropped. */
  readonly stalledReaderMs: number
}

/** A socket, as far as it is written to. */
export interface OutgoingSocket {
  readonly bufferedAmount: number
}

/** What waits to be read on one socket. */
export interface OutgoingLine {
  /** Counts a message that is about to be sent. Not to be sent, and the line dropped, where it answers false. */
  admit(length: number): boolean
  /** `true`, or resolves, when a large answer may be made: when what waits of its person and of all leaves room. */
  ready(): true | Promise<void>
  /** To be called every now and then, and after something was flushed. */
  look(): void
  /** From now on its bytes count for a person. */
  belongsTo(person: string): void
  close(): void
}

/** What waits to be read on all sockets of this process. */
export interface OutgoingBytes {
  open(socket: OutgoingSocket, drop: () => void): OutgoingLine
  readonly waitingBytes: number
}

interface Line {
  readonly socket: OutgoingSocket
  readonly drop: () => void
  person: string | null
  waiting: number
  sent: number
  /** The largest message since nothing waited: a large answer may wait whole. */
  largest: number
  read: number
  progressMs: number
  readonly wakers: (() => void)[]
}

/** Of messages as small as most, only what is left waiting is counted. */
const SMALL_BYTES = 4_096

/** Holds readers to the limits. A reader that is dropped catches up when it returns. */
export function createOutgoingBytes(deps: {
  readonly limits: OutgoingLimits
  readonly monotonicMs: () => number
}): OutgoingBytes {
  const { maxBufferedBytes, userBufferedBytes, totalBufferedBytes, stalledReaderMs } = deps.limits
  const lines = new Set<Line>()
  /** Those where an answer waits for room. */
  const asking = new Set<Line>()
  const perPerson = new Map<string, number>()
  let total = 0

  const count = (line: Line, waiting: number): void => {
    const change = waiting - line.waiting
    if (change === 0) return
    line.waiting = waiting
    total += change
    if (line.person !== null) countFor(line.person, change)
  }

  const countFor = (person: string, change: number): void => {
    const waiting = (perPerson.get(person) ?? 0) + change
    if (waiting > 0) perPerson.set(person, waiting)
    else perPerson.delete(person)
  }

  const measure = (line: Line): void => {
    count(line, line.socket.bufferedAmount)
    const read = line.sent - line.waiting
    if (line.waiting === 0) line.largest = 0
    if (line.waiting > 0 && read <= line.read) return
    line.read = read
    line.progressMs = deps.monotonicMs()
  }

  const isReady = (line: Line): boolean =>
    line.waiting <= maxBufferedBytes &&
    (perPerson.get(line.person ?? '') ?? 0) <= userBufferedBytes &&
    total <= totalBufferedBytes / 2

  // Answers wait for room; what others write cannot, and comes on top.
  const isPersonOver = (line: Line): boolean =>
    line.waiting > 0 && (perPerson.get(line.person ?? '') ?? 0) > 2 * userBufferedBytes + line.largest

  const wake = (line: Line): void => {
    if (line.wakers.length > 0 && isReady(line)) line.wakers.shift()?.()
    if (line.wakers.length === 0) asking.delete(line)
  }

  const wakeAll = (): void => {
    for (const line of asking) wake(line)
  }

  const close = (line: Line): void => {
    if (!lines.delete(line)) return
    count(line, 0)
    for (const go of line.wakers.splice(0)) go()
    asking.delete(line)
    wakeAll()
  }

  const drop = (line: Line): void => {
    close(line)
    line.drop()
  }

  const dropSlowest = (): void => {
    let slowest: Line | null = null
    for (const line of lines) {
      if (line.waiting === 0) continue
      const lead = slowest === null ? 1 : slowest.progressMs - line.progressMs
      if (lead > 0 || (lead === 0 && line.waiting > (slowest?.waiting ?? 0))) slowest = line
    }
    if (slowest !== null) drop(slowest)
  }

  return {
    open(socket, onDrop) {
      const progressMs = deps.monotonicMs()
      const line: Line = {
        socket,
        drop: onDrop,
        person: null,
        waiting: 0,
        sent: 0,
        largest: 0,
        read: 0,
        progressMs,
        wakers: [],
      }
      lines.add(line)
      return {
        admit(length) {
          if (!lines.has(line)) return false
          measure(line)
          if (line.waiting > maxBufferedBytes + line.largest || isPersonOver(line)) {
            drop(line)
            return false
          }
          line.sent += length
          if (line.waiting === 0 && length <= SMALL_BYTES) return true
          line.largest = Math.max(line.largest, length)
          count(line, line.waiting + length)
          while (total > totalBufferedBytes && lines.has(line)) dropSlowest()
          return lines.has(line)
        },
        ready() {
          measure(line)
          if (line.wakers.length === 0 && (isReady(line) || !lines.has(line))) return true
          asking.add(line)
          return new Promise((resolve) => line.wakers.push(resolve))
        },
        look() {
          if (!lines.has(line)) return
          const before = line.waiting
          measure(line)
          if (line.waiting > 0 && deps.monotonicMs() - line.progressMs > stalledReaderMs) drop(line)
          else if (line.waiting < before) wakeAll()
          else wake(line)
        },
        belongsTo(person) {
          if (line.person === person) return
          if (line.person !== null) countFor(line.person, -line.waiting)
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
