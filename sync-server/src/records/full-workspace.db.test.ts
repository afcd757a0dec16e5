import { problemSchema } from '@questlog/shared/protocol/problem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessRules } from '../access/access-rules.ts'
import { openStage, send } from '../access/testing/open-stage.ts'
import { questSamples } from '../access/testing/quest-samples.ts'
import { recordSamples } from '../access/testing/record-samples.ts'
import type { SampleStage } from '../access/testing/sample-requests.ts'
import { createLogger } from '../logging.ts'
import { type RunningServer, startServer } from '../server.ts'
import { startTestServer, type TestServer, testConfig } from '../testing/server.ts'

let server: TestServer
/** Another process on the same database, with so small a bound that every workspace is full. */
let strict: RunningServer
let stage: SampleStage
let token: string | undefined
beforeAll(async () => {
  server = await startTestServer()
  const environment = { DATABASE_URL: server.database.url, MAX_DOCUMENT_BYTES: '1024' }
  strict = await startServer(testConfig(environment), { logger: createLogger('silent'), now: () => server.clock.now })
  const opened = await openStage(server, 'admin@example.org')
  stage = opened.stage
  token = await opened.actors.find(({ name }) => name === 'owner')?.token()
  await stage.asOwner('POST', '/api/v1/quests', {
    workspaceId: stage.workspaceId,
    title: 'Full',
    notes: 'x'.repeat(4_000),
  })
})
afterAll(async () => {
  await strict.stop()
  await server.stop()
})

const writes = Object.entries({ ...questSamples, ...recordSamples }).filter(([key]) => !key.startsWith('GET '))

test('every route that writes to a workspace says that it may be full', async () => {
  const { paths } = (await (await server.get('/api/v1/openapi.json')).json()) as {
    paths: Record<string, Record<string, { responses: Record<string, unknown> }>>
  }
  const documented = Object.keys(accessRules).filter((key) => {
    const [method = '', path = ''] = key.split(' ')
    const operation = paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
    return JSON.stringify(operation?.responses[409] ?? '').includes('workspace-full')
  })
  expect(documented.sort()).toEqual(writes.map(([key]) => key).sort())
})

/** What these free is as much as they add, or they change nothing. */
const shrinking = new Set([
  'POST /api/v1/quests/:questId/purge',
  'POST /api/v1/quests/:questId/move',
  'DELETE /api/v1/sections/:id',
  'DELETE /api/v1/relations/:id',
  'DELETE /api/v1/templates/:id',
])

test.each(writes)('a full workspace refuses %s, unless it makes room', async (key, sample) => {
  const [method = ''] = key.split(' ')
  const request = await sample(stage, token)
  const response = await send({ ...server, url: `http://127.0.0.1:${strict.port}` }, { method, ...request, token })
  const outcome = response.ok ? 'answered' : problemSchema.parse(await response.json()).code
  expect(outcome).toBe(shrinking.has(key) ? 'answered' : 'workspace-full')
})
