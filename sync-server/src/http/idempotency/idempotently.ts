import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Database } from '../../db/tables.ts'
import { HttpProblem } from '../http-problem.ts'
import {
  findRecordedAnswer,
  type IdempotencyDeps,
  type IdempotentRequest,
  KeyTaken,
  recordAnswer,
} from './recorded-answers.ts'
import { fingerprintOf, readIdempotencyKey } from './request-key.ts'

/** What a write answers. */
export interface Answer<Body> {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: Body
}

/** Keeps the answer with the write: called inside the write's own transaction, so that both exist or neither. */
export type RecordAnswer<Body> = (transaction: Database, answer: Answer<Body>) => Promise<void>

/**
 * Answers a write so that repeating it with the same `Idempotency-Key` answers the same and writes nothing, also after
 * a crash between the commit and the answer. Of two at the same time the later waits for the earlier's transaction.
 * Refusals are not kept: a repeated request is decided again. Without the header it is only the write.
 */
export async function idempotently<Body>(
  deps: IdempotencyDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (record: RecordAnswer<Body>) => Promise<Answer<Body>>,
): Promise<Body | undefined> {
  const key = readIdempotencyKey(request)
  if (key === undefined) {
    const answer = await work(async () => undefined)
    void reply.code(answer.status).headers(answer.headers ?? {})
    return answer.body
  }
  const identity = { userId: request.caller.userId, key, fingerprint: fingerprintOf(request) }
  if (await replay(deps, identity, reply)) return undefined
  const recorded = recorder<Body>(deps, identity, reply)
  try {
    const answer = await work(recorded.record)
    // What needed no transaction of its own, such as a change to what is so already.
    if (recorded.text() === undefined) await recorded.record(deps.db, answer)
    await send(reply, { status: answer.status, headers: answer.headers ?? {}, body: recorded.text() ?? null })
  } catch (error) {
    if (!(error instanceof HttpProblem) && !isKeyTaken(error)) throw error
    // The same write came in between: what it did is what refuses this one.
    if (await replay(deps, identity, reply)) return undefined
    throw isKeyTaken(error) ? new HttpProblem('unavailable') : error
  }
  return undefined
}

function recorder<Body>(deps: IdempotencyDeps, identity: IdempotentRequest, reply: FastifyReply) {
  let text: string | null | undefined
  const record: RecordAnswer<Body> = async (transaction, { status, headers = {}, body }) => {
    // The serializer is chosen by the status.
    const serialized = body === undefined ? null : String(reply.code(status).serialize(body))
    await recordAnswer({ ...deps, db: transaction }, identity, { status, headers, body: serialized })
    text = serialized
  }
  return { record, text: () => text }
}

async function replay(deps: IdempotencyDeps, identity: IdempotentRequest, reply: FastifyReply): Promise<boolean> {
  const known = await findRecordedAnswer(deps, identity)
  if (known === undefined) return false
  if (!known.fingerprint.equals(identity.fingerprint)) throw new HttpProblem('idempotency-key-reused')
  void reply.header('idempotency-replayed', 'true')
  await send(reply, known)
  return true
}

async function send(
  reply: FastifyReply,
  answer: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string | null },
): Promise<void> {
  void reply.code(answer.status).headers(answer.headers)
  if (answer.body === null) void reply.send()
  else void reply.type('application/json; charset=utf-8').send(answer.body)
  await reply
}

function isKeyTaken(error: unknown): boolean {
  return error instanceof KeyTaken || (error instanceof Error && error.cause instanceof KeyTaken)
}
