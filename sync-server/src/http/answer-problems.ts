import { PROBLEM_MEDIA_TYPE, type ProblemCode } from '@questlog/shared/protocol/problem'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isDatabaseUnavailable } from '../db/unavailable.ts'
import { etagOf } from './etag.ts'
import { HttpProblem, type ProblemDetails, problemDocument } from './http-problem.ts'

/** Nobody knows how long an outage lasts; this is soon enough for people and seldom enough for the server. */
const AWAY_SECONDS = 5

/** Makes every failure of a request a problem document. What nobody expected is logged, and its cause never sent. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler(answerError)
}

/** Answers a failure; also given to Fastify for addresses it cannot read, which pass no error handler. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const code = codeOf(error)
  if (code === 'internal') request.log.error({ err: error }, 'a request failed')
  if (code === 'unavailable') request.log.warn({ err: error }, 'a request could not be served')
  return error instanceof HttpProblem
    ? sendProblem(request, reply, code, error.fields, error.details)
    : sendProblem(request, reply, code)
}

const answered = new WeakMap<FastifyRequest, ProblemCode>()

/** The problem a request was answered with, if it was. */
export function answeredProblem(request: FastifyRequest): ProblemCode | undefined {
  return answered.get(request)
}

/** Answers one request with the problem document of a code. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  code: ProblemCode,
  fields: HttpProblem['fields'] = [],
  details: ProblemDetails = {},
): FastifyReply {
  const problem = problemDocument(code, request.id, fields, details)
  if (problem.status === 503 && !reply.hasHeader('retry-after')) void reply.header('retry-after', AWAY_SECONDS)
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer')
  if (problem.current !== undefined) void reply.header('etag', etagOf(problem.current.version))
  answered.set(request, code)
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .type(PROBLEM_MEDIA_TYPE)
    .send(JSON.stringify(problem))
}

function codeOf(error: unknown): ProblemCode {
  if (error instanceof HttpProblem) return error.code
  if (isDatabaseUnavailable(error)) return 'unavailable'
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined
  switch (status) {
    case 404:
      return 'not-found'
    case 413:
      return 'too-large'
    case 415:
      return 'unsupported-media-type'
    case 429:
      return 'rate-limited'
    case 503:
      return 'unavailable'
    default:
      return typeof status === 'number' && status >= 400 && status < 500 ? 'invalid-request' : 'internal'
  }
}
