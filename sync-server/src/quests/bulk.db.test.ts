import { questSchema } from '@questlog/shared/protocol/quests'
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

const answerSchema = z.object({ items: z.array(questSchema) })

test('operations are done in order, each on what those before it left', async () => {
  const tag = await ana.ask(anyRecordSchema, 'POST', '/tags', { name: 'deep' })
  const project = await ana.ask(anyRecordSchema, 'POST', '/projects', { name: 'Home' })
  const old = await ana.makeQuest({ title: 'Old' })
  const { items } = await ana.ask(answerSchema, 'POST', '/quests/bulk', {
    timeZone: 'Europe/Berlin',
    operations: [
      { op: 'create', id: 'new', title: 'New', notes: 'Fresh', steps: [{ text: 'One' }] },
      { op: 'patch', id: 'new', fields: { title: 'Newer', priority: 1 } },
      { op: 'tag', id: 'new', tagId: tag.id },
      { op: 'move', id: 'new', projectId: project.id },
      { op: 'complete', id: 'new' },
      { op: 'reopen', id: 'new' },
      { op: 'trash', id: old.id },
      { op: 'create', title: 'Third' },
    ],
  })
  const fresh = { title: 'Newer', notes: 'Fresh', priority: 1, tags: [tag.id], projectId: project.id, done: false }
  expect(items).toMatchObject([...Array(6).fill(fresh), { id: old.id, title: 'Old' }, { title: 'Third' }])
  expect(items[6]?.deletedAt).not.toBeNull()
  const back = await ana.ask(answerSchema, 'POST', '/quests/bulk', {
    operations: [
      { op: 'restore', id: old.id },
      { op: 'untag', id: 'new', tagId: tag.id },
    ],
  })
  expect(back.items).toMatchObject([{ deletedAt: null }, { tags: [] }])
})

test.each([
  [{ op: 'complete', id: 'gone' }, { code: 'not-found' }],
  [{ op: 'create', id: 'taken', title: 'x' }, { code: 'already-exists' }],
  [{ op: 'reopen', id: 'taken' }, { code: 'not-done' }],
  [{ op: 'patch', id: 'trashed', fields: { title: 'x' } }, { code: 'trashed' }],
  [
    { op: 'patch', id: 'taken', fields: { parentId: 'taken' } },
    { code: 'cycle', cycle: ['taken', 'taken'] },
  ],
  [
    { op: 'patch', id: 'taken', fields: { title: '' } },
    { code: 'invalid-request', errors: [{ path: 'operations.2.fields.title', message: 'must not be empty' }] },
  ],
  [
    { op: 'tag', id: 'taken', tagId: 'gone' },
    { code: 'invalid-request', errors: [{ path: 'operations.2.tagId', message: 'names nothing in this workspace' }] },
  ],
  [
    { op: 'create', title: 'x', assignees: ['nobody'] },
    {
      code: 'invalid-request',
      errors: [{ path: 'operations.2.assignees', message: 'names somebody who is not a member' }],
    },
  ],
])('of operations one of which is refused none is done, %#', async (refused, problem) => {
  const ben = await registerPerson(server)
  await ben.makeQuest({ id: 'taken', title: 'Taken' })
  await ben.makeQuest({ id: 'trashed', title: 'Trashed' })
  await ben.call('DELETE', '/quests/trashed')
  const before = await ben.call('GET', '/quests/taken')
  const operations = [
    { op: 'patch', id: 'taken', fields: { notes: 'Half' } },
    { op: 'create', title: 'Half' },
    refused,
    { op: 'create', title: 'After' },
  ]
  expect(await ben.refusal('POST', '/quests/bulk', { operations })).toEqual({ ...problem, operation: 2 })
  expect(await ben.titles()).toEqual(['Taken'])
  const after = await ben.call('GET', '/quests/taken')
  expect([after.headers.get('etag'), await after.json()]).toEqual([before.headers.get('etag'), await before.json()])
  const { rows } = await server.database.pool.query('select seq from doc_heads where doc = $1', [ben.document])
  const written = await ben.call('PATCH', '/quests/taken', { title: 'Then' })
  expect(written.headers.get('etag')).toBe(`"${Number(rows[0].seq) + 1}"`)
})

test('operations answered once are not done again', async () => {
  const send = () =>
    ana.call('POST', '/quests/bulk', { operations: [{ op: 'create', title: 'Only' }] }, { 'idempotency-key': 'bulk' })
  const [first, again] = [await send(), await send()]
  expect(await again.text()).toBe(await first.text())
  expect(await ana.titles('text=only')).toEqual(['Only'])
})

test('hundreds of operations are one update of the log', async () => {
  const ben = await registerPerson(server)
  const operations = Array.from({ length: 500 }, (_, n) => ({ op: 'create', title: `Quest ${n}` }))
  await ben.ask(answerSchema, 'POST', '/quests/bulk', { operations })
  const { rows } = await server.database.pool.query('select seq from doc_heads where doc = $1', [ben.document])
  expect(rows).toEqual([{ seq: '1' }])
  const more = { operations: [...operations, { op: 'create', title: 'x' }] }
  expect(await ben.refusal('POST', '/quests/bulk', more)).toMatchObject({ errors: [{ path: 'operations' }] })
})
