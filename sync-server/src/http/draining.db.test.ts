import { once } from 'node:events'
import { sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { workspaceListSchema } from '@questlog/shared/protocol/workspaces'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { Device } from '../sync/testing/device.ts'
import { addEntry } from '../sync/testing/entries.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { eventually } from '../testing/server-process.ts'

let server: TestServer
let stopped: Promise<void> | undefined
let device: Device
let document: string
beforeEach(async () => {
  server = await startTestServer()
  stopped = undefined
  const body = { email: 'ana@example.org', password: 'correct horse', displayName: 'Ana' }
  const session = sessionResponseSchema.parse(await (await server.post('/api/v1/auth/register', body)).json())
  const list = workspaceListSchema.parse(await (await server.get('/api/v1/workspaces', session.accessToken)).json())
  document = list.items[0]?.document ?? ''
  device = await new Device(`${server.url.replace('http', 'ws')}/sync`, document).sync(session.accessToken)
})
afterEach(async () => {
  device.socket.terminate()
  await (stopped ?? server.stop())
})

async function readiness(): Promise<unknown> {
  const response = await server.get('/health/ready')
  return { code: response.status, ...((await response.json()) as object) }
}

test('a server that is stopped says so, takes no new socket, and first answers what it was sent', async () => {
  addEntry(device.doc, 'before')
  await device.until(() => device.statuses.length === 2)
  const holder = await server.database.pool.connect()
  await holder.query('begin')
  await holder.query('select from doc_heads where doc = $1 for update', [document])
  addEntry(device.doc, 'at the last moment')
  await eventually('its commit is under way', async () => {
    const waiting = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    return (await server.database.pool.query(waiting)).rowCount === 1
  })

  stopped = server.stop()
  await eventually('it is stopping', async () => (await server.get('/health/ready')).status === 503)
  expect(await readiness()).toMatchObject({ code: 503, status: 'not-ready', draining: true, database: true })
  expect((await server.get('/health/live')).status).toBe(200)
  const late = new WebSocket(`${server.url.replace('http', 'ws')}/sync`).on('error', () => undefined)
  const [, refusal] = await once(late, 'unexpected-response')
  expect(refusal.statusCode).toBe(503)

  await holder.query('commit')
  holder.release()
  await device.until(() => device.closeCode !== null)
  expect([device.statuses, device.closeCode]).toEqual([[true, true, true], 1001])
  await stopped
})

test('a server whose commits fail is not ready although its database answers', async () => {
  await server.database.pool.query('alter table doc_updates rename to doc_updates_away')
  addEntry(device.doc, 'lost to the server')
  await device.until(() => device.closes.length > 0)
  expect(await readiness()).toMatchObject({ code: 503, draining: false, sync: false, database: true })
  server.clock.elapsedMs += 6_000
  expect(await readiness()).toMatchObject({ code: 200, sync: true })
})
