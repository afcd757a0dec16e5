import fastify from 'fastify'
import { expect, test } from 'vitest'
import { answerProblems } from './answer-problems.ts'
import { HttpProblem } from './http-problem.ts'
import { flattenStats, metricsRoute } from './metrics.ts'

test('requests are timed in seconds, by the class of their answer', async () => {
  const app = fastify()
  metricsRoute(
    app,
    () => ({}),
    async () => ({ changes: 3, documents: 2 }),
  )
  app.get('/quick', () => 'ok')
  app.get('/absent', (_request, reply) => reply.code(404).send())
  await app.inject('/quick')
  await app.inject('/absent')
  const lines = (await app.inject('/metrics')).body.split('\n')
  const value = (name: string, route: string, status: string) =>
    Number(
      lines
        .find((line) => line.startsWith(`questlog_http_request_seconds_${name}{method="GET",route="${route}",`))
        ?.match(new RegExp(`status="${status}"\\} (.*)$`))?.[1],
    )
  expect([value('count', '/quick', '2xx'), value('count', '/absent', '4xx')]).toEqual([1, 1])
  const seconds = value('sum', '/quick', '2xx')
  expect(seconds > 0 && seconds < 1).toBe(true)
})

test('refusals are counted by what they are, on the pattern of their route', async () => {
  const app = fastify()
  answerProblems(app)
  metricsRoute(
    app,
    () => ({}),
    async () => ({ changes: 3, documents: 2 }),
  )
  app.get('/quests/:id', () => Promise.reject(new HttpProblem('not-found')))
  app.get('/fine', () => 'ok')
  for (const url of ['/quests/1', '/quests/2', '/fine']) await app.inject(url)
  const lines = (await app.inject('/metrics')).body.split('\n')
  expect(lines.filter((line) => line.startsWith('questlog_http_problems_total{'))).toEqual([
    'questlog_http_problems_total{method="GET",route="/quests/:id",code="not-found"} 2',
  ])
})

test('what is set aside is counted by changes and by documents', async () => {
  const app = fastify()
  metricsRoute(
    app,
    () => ({}),
    async () => ({ changes: 3, documents: 2 }),
  )
  const lines = (await app.inject('/metrics')).body.split('\n')
  expect(lines.filter((line) => line.startsWith('questlog_set_aside{'))).toEqual([
    'questlog_set_aside{kind="changes"} 3',
    'questlog_set_aside{kind="documents"} 2',
  ])
})

test('counts within counts are named by both, so they cannot hide each other', () => {
  expect(flattenStats({ documents: 2, refusals: { role: 1 }, dropped: { role: 3 }, name: 'x', none: null })).toEqual({
    documents: 2,
    refusals_role: 1,
    dropped_role: 3,
  })
})
