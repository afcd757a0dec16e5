import { goRound } from '../../clock/rounds.ts'

/** Shares the processor time of this process between people, so that one who asks for much keeps nobody else waiting. */
export interface WorkShares {
  /**
   * Asks for a turn before work of a price, in microseconds of processor time, is done for somebody on a document:
   * `true` at once within their share and the document's, and while nobody else is at work, or when the turn has come.
   * Turns go round over people, not over their connections.
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
  readonly id: string
  readonly waiting: Waiter[]
}

/** Somebody who asked for a turn. */
interface Asked {
  readonly id: string
  atMs: number
}

/** So much waiting work is done before whatever else came in is looked at. */
const TURN_US = 3_000
const IDLE_MS = 10_000
const LONGEST_WAIT_MS = 20
/** Who asked for nothing for so long wants no share. */
const AT_WORK_MS = 1_000

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
  /** The last two who asked for a turn. */
  let last: Asked | null = null
  let lastButOne: Asked | null = null

  const noteAsked = (id: string, atMs: number): void => {
    if (last?.id === id) last.atMs = atMs
    else {
      lastButOne = last
      last = { id, atMs }
    }
  }

  const isAlone = (id: string, nowMs: number): boolean => {
    const other = last?.id === id ? lastButOne : last
    return other === null || other.id === id || nowMs - other.atMs > AT_WORK_MS
  }

  const drain = (bucket: Bucket, share: number, nowMs: number): number => {
    bucket.debt = Math.max(0, bucket.debt - (nowMs - bucket.atMs) * share * 1_000)
    bucket.atMs = nowMs
    return bucket.debt
  }

  /** Milliseconds until a bucket is within its burst. */
  const overMs = (bucket: Bucket, share: number, nowMs: number): number =>
    (drain(bucket, share, nowMs) - workBurstMs * 1_000) / (share * 1_000)

  /** What somebody does while they are alone must not keep them waiting once they are not. */
  const charge = (bucket: Bucket, price: number, isAlone: boolean): void => {
    const after = bucket.debt + price
    bucket.debt = isAlone ? Math.max(bucket.debt, Math.min(after, workBurstMs * 1_000)) : after
  }

  const personOf = (id: string, nowMs: number): Person => {
    let person = people.get(id)
    if (person === undefined) {
      person = { id, debt: 0, atMs: nowMs, waiting: [] }
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

  const begin = (person: Person, { document, price }: Omit<Waiter, 'go'>, isAlone: boolean): void => {
    charge(person, price, isAlone)
    charge(document, price, isAlone)
  }

  const goOn = (): void => {
    next = null
    const nowMs = deps.monotonicMs()
    let done = 0
    let soonestMs = LONGEST_WAIT_MS
    for (const person of [...queue]) {
      if (done >= TURN_US) break
      const alone = isAlone(person.id, nowMs)
      const waitMs = alone ? 0 : overMs(person, personWorkShare, nowMs)
      const index = alone ? 0 : waitMs > 0 ? -1 : nextOf(person, nowMs)
      if (waitMs > 0) soonestMs = Math.min(soonestMs, waitMs)
      const [waiter] = index === -1 ? [] : person.waiting.splice(index, 1)
      if (waiter === undefined) continue
      queue.delete(person)
      if (person.waiting.length > 0) queue.add(person)
      begin(person, waiter, alone)
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
      noteAsked(id, nowMs)
      const alone = isAlone(id, nowMs)
      const isWithin =
        alone || (overMs(person, personWorkShare, nowMs) <= 0 && overMs(document, documentWorkShare, nowMs) <= 0)
      if (isWithin && person.waiting.length === 0) {
        begin(person, { document, price }, alone)
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
      begin(personOf(id, nowMs), { document: documentOf(name, nowMs), price }, isAlone(id, nowMs))
    },
    stop() {
      for (const end of rounds) end()
      if (next !== null) clearTimeout(next as NodeJS.Timeout)
      if (next !== null) clearImmediate(next as NodeJS.Immediate)
    },
  }
}
