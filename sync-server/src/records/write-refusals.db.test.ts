import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestServer, type TestServer } from '../testing/server.ts'
import { anyRecordSchema, type Person, registerPerson } from './testing/person.ts'

// What the state of records refuses, got from every route that documents it.

let server: TestServer
let ana: Person
beforeAll(async () => {
  server = await startTestServer()
  ana = await registerPerson(server)
})
afterAll(() => server.stop())

type Write = readonly [method: string, path: string, body?: unknown]

async function expectEach(refusal: object, writes: readonly Write[]): Promise<void> {
  const outcomes = []
  for (const write of writes) outcomes.push([...write, await ana.refusal(...write)])
  expect(outcomes).toEqual(writes.map((write) => [...write, refusal]))
}

/** Makes a record and answers its id. */
const make = async (path: string, body: object): Promise<string> =>
  (await ana.ask(anyRecordSchema, 'POST', path, body)).id
const makeQuest = (fields: object = {}) => make('/quests', { title: 'Slay the dragon', ...fields })
const bulk = (...operations: object[]): Write => ['POST', '/quests/bulk', { operations }]

test('an id that is taken makes no second record', async () => {
  const id = await makeQuest({ steps: [{ id: 'step', text: 'Sharpen the sword' }] })
  const projectId = await make('/projects', { name: 'Home' })
  const party = await ana.makeParty()
  await makeQuest({ id, workspaceId: party })
  await expectEach({ code: 'already-exists' }, [
    ['POST', '/quests', { id, title: 'Another' }],
    ['POST', `/quests/${id}/steps`, { id: 'step', text: 'Another' }],
    ['POST', `/quests/${id}/move`, { workspaceId: party }],
    ['POST', '/projects', { id: projectId, name: 'Another' }],
    ['POST', '/sections', { id: await make('/sections', { projectId, name: 'Later' }), projectId, name: 'Another' }],
    ['POST', '/tags', { id: await make('/tags', { name: 'deep' }), name: 'another' }],
    ['POST', '/categories', { id: await make('/categories', { name: 'Craft' }), name: 'Another' }],
    [
      'POST',
      '/templates',
      { id: await make('/templates', { questId: id, name: 'One' }), questId: id, name: 'Another' },
    ],
  ])
  await expectEach({ code: 'already-exists', operation: 0 }, [bulk({ op: 'create', id, title: 'Another' })])
})

test('what is in the Trash is restored before anything else is done to it', async () => {
  const [id, other] = [await makeQuest({ steps: [{ id: 'step', text: 'Sharpen the sword' }] }), await makeQuest()]
  const templateId = await make('/templates', { questId: other, name: 'Slaying' })
  const projectId = await make('/projects', { name: 'Home' })
  const sectionId = await make('/sections', { projectId, name: 'Later' })
  await ana.call('DELETE', `/quests/${id}`)
  await ana.call('DELETE', `/projects/${projectId}`)
  await expectEach({ code: 'trashed' }, [
    ['POST', '/quests', { title: 'Tame the dragon', projectId }],
    ['PATCH', `/quests/${id}`, { title: 'Tame the dragon' }],
    ['PUT', `/quests/${id}`, { title: 'Tame the dragon' }],
    ['POST', `/quests/${id}/complete`],
    ['POST', `/quests/${id}/reopen`],
    ['POST', `/quests/${id}/steps`, { text: 'Feed it' }],
    ['PATCH', `/quests/${id}/steps/step`, { done: true }],
    ['DELETE', `/quests/${id}/steps/step`],
    ['POST', `/quests/${id}/move`, { workspaceId: await ana.makeParty() }],
    ['POST', '/relations', { kind: 'blocks', from: id, to: other }],
    ['POST', '/templates', { questId: id, name: 'Taming' }],
    ['POST', `/templates/${templateId}/instantiate`, { projectId }],
    ['PATCH', `/projects/${projectId}`, { name: 'House' }],
    ['DELETE', `/projects/${projectId}`],
    ['POST', '/sections', { projectId, name: 'Soon' }],
    ['PATCH', `/sections/${sectionId}`, { name: 'Soon' }],
    ['DELETE', `/sections/${sectionId}`],
  ])
  await expectEach({ code: 'trashed', operation: 0 }, [bulk({ op: 'complete', id })])
})

test('a quest is done, undone and purged only where it was not', async () => {
  const [open, done] = [await makeQuest(), await makeQuest()]
  await ana.call('POST', `/quests/${done}/complete`)
  await expectEach({ code: 'already-done' }, [['POST', `/quests/${done}/complete`]])
  await expectEach({ code: 'not-done' }, [['POST', `/quests/${open}/reopen`]])
  await expectEach({ code: 'not-trashed' }, [['POST', `/quests/${open}/purge`]])
  await expectEach({ code: 'already-done', operation: 0 }, [bulk({ op: 'complete', id: done })])
  await expectEach({ code: 'not-done', operation: 0 }, [bulk({ op: 'reopen', id: open })])
})

test('no write closes a circle, and each names it', async () => {
  const parent = await makeQuest()
  const child = await makeQuest({ parentId: parent })
  await ana.ask(anyRecordSchema, 'POST', '/relations', { kind: 'blocks', from: parent, to: child })
  const cycle = [parent, child, parent]
  await expectEach({ code: 'cycle', cycle }, [
    ['PATCH', `/quests/${parent}`, { parentId: child }],
    ['PUT', `/quests/${parent}`, { title: 'Slay the dragon', parentId: child }],
  ])
  const fields = { parentId: child }
  await expectEach({ code: 'cycle', cycle, operation: 0 }, [bulk({ op: 'patch', id: parent, fields })])
  await expectEach({ code: 'cycle', cycle: [child, parent, child] }, [
    ['POST', '/relations', { kind: 'blocks', from: child, to: parent }],
  ])
})
