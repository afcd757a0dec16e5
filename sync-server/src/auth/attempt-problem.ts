import type { FastifyReply } from 'fastify'
import { HttpProblem } from '../http/http-problem.ts'
import type { ProofError } from './re-authentication.ts'

/** The refusal of an attempt to prove who one is; says when to come back where that is known. */
export function attemptProblem(
  reply: FastifyReply,
  error: ProofError | 'invalid-credentials' | 'account-disabled',
): HttpProblem {
  if (typeof error === 'object') {
    void reply.header('retry-after', Math.ceil(error.retryAfterMs / 1000))
    return new HttpProblem('rate-limited')
  }
  return new HttpProblem(error === 'busy' ? 'unavailable' : error)
}
