import { problemSchema } from '@questlog/shared/protocol/problem'
import fastify, { type FastifyBaseLogger } from 'fastify'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { answerProblems } from './answer-problems.ts'
import { HttpProblem } from './http-problem.ts'

/** Answers one request whose handling fails, and what was logged of it. */
async function fail(error: Error) {
  const logged: { level: number; err?: { message: string } }[] = []
  const loggerInstance: FastifyBaseLogger = pino({}, { write: (line: string) => void logged.push(JSON.parse(line)) })
  const app = fastify({ loggerInstance, genReqId: () => 'request-1' })
  answerProblems(app)
  app.get('/', () => Promise.reject(error))
  const { headers, body } = await app.inject('/')
  const failures = logged.filter(({ err }) => err !== undefined).map(({ level, err }) => [level, err?.message])
  return { headers, body, problem: problemSchema.parse(JSON.parse(body)), failures }
}

test('what nobody expected is logged whole, and the answer says nothing of it', async () => {
  const { problem, body, headers, failures } = await fail(new Error('relation "users" of ana@example.org'))
  expect(problem).toEqual({
    type: 'about:blank',
    title: 'Something went wrong on the server.',
    status: 500,
    code: 'internal',
    instance: 'request-1',
  })
  expect(body).not.toContain('ana@example.org')
  expect(headers['cache-control']).toBe('no-store')
  expect(failures).toEqual([[pino.levels.values.error, 'relation "users" of ana@example.org']])
})

test('a database that is away is no failure of the program', async () => {
  const { problem, failures, headers } = await fail(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }))
  expect([problem.status, problem.code, headers['retry-after']]).toEqual([503, 'unavailable', '5'])
  expect(failures).toEqual([[pino.levels.values.warn, 'refused']])
})

test.each([
  [404, 'not-found'],
  [413, 'too-large'],
  [415, 'unsupported-media-type'],
  [429, 'rate-limited'],
  [503, 'unavailable'],
  [400, 'invalid-request'],
  [500, 'internal'],
])('a failure the framework marks %i is the problem %s', async (statusCode, code) => {
  expect((await fail(Object.assign(new Error('x'), { statusCode }))).problem.code).toBe(code)
})

test('a refusal is answered with its fields, is not logged, and says how to sign in', async () => {
  const fields = [{ path: 'email', message: 'is not an e-mail address' }]
  const invalid = await fail(new HttpProblem('invalid-request', fields))
  expect([invalid.problem.errors, invalid.failures]).toEqual([fields, []])
  expect(invalid.headers['www-authenticate']).toBeUndefined()
  for (const code of ['signed-out', 'invalid-credentials'] as const) {
    expect((await fail(new HttpProblem(code))).headers['www-authenticate']).toBe('Bearer')
  }
})
