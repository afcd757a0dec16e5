import { sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { problemSchema } from '@questlog/shared/protocol/problem'
import { workspaceListSchema } from '@questlog/shared/protocol/workspaces'
import { beforeEach, expect, test } from 'vitest'
import { importQuests, isWriterAtWork, slowDownWriters } from '../read-model/testing/import-quests.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { eventually } from '../testing/server-process.ts'

let server: TestServer
let token: string
let workspaceId: string
beforeEach(async () => {
  server = await startTestServer()
  const body = { email: 'ana@example.org', password: 'correct horse', displayName: 'Ana' }
  const session = sessionResponseSchema.parse(await (await server.post('/api/v1/auth/register', body)).json())
  token = session.accessToken
  const list = workspaceListSchema.parse(await (await server.get('/api/v1/workspaces', token)).json())
  workspaceId = list.items[0]?.id ?? ''
})

test('a read that waits for rows longer than a stop waits is answered that it may be sent again', async () => {
  await importQuests(server.database.pool, workspaceId, { count: 15_000, perUpdate: 15_000 })
  await slowDownWriters(server.database.pool, 0.3)
  const asked = server.get('/api/v1/quests', token)
  await eventually('rows are written', () => isWriterAtWork(server.database.pool))
  const askedMs = performance.now()
  const stopped = server.stop()
  const answer = await asked
  const { code } = problemSchema.parse(await answer.json())
  expect([answer.status, code, answer.headers.has('retry-after')]).toEqual([503, 'unavailable', true])
  await stopped
  // Its connection would be kept for more requests.
  expect(performance.now() - askedMs).toBeLessThan(20_000)
})

test('an export that is taken more slowly than a stop waits is broken off', async () => {
  await server.database.pool.query(
    `insert into activity (workspace_id, seq, n, at, user_id, change, kind, record_id, after)
      select $1, n, 0, now(), 'ana', 'created', 'tags', 'tag', to_jsonb(repeat('x', 10000)) from generate_series(1, 3000) n`,
    [workspaceId],
  )
  const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'identity' }
  const answer = await fetch(`${server.url}/api/v1/users/me/export`, { headers })
  await server.stop()
  await expect(answer.text()).rejects.toThrow('terminated')
})
