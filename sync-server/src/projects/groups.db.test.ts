import { projectSchema, sectionSchema } from '@questlog/shared/protocol/records'
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

const listSchema = z.object({ items: z.array(z.looseObject({ id: z.string(), name: z.string() })) })
const names = async (path: string) => (await ana.ask(listSchema, 'GET', path)).items.map(({ name }) => name)
const make = async (path: string, body: object) => (await ana.ask(anyRecordSchema, 'POST', path, body)).id

test('a project is made, changed, put in order, archived, trashed with its quests and brought back', async () => {
  const [home, work] = [
    await make('/projects', { name: ' Home ', color: '#AABBCC' }),
    await make('/projects', { name: 'Work' }),
  ]
  expect(await ana.ask(projectSchema, 'GET', `/projects/${home}`)).toMatchObject({ name: 'Home', color: '#aabbcc' })
  await ana.call('PATCH', `/projects/${work}`, { after: null })
  expect(await names('/projects')).toEqual(['Work', 'Home'])
  await ana.call('PATCH', `/projects/${work}`, { after: home, name: 'Job' })
  expect(await names('/projects')).toEqual(['Home', 'Job'])
  const archived = await ana.ask(projectSchema, 'PATCH', `/projects/${home}`, { archived: true, color: null })
  expect(archived).toMatchObject({ archivedAt: new Date(server.clock.now).toISOString(), color: null })
  expect((await ana.ask(projectSchema, 'PATCH', `/projects/${home}`, { archived: false })).archivedAt).toBeNull()
  const quest = await ana.makeQuest({ title: 'Dust', projectId: home })
  expect((await ana.ask(projectSchema, 'DELETE', `/projects/${home}`)).deletedAt).not.toBeNull()
  expect([await names('/projects'), await names('/projects?trashed=true')]).toEqual([['Job'], ['Home']])
  expect((await ana.quest(quest.id)).deletedAt).not.toBeNull()
  expect(await ana.refusal('PATCH', `/projects/${home}`, { name: 'x' })).toEqual({ code: 'trashed' })
  expect((await ana.ask(projectSchema, 'POST', `/projects/${home}/restore`)).deletedAt).toBeNull()
  expect((await ana.quest(quest.id)).deletedAt).toBeNull()
  const wrong = await ana.refusal('PATCH', `/projects/${home}`, { after: 'gone' })
  expect(wrong).toEqual({
    code: 'invalid-request',
    errors: [{ path: 'after', message: 'names nothing in this workspace' }],
  })
})

test('[R23] a section belongs to its project, and its quests stay when it goes', async () => {
  const projectId = await make('/projects', { name: 'Castle' })
  const [tower, cellar] = [
    await make('/sections', { projectId, name: 'Tower' }),
    await make('/sections', { projectId, name: 'Cellar' }),
  ]
  await ana.call('PATCH', `/sections/${cellar}`, { name: 'Dungeon', after: null })
  expect(await names(`/sections?project=${projectId}`)).toEqual(['Dungeon', 'Tower'])
  expect(await ana.ask(sectionSchema, 'GET', `/sections/${tower}`)).toMatchObject({ projectId, name: 'Tower' })
  const { id } = await ana.makeQuest({ title: 'Climb', projectId, sectionId: tower })
  expect((await ana.call('DELETE', `/sections/${tower}`)).status).toBe(204)
  expect(await ana.quest(id)).toMatchObject({ projectId, sectionId: null })
  expect(await ana.refusal('GET', `/sections/${tower}`)).toEqual({ code: 'not-found' })
  expect(await ana.refusal('POST', '/sections', { projectId: 'gone', name: 'x' })).toEqual({ code: 'not-found' })
})

test('[R23] tags and categories go off their quests when they are removed', async () => {
  const [tag, category] = [await make('/tags', { name: 'deep' }), await make('/categories', { name: 'Craft' })]
  const { id } = await ana.makeQuest({ title: 'Forge', tags: [tag], categoryId: category })
  await ana.call('PATCH', `/tags/${tag}`, { name: 'Äther', color: '#010203' })
  await make('/tags', { name: 'bold' })
  expect(await names('/tags')).toEqual(['Äther', 'bold'])
  await make('/categories', { name: 'Art' })
  await ana.call('PATCH', `/categories/${category}`, { name: 'Trade', after: null })
  expect(await names('/categories')).toEqual(['Trade', 'Art'])
  expect((await ana.call('DELETE', `/tags/${tag}`)).status).toBe(204)
  expect((await ana.call('DELETE', `/categories/${category}`)).status).toBe(204)
  expect(await ana.quest(id)).toMatchObject({ tags: [], categoryId: null })
  for (const path of [`/tags/${tag}`, `/categories/${category}`]) {
    expect(await ana.refusal('GET', path)).toEqual({ code: 'not-found' })
    expect(await ana.refusal('DELETE', path)).toEqual({ code: 'not-found' })
  }
})

test.each(['projects', 'tags', 'categories'])(
  '%s: ids are taken once, names checked, versions minded',
  async (kind) => {
    const made = await ana.call('POST', `/${kind}`, { id: `my-${kind}`, name: 'Mine' })
    expect(await ana.refusal('POST', `/${kind}`, { id: `my-${kind}`, name: 'x' })).toEqual({ code: 'already-exists' })
    expect(await ana.refusal('POST', `/${kind}`, { name: ' ' })).toMatchObject({ errors: [{ path: 'name' }] })
    const headers = { 'if-match': made.headers.get('etag') ?? '' }
    expect((await ana.call('PATCH', `/${kind}/my-${kind}`, { name: 'Ours' }, headers)).status).toBe(200)
    expect(await ana.refusal('DELETE', `/${kind}/my-${kind}`, undefined, headers)).toEqual({
      code: 'precondition-failed',
    })
    const read = await ana.call('GET', `/${kind}/my-${kind}`)
    const known = { 'if-none-match': read.headers.get('etag') ?? '' }
    expect((await ana.call('GET', `/${kind}/my-${kind}`, undefined, known)).status).toBe(304)
  },
)
