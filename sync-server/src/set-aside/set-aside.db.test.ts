import { setAsideListSchema } from '@questlog/shared/protocol/set-aside'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type Person, registerPerson } from '../records/testing/person.ts'
import { badUpdates, questUpdate, writeRows } from '../sync/testing/bad-rows.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'

let server: TestServer
let ana: Person
let party: string

beforeAll(async () => {
  server = await startTestServer()
  ana = await registerPerson(server)
  party = await ana.makeParty()
  await writeRows(server.database.pool, `w:${party}:1`, [
    questUpdate('before', 100),
    ...badUpdates['text behind a collected struct'],
    ...badUpdates['random bytes'],
    questUpdate('after', 101),
  ])
})
afterAll(() => server.stop())

const health = async () => {
  const answer = await server.get('/health/ready')
  return [answer.status, await answer.json()]
}

test('a log with rows that cannot be read is listed and exported without them; health, metrics and its owner are told', async () => {
  expect(await health()).toMatchObject([200, { status: 'ready', documentsSetAside: 0 }])
  expect([...(await ana.titles(`workspaceId=${party}`))].sort()).toEqual(['after', 'before'])
  const exported = await server.get('/api/v1/users/me/export', ana.token)
  expect([exported.status, (await exported.text()).includes('"after"')]).toEqual([200, true])

  expect(await health()).toMatchObject([200, { status: 'degraded', documentsSetAside: 1, changesSetAside: 2 }])
  const lines = (await (await server.get('/metrics')).text()).split('\n')
  expect(lines).toContain('questlog_set_aside{kind="changes"} 2')

  const list = await ana.ask(setAsideListSchema, 'GET', `/workspaces/${party}/set-aside`)
  expect(list).toEqual({
    items: [
      expect.objectContaining({ epoch: 1, seq: 4, kind: 'update', reason: 'malformed', author: 'mallory', bytes: 11 }),
      expect.objectContaining({ epoch: 1, seq: 3, kind: 'update', reason: 'throws', author: 'mallory' }),
    ],
    nextCursor: null,
    changes: 2,
    since: list.items[0]?.at,
  })
})

test('the list goes on page by page, and each page says how many there are', async () => {
  const first = await ana.ask(setAsideListSchema, 'GET', `/workspaces/${party}/set-aside?limit=1`)
  const cursor = z.string().parse(first.nextCursor)
  const second = await ana.ask(setAsideListSchema, 'GET', `/workspaces/${party}/set-aside?limit=1&cursor=${cursor}`)
  expect([first, second].map(({ items, changes }) => [items.map(({ seq }) => seq), changes])).toEqual([
    [[4], 2],
    [[3], 2],
  ])
  expect(second.nextCursor).toBeNull()
})

test('it is in nobody else’s list', async () => {
  const ben = await registerPerson(server)
  expect(await ben.refusal('GET', `/workspaces/${party}/set-aside`)).toMatchObject({ code: 'not-found' })
  const own = await ben.makeParty()
  expect(await ben.ask(setAsideListSchema, 'GET', `/workspaces/${own}/set-aside`)).toEqual({
    items: [],
    nextCursor: null,
    changes: 0,
    since: null,
  })
})
