import { goRound } from '../rounds.ts'

/** Shares the processor time of this process between people, so that one who asks for much keeps nobody else waiting. */
export interface WorkShares {
  /**
   * Asks for a turn before work of a price, in microseconds of processor time, is done for somebody on a document:
   * `true` at once within their share and the document's, or when the turn has come. Turns go round over people, not over
   * their connections.
   */
  take(person: string, document: string, price: number): true | Promise<void>
  /** Charges what a piece of work took beyond its price. */
  spend(person: string, document: string, price: number): void
  stop(): void
}

export interface WorkLimits {
  /** What part of the process' time one person may take for long, and all together on one document. */
  readonly personWorkShare: number
  readonly documentWorkShare: number
  /** Milliseconds of work that may be done at once after a pause. */
  readonly workBurstMs: number
}

interface Bucket {
  /** Microseconds taken and not yet earned back. */
  debt: number
  atMs: number
}

interface Waiter {
  readonly document: Bucket
  readonly price: number
  readonly go: () => void
}

interface Person extends Bucket {
  readonly waiting: Waiter[]
}

/** So much waiting work is done before whatever else came in is looked at. */
const TURN_US = 3_000
const IDLE_MS = 10_000
const LONGEST_WAIT_MS = 20

/** Leaky buckets of time, and one queue for each person who is over theirs. */
export function createWorkShares(deps: {
  readonly limits: WorkLimits
  readonly monotonicMs: () => number
}): WorkShares {
  const { personWorkShare, documentWorkShare, workBurstMs } = deps.limits
  const people = new Map<string, Person>()
  const documents = new Map<string, Bucket>()
  /** Those with waiting work, in the order of their turns. */
  const queue = new Set<Person>()
  let next: NodeJS.Immediate | NodeJS.Timeout | null = null

  const drain = (bucket: Bucket, share: number, nowMs: number): number => {
    bucket.debt = Math.max(0, bucket.debt - (nowMs - bucket.atMs) * share * 1_000)
    bucket.atMs = nowMs
    return bucket.debt
  }

  /** Milliseconds until a bucket is within its burst. */
  const overMs = (bucket: Bucket, share: number, nowMs: number): number =>
    (drain(bucket, share, nowMs) - workBurstMs * 1_000) / (share * 1_000)

  const personOf = (id: string, nowMs: number): Person => {
    let person = people.get(id)
    if (person === undefined) {
      person = { debt: 0, atMs: nowMs, waiting: [] }
      people.set(id, person)
    }
    return person
  }

  const documentOf = (name: string, nowMs: number): Bucket => {
    let bucket = documents.get(name)
    if (bucket === undefined) {
      bucket = { debt: 0, atMs: nowMs }
      documents.set(name, bucket)
    }
    return bucket
  }

  /** The first of somebody's waiting pieces of work whose document is within its share. */
  const nextOf = (person: Person, nowMs: number): number =>
    person.waiting.findIndex(({ document }) => overMs(document, documentWorkShare, nowMs) <= 0)

  const goOn = (): void => {
    next = null
    const nowMs = deps.monotonicMs()
    let done = 0
    let soonestMs = LONGEST_WAIT_MS
    for (const person of [...queue]) {
      if (done >= TURN_US) break
      const waitMs = overMs(person, personWorkShare, nowMs)
      const index = waitMs > 0 ? -1 : nextOf(person, nowMs)
      if (waitMs > 0) soonestMs = Math.min(soonestMs, waitMs)
      const [waiter] = index === -1 ? [] : person.waiting.splice(index, 1)
      if (waiter === undefined) continue
      queue.delete(person)
      if (person.waiting.length > 0) queue.add(person)
      person.debt += waiter.price
      waiter.document.debt += waiter.price
      done += waiter.price
      waiter.go()
    }
    if (queue.size === 0) return
    next = done > 0 ? setImmediate(goOn) : setTimeout(goOn, Math.max(1, soonestMs))
  }

  const isIdle = (bucket: Bucket, share: number): boolean => drain(bucket, share, deps.monotonicMs()) === 0

  const rounds = [
    goRound(people, { everyMs: IDLE_MS }, (due) => {
      for (const [id, person] of due) {
        if (person.waiting.length === 0 && isIdle(person, personWorkShare)) people.delete(id)
      }
    }),
    goRound(documents, { everyMs: IDLE_MS }, (due) => {
      for (const [name, bucket] of due) if (isIdle(bucket, documentWorkShare)) documents.delete(name)
    }),
  ]

  return {
    take(id, name, price) {
      const nowMs = deps.monotonicMs()
      const person = personOf(id, nowMs)
      const document = documentOf(name, nowMs)
      const isWithin =
        person.waiting.length === 0 &&
        overMs(person, personWorkShare, nowMs) <= 0 &&
        overMs(document, documentWorkShare, nowMs) <= 0
      if (isWithin) {
        person.debt += price
        document.debt += price
        return true
      }
      return new Promise((resolve) => {
        person.waiting.push({ document, price, go: resolve })
        queue.add(person)
        next ??= setImmediate(goOn)
      })
    },
    spend(id, name, price) {
      const nowMs = deps.monotonicMs()
      personOf(id, nowMs).debt += price
      documentOf(name, nowMs).debt += price
    },
    stop() {
      for (const end of rounds) end()
      if (next !== null) clearTimeout(next as NodeJS.Timeout)
      if (next !== null) clearImmediate(next as NodeJS.Immediate)
    },
  }
}
