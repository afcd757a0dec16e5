import { activitySchema } from '@questlog/shared/protocol/activity'
import { completionSchema } from '@questlog/shared/protocol/records'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { addMember, type Person, registerPerson } from '../records/testing/person.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'

let server: TestServer
let ana: Person
let ben: Person
let party: string
beforeAll(async () => {
  server = await startTestServer()
  ana = await registerPerson(server)
  ben = await registerPerson(server)
  party = await ana.makeParty()
  await addMember(server, party, ben, 'member')
})
afterAll(() => server.stop())

const pageSchema = z.object({ items: z.array(activitySchema), nextCursor: z.string().nullable() })

async function pages(query: string, limit: number) {
  const items: z.infer<typeof activitySchema>[] = []
  for (let cursor = ''; ; ) {
    const page = await ana.ask(pageSchema, 'GET', `/activity?${query}&limit=${limit}${cursor}`)
    items.push(...page.items)
    if (page.nextCursor === null) return items
    cursor = `&cursor=${page.nextCursor}`
  }
}

test('activity tells who changed which field of a quest, from what to what, the newest first', async () => {
  const { id } = await ana.makeQuest({ workspaceId: party, title: 'Plan', priority: 4 })
  await ben.call('PATCH', `/quests/${id}`, { title: 'Act', priority: 1, notes: 'Now' })
  await ana.call('POST', `/quests/${id}/complete`)
  const told = await pages(`quest=${id}`, 50)
  expect(told).toMatchObject([
    { userId: ana.id, kind: 'completions', change: 'created', questId: id },
    { userId: ben.id, kind: 'quests', field: 'notes', before: null, after: null },
    { userId: ben.id, kind: 'quests', field: 'title', before: 'Plan', after: 'Act' },
    { userId: ben.id, kind: 'quests', field: 'priority', before: 4, after: 1 },
    { userId: ana.id, kind: 'quests', change: 'created', field: null, after: { title: 'Plan', priority: 4 } },
  ])
  expect(await pages(`quest=${id}`, 1)).toEqual(told)
  expect(await pages(`quest=${id}&workspaceId=${party}`, 2)).toEqual(told)
  const all = await pages(`workspaceId=${party}`, 200)
  expect(await pages(`workspaceId=${party}`, 2)).toEqual(all)
  expect(all).toEqual(expect.arrayContaining(told))
})

test('activity is asked for of a quest or of a workspace', async () => {
  expect(await ana.refusal('GET', '/activity')).toMatchObject({
    code: 'invalid-request',
    errors: [{ path: 'query.quest' }],
  })
})

test('completions come the newest first, by quest and by time, those undone marked', async () => {
  const { id } = await ana.makeQuest({ title: 'Train', recurrence: { rrule: 'FREQ=DAILY' }, due: { d: '2027-01-01' } })
  await ana.call('POST', `/quests/${id}/complete`)
  server.clock.now += 60_000
  const between = new Date(server.clock.now - 1).toISOString()
  await ana.call('PATCH', `/quests/${id}`, { due: { d: '2027-01-02' } })
  await ana.call('POST', `/quests/${id}/complete`)
  await ana.call('POST', `/quests/${id}/reopen`)
  const completions = async (query: string) => {
    const { items } = await ana.ask(z.object({ items: z.array(completionSchema) }), 'GET', `/completions?${query}`)
    return items.map(({ occurrence, voidedAt }) => [occurrence, voidedAt !== null])
  }
  expect(await completions(`quest=${id}`)).toEqual([
    ['2027-01-02', true],
    ['2027-01-01', false],
  ])
  expect(await completions(`quest=${id}&from=${between}`)).toEqual([['2027-01-02', true]])
  expect(await completions(`quest=${id}&before=${between}`)).toEqual([['2027-01-01', false]])
})
