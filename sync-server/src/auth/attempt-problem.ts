import type { FastifyReply } from 'fastify'
import { HttpProblem } from '../http/http-problem.ts'
import type { ProofError } from './re-authentication.ts'
import type { SignInRefusal } from './sign-in.ts'

/** The refusal of an attempt to prove who one is; says when to come back where that is known. */
export function attemptProblem(
  reply: FastifyReply,
  error: ProofError | SignInRefusal | 'invalid-credentials' | 'wrong-code' | 'passkey-refused',
): HttpProblem {
  if (typeof error === 'string') return new HttpProblem(error === 'busy' ? 'unavailable' : error)
  if (error.kind === 'second-factor-required') return new HttpProblem(error.kind, [], { challenge: error.challenge })
  void reply.header('retry-after', Math.ceil(error.retryAfterMs / 1000))
  return new HttpProblem('rate-limited')
}
