import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Caller } from '../../access/access-rule.ts'
import { HttpProblem } from '../http-problem.ts'
import type { Budgets, RatePolicy } from './budgets.ts'

export interface RequestLimits {
  /** For each person, whatever their devices and keys. */
  readonly user: RatePolicy
  /** For each address from which nobody signed in calls. */
  readonly anonymous: RatePolicy
}

export interface RequestLimiting {
  readonly budgets: Budgets
  readonly limits: RequestLimits
  /** Whom a request without a sign-in counts against. */
  readonly anonymousKey: (request: FastifyRequest) => string
}

/**
 * Counts a request against its person or its address, says what is left in the fields of the IETF draft
 * (draft-ietf-httpapi-ratelimit-headers-10), and refuses it when nothing is.
 */
export async function limitRequests(
  deps: RequestLimiting,
  request: FastifyRequest,
  reply: FastifyReply,
  caller: Caller | null,
): Promise<void> {
  const policy = caller === null ? deps.limits.anonymous : deps.limits.user
  const key = caller === null ? `address:${deps.anonymousKey(request)}` : `user:${caller.userId}`
  const taken = await deps.budgets.take(key, policy)
  void reply
    .header('ratelimit-policy', `"${policy.name}";q=${policy.perHour};w=3600`)
    .header('ratelimit', `"${policy.name}";r=${taken.remaining};t=${seconds(taken.fullAfterMs)}`)
  if (taken.allowed) return
  void reply.header('retry-after', seconds(taken.retryAfterMs))
  throw new HttpProblem('rate-limited')
}

function seconds(ms: number): number {
  return Math.ceil(ms / 1000)
}
