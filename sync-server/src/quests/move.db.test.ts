import { questSchema } from '@questlog/shared/protocol/quests'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { addMember, anyRecordSchema, type Person, registerPerson } from '../records/testing/person.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'

let server: TestServer
let ana: Person
let party: string
beforeAll(async () => {
  server = await startTestServer()
})
beforeEach(async () => {
  ana = await registerPerson(server)
  party = await ana.makeParty()
})
afterAll(() => server.stop())

const listSchema = z.object({ items: z.array(z.looseObject({})) })
const list = async (path: string) => (await ana.ask(listSchema, 'GET', path)).items
const make = async (path: string, body: object) => (await ana.ask(anyRecordSchema, 'POST', path, body)).id
const move = (id: string, body: object) => ana.ask(questSchema, 'POST', `/quests/${id}/move`, body)

test('[R28] a quest moves with all below it: ids, notes, completions and the relations among them', async () => {
  const top = await ana.makeQuest({ title: 'Top', notes: 'All of *it*', steps: [{ text: 'One', done: true }] })
  const below = await ana.makeQuest({ title: 'Below', notes: 'Deep', parentId: top.id })
  const lower = await ana.makeQuest({ title: 'Lower', parentId: below.id })
  const beside = await ana.makeQuest({ title: 'Beside' })
  await ana.call('POST', '/relations', { kind: 'blocks', from: below.id, to: lower.id })
  await ana.call('POST', '/relations', { kind: 'relates', from: top.id, to: beside.id })
  await ana.call('POST', `/quests/${below.id}/complete`)
  const done = await ana.quest(below.id)

  const moved = await move(top.id, { workspaceId: party })
  const movedFrom = [{ workspaceId: ana.home, at: new Date(server.clock.now).toISOString() }]
  const version = expect.any(String)
  expect(moved).toEqual({ ...top, workspaceId: party, version, movedFrom })
  expect(await ana.quest(below.id)).toEqual({
    ...done,
    workspaceId: party,
    version,
    movedFrom,
    rank: expect.any(String),
  })
  expect(await ana.titles(`workspaceId=${ana.home}`)).toEqual(['Beside'])
  expect(await ana.titles(`workspaceId=${ana.home}&trashed=true`)).toEqual([])
  expect(await list('/relations')).toMatchObject([{ workspaceId: party, kind: 'blocks', from: below.id, to: lower.id }])
  expect(await list(`/completions?quest=${below.id}`)).toMatchObject([{ workspaceId: party, voidedAt: null }])
  // Nothing of it is left behind for whoever comes under its id.
  expect(await ana.makeQuest({ id: top.id, title: 'Another' })).toMatchObject({ notes: '', steps: [], movedFrom: [] })
})

test('[R28] its tags and its category are found there by name, or copied; its project is left', async () => {
  const [same, fresh] = [await make('/tags', { name: 'Deep' }), await make('/tags', { name: 'new', color: '#112233' })]
  const there = await make('/tags', { workspaceId: party, name: 'deep' })
  const category = await make('/categories', { name: 'Craft' })
  const projectId = await make('/projects', { name: 'Home' })
  const target = await make('/projects', { workspaceId: party, name: 'Club' })
  const { id } = await ana.makeQuest({ title: 'Tagged', tags: [same, fresh], categoryId: category, projectId })
  const moved = await move(id, { workspaceId: party, projectId: target })
  expect(moved).toMatchObject({ tags: [there, fresh].sort(), categoryId: category, projectId: target })
  expect(await list(`/tags?workspaceId=${party}`)).toMatchObject([{ id: there }, { id: fresh, color: '#112233' }])
  expect(await list(`/categories?workspaceId=${party}`)).toMatchObject([{ id: category, name: 'Craft' }])
})

test('[R28] all below it comes to the project there that it comes to', async () => {
  const projectId = await make('/projects', { workspaceId: party, name: 'Club' })
  const top = await ana.makeQuest({ title: 'Top' })
  const below = await ana.makeQuest({ title: 'Below', parentId: top.id })
  await move(top.id, { workspaceId: party, projectId })
  expect((await ana.quest(below.id)).projectId).toBe(projectId)
})

test('[R28] its history is in both workspaces, for those who are members of both', async () => {
  const { id } = await ana.makeQuest({ title: 'First' })
  await ana.call('PATCH', `/quests/${id}`, { title: 'Second' })
  await move(id, { workspaceId: party })
  await ana.call('PATCH', `/quests/${id}`, { title: 'Third' })
  const told = (items: readonly object[]) =>
    items.filter((item) => 'kind' in item && item.kind === 'quests').map((item) => ({ ...item }))
  expect(told(await list(`/activity?quest=${id}`))).toMatchObject([
    { workspaceId: party, change: 'changed', field: 'title', before: 'Second', after: 'Third', userId: ana.id },
    ...[
      { workspaceId: party, change: 'created' },
      { workspaceId: ana.home, change: 'removed' },
    ].sort((a, b) => (a.workspaceId < b.workspaceId ? 1 : -1)),
    { workspaceId: ana.home, change: 'changed', field: 'title', before: 'First', after: 'Second' },
    { workspaceId: ana.home, change: 'created' },
  ])
  const ben = await registerPerson(server)
  await addMember(server, party, ben, 'viewer')
  const seen = await ben.ask(listSchema, 'GET', `/activity?quest=${id}`)
  expect(new Set(seen.items.map(({ workspaceId }) => workspaceId))).toEqual(new Set([party]))
})

test('a quest moved there and back has been in both, and a move answered once is not made again', async () => {
  const { id, ...quest } = await ana.makeQuest({ title: 'Round', notes: 'Trip' })
  const there = () =>
    ana.call('POST', `/quests/${id}/move`, { workspaceId: party }, { 'idempotency-key': `there-${id}` })
  expect((await there()).status).toBe(200)
  server.clock.now += 1_000
  const back = await move(id, { workspaceId: ana.home })
  expect(back).toMatchObject({
    ...quest,
    version: expect.any(String),
    movedFrom: [{ workspaceId: ana.home }, { workspaceId: party }],
  })
  expect((await there()).headers.get('idempotency-replayed')).toBe('true')
  expect((await ana.quest(id)).workspaceId).toBe(ana.home)
  expect(await move(id, { workspaceId: ana.home })).toEqual(back)
})

test('whoever is not a member there is taken off, and a quest nobody may move stays', async () => {
  const ben = await registerPerson(server)
  await addMember(server, party, ben, 'viewer')
  const { id } = await ana.makeQuest({ workspaceId: party, title: 'Ours', assignees: [ana.id, ben.id] })
  const to = { workspaceId: ben.home }
  expect(await ben.refusal('POST', `/quests/${id}/move`, to)).toEqual({ code: 'forbidden' })
  expect(await ana.refusal('POST', `/quests/${id}/move`, to)).toEqual({ code: 'not-found' })
  expect((await move(id, { workspaceId: ana.home })).assignees).toEqual([ana.id])
  await ana.call('DELETE', `/quests/${id}`)
  expect(await ana.refusal('POST', `/quests/${id}/move`, { workspaceId: party })).toEqual({ code: 'trashed' })
  await ana.call('POST', `/quests/${id}/restore`)
  const stale = { 'if-match': '"0"' }
  const refused = await ana.refusal('POST', `/quests/${id}/move`, { workspaceId: party }, stale)
  expect([refused, (await ana.quest(id)).workspaceId]).toEqual([{ code: 'precondition-failed' }, ana.home])
  const elsewhere = { workspaceId: party, projectId: 'gone' }
  expect(await ana.refusal('POST', `/quests/${id}/move`, elsewhere)).toMatchObject({ errors: [{ path: 'projectId' }] })
  expect((await ana.quest(id)).workspaceId).toBe(ana.home)
})
