import { usedTemplateSchema } from '@questlog/shared/protocol/record-writes'
import { templateSchema } from '@questlog/shared/protocol/records'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { anyRecordSchema, type Person, registerPerson } from '../records/testing/person.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'

let server: TestServer
let ana: Person
beforeAll(async () => {
  server = await startTestServer()
  ana = await registerPerson(server)
})
afterAll(() => server.stop())

test('[R25][R26] a template keeps a quest with its steps, notes, sub-quests and relations, and makes new ones', async () => {
  const root = await ana.makeQuest({ title: 'Trip', notes: 'Pack light', steps: [{ text: 'Bag', done: true }] })
  const [tickets, hotel] = [
    await ana.makeQuest({ title: 'Tickets', parentId: root.id, due: { d: '2027-01-10' } }),
    await ana.makeQuest({ title: 'Hotel', parentId: root.id, notes: 'Quiet' }),
  ]
  await ana.call('POST', '/relations', { kind: 'blocks', from: tickets.id, to: hotel.id })
  const template = await ana.ask(templateSchema, 'POST', '/templates', { name: 'Trips', questId: root.id })
  expect(template).toMatchObject({
    name: 'Trips',
    quests: [
      { title: 'Trip', notes: 'Pack light', parent: null },
      { title: 'Tickets', parent: 0 },
      { title: 'Hotel', notes: 'Quiet', parent: 0 },
    ],
    relations: [{ kind: 'blocks', from: 1, to: 2 }],
  })
  const projectId = (await ana.ask(anyRecordSchema, 'POST', '/projects', { name: 'Rome' })).id
  const use = { title: 'Rome', projectId, day: '2028-06-01' }
  const { items } = await ana.ask(usedTemplateSchema, 'POST', `/templates/${template.id}/instantiate`, use)
  // As many days after the day of use as it was after today.
  const today = Date.parse(new Date(server.clock.now).toISOString().slice(0, 10))
  const ahead = Date.parse('2027-01-10') - today
  const due = new Date(Date.parse('2028-06-01') + ahead).toISOString().slice(0, 10)
  expect(items).toMatchObject([
    { title: 'Rome', notes: 'Pack light', projectId, templateId: template.id, steps: [{ text: 'Bag', done: false }] },
    { title: 'Tickets', parentId: items[0]?.id, due: { d: due } },
    { title: 'Hotel', notes: 'Quiet', parentId: items[0]?.id, blocked: true },
  ])
  expect(new Set([...items, root, tickets, hotel].map(({ id }) => id)).size).toBe(6)
})

test('templates are listed by name, renamed and removed; the quests made from them stay', async () => {
  const { id: questId } = await ana.makeQuest({ title: 'Seed' })
  const make = (name: string) => ana.ask(templateSchema, 'POST', '/templates', { name, questId })
  const [second, first] = [await make('Beta'), await make('alpha')]
  const listSchema = z.object({ items: z.array(templateSchema) })
  const names = async () => (await ana.ask(listSchema, 'GET', '/templates')).items.map(({ name }) => name)
  expect((await names()).filter((name) => name !== 'Trips')).toEqual(['alpha', 'Beta'])
  expect((await ana.ask(templateSchema, 'PATCH', `/templates/${first.id}`, { name: 'Gamma' })).name).toBe('Gamma')
  const made = await ana.ask(usedTemplateSchema, 'POST', `/templates/${second.id}/instantiate`)
  expect((await ana.call('DELETE', `/templates/${second.id}`)).status).toBe(204)
  expect(await ana.refusal('GET', `/templates/${second.id}`)).toEqual({ code: 'not-found' })
  expect((await ana.quest(made.items[0]?.id ?? '')).title).toBe('Seed')
})

test('what a template cannot be made of or into is refused by its name', async () => {
  const { id: questId } = await ana.makeQuest({ title: 'Seed' })
  const { id } = await ana.ask(templateSchema, 'POST', '/templates', { name: 'Seeds', questId })
  const refusal = (body: object) => ana.refusal('POST', `/templates/${id}/instantiate`, body)
  expect(await refusal({ day: '2027-02-30' })).toMatchObject({ errors: [{ path: 'day' }] })
  expect(await refusal({ projectId: 'gone' })).toMatchObject({ errors: [{ path: 'projectId' }] })
  expect(await refusal({ title: '' })).toMatchObject({ errors: [{ path: 'title' }] })
  expect(await ana.refusal('POST', '/templates', { name: 'x', questId: 'gone' })).toEqual({ code: 'not-found' })
  expect(await ana.refusal('POST', '/templates', { id, name: 'x', questId })).toEqual({ code: 'already-exists' })
})
