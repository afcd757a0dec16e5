import { problemSchema } from '@questlog/shared/protocol/problem'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { openStage, send } from '../access/testing/open-stage.ts'
import { restoreSample } from '../access/testing/party-samples.ts'
import { questSamples } from '../access/testing/quest-samples.ts'
import { recordSamples } from '../access/testing/record-samples.ts'
import type { Sample, SampleStage } from '../access/testing/sample.ts'
import { type RunningServer, startServer } from '../compose/start-server.ts'
import { createLogger } from '../process/logging.ts'
import { noteAnsweredProblems } from '../testing/answered-problems.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { testConfig } from '../testing/server-settings.ts'

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
  await noteAnsweredProblems(inject('answeredProblems'), strictUrl())
  await strict.stop()
  await server.stop()
})

const strictUrl = () => `http://127.0.0.1:${strict.port}`

const writes: Readonly<Record<string, Sample>> = {
  ...Object.fromEntries(
    Object.entries({ ...questSamples, ...recordSamples }).filter(([key]) => !key.startsWith('GET ')),
  ),
  'POST /api/v1/workspaces/:workspaceId/restore': restoreSample,
  async 'DELETE /api/v1/sections/:id'() {
    const project = await make('projects', { name: 'Home' })
    const section = await make('sections', { projectId: project, name: 'Later' })
    const title = 'Slay the dragon'
    for (let each = 0; each < 5; each += 1) await make('quests', { title, projectId: project, sectionId: section })
    return { path: `/api/v1/sections/${section}` }
  },
  async 'POST /api/v1/quests/:questId/move'() {
    const { id: elsewhere } = await stage.asOwner('POST', '/api/v1/workspaces', { name: 'Elsewhere', kind: 'party' })
    const quest = await make('quests', { workspaceId: elsewhere, title: 'Slay the dragon' })
    return { path: `/api/v1/quests/${quest}/move`, body: { workspaceId: stage.workspaceId } }
  },
}

async function make(path: string, body: object): Promise<string> {
  const made = await stage.asOwner('POST', `/api/v1/${path}`, { workspaceId: stage.workspaceId, ...body })
  return String(made.id)
}

/** What these remove is always as much as they add. */
const shrinking = new Set([
  'POST /api/v1/quests/:questId/purge',
  'DELETE /api/v1/relations/:id',
  'DELETE /api/v1/templates/:id',
])

test.each(Object.entries(writes))('a full workspace refuses %s, unless it makes room', async (key, sample) => {
  const [method = ''] = key.split(' ')
  const request = await sample(stage, token)
  const response = await send({ url: strictUrl() }, { method, ...request, token })
  const outcome = response.ok ? 'answered' : problemSchema.parse(await response.json()).code
  expect(outcome).toBe(shrinking.has(key) ? 'answered' : 'workspace-full')
})
