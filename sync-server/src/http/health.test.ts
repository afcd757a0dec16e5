import fastify from 'fastify'
import { expect, test } from 'vitest'
import { healthRoutes } from './health.ts'

test.each([
  [{ draining: false, sync: true, database: true }, 200],
  [{ draining: true, sync: true, database: true }, 503],
  [{ draining: false, sync: false, database: true }, 503],
  [{ draining: false, sync: true, database: false }, 503],
])('with %o readiness answers %i, and the process is live', async (state, status) => {
  const app = fastify()
  healthRoutes(app, {
    isDraining: () => state.draining,
    isSyncHealthy: () => state.sync,
    databaseAnswers: async () => state.database,
    countSetAside: async () => (state.database ? { changes: 0, documents: 0 } : null),
  })
  const ready = await app.inject('/health/ready')
  expect([ready.statusCode, ready.json()]).toMatchObject([status, state])
  const live = await app.inject('/health/live')
  expect(live.statusCode).toBe(200)
  expect([ready, live].map(({ headers }) => headers['cache-control'])).toEqual(['no-store', 'no-store'])
})

test('documents with parts set aside leave the server ready, and are reported', async () => {
  const app = fastify()
  healthRoutes(app, {
    isDraining: () => false,
    isSyncHealthy: () => true,
    databaseAnswers: async () => true,
    countSetAside: async () => ({ changes: 3, documents: 2 }),
  })
  const ready = await app.inject('/health/ready')
  expect([ready.statusCode, ready.json()]).toMatchObject([
    200,
    { status: 'degraded', documentsSetAside: 2, changesSetAside: 3 },
  ])
})
