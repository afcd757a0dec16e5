import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '../../access/access-rule.ts'
import { price } from '../../sync/limits/prices.ts'
import type { WorkShares } from '../../sync/limits/work-shares.ts'
import { HttpProblem } from '../http-problem.ts'

/** How many requests of one person, or of one address from which nobody signed in calls, are worked on at once. */
const USER_AT_ONCE = 4
const ADDRESS_AT_ONCE = 16
/** How many more may wait for that. */
const MAX_WAITING = 1_000

/** Lets requests begin in turns, so that one caller's flood leaves room for everybody else. */
export interface RequestTurns {
  /**
   * Waits until one more request of this caller may be worked on; it counts until it is answered or its connection is
   * gone. Refuses it as `rate-limited` if too many already wait.
   */
  enter(request: FastifyRequest, reply: FastifyReply, caller: Caller | null): Promise<void>
}

interface Line {
  working: number
  readonly waiting: (() => void)[]
}

/** Bounds how many requests each caller has under way, and asks for a turn of the process' time for each request. */
export function createRequestTurns(deps: {
  readonly work: Pick<WorkShares, 'take' | 'spend'>
  /** Whom a request counts for that has no caller. */
  readonly anonymousKey: (request: FastifyRequest) => string
}): RequestTurns {
  const lines = new Map<string, Line>()

  const leave = (key: string, line: Line): void => {
    const next = line.waiting.shift()
    if (next !== undefined) {
      next()
      return
    }
    line.working--
    if (line.working === 0) lines.delete(key)
  }

  return {
    async enter(request, reply, caller) {
      const key = caller === null ? `address ${deps.anonymousKey(request)}` : caller.userId
      const line = lines.get(key) ?? { working: 0, waiting: [] }
      lines.set(key, line)
      if (line.working < (caller === null ? ADDRESS_AT_ONCE : USER_AT_ONCE)) line.working++
      else if (line.waiting.length >= MAX_WAITING) throw new HttpProblem('rate-limited')
      else await new Promise<void>((resolve) => line.waiting.push(resolve))
      let isDone = false
      const work = `requests of ${key}`
      const done = () => {
        if (isDone) return
        isDone = true
        deps.work.spend(key, work, price.response(Number(reply.getHeader('content-length') ?? 0)))
        leave(key, line)
      }
      // It closes when it was answered, and when whoever asked went away.
      reply.raw.once('close', done)
      if (reply.raw.destroyed || reply.raw.closed) done()
      const turn = deps.work.take(key, work, price.request)
      if (turn !== true) await turn
    },
  }
}
