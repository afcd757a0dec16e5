import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Transaction } from 'kysely'
import type { Tables } from '../../db/tables.ts'
import { type Answer, idempotently } from './idempotently.ts'
import type { IdempotencyDeps } from './recorded-answers.ts'

/**
 * Answers a write that is one transaction: what it did, what is kept about it and the answer for its
 * `Idempotency-Key` are committed together, or nothing is. A refusal is thrown and undoes all of it.
 */
export function inOneTransaction<Body>(
  deps: IdempotencyDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (transaction: Transaction<Tables>) => Promise<Answer<Body>>,
): Promise<Body | undefined> {
  return idempotently<Body>(deps, request, reply, (record) =>
    deps.db.transaction().execute(async (transaction) => {
      const answer = await work(transaction)
      await record(transaction, answer)
      return answer
    }),
  )
}
