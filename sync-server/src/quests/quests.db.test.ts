import { questListSchema, questSchema } from '@questlog/shared/protocol/quests'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anyRecordSchema, type Person, registerPerson } from '../records/testing/person.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'

let server: TestServer
let ana: Person
beforeAll(async () => {
  server = await startTestServer()
  ana = await registerPerson(server)
})
afterAll(() => server.stop())

const anyText: unknown = expect.any(String)
const etag = (response: Response) => response.headers.get('etag') ?? ''

test('a quest is made with all that is given of it, and everything else at its default', async () => {
  const tag = await ana.ask(anyRecordSchema, 'POST', '/tags', { name: 'deep' })
  const made = await ana.makeQuest({
    title: ' Slay the dragon ',
    notes: 'It *sleeps* at noon.',
    priority: 1,
    tags: [tag.id],
    assignees: [ana.id],
    steps: [{ text: 'Sword' }, { id: 'horse', text: 'Horse', done: true }],
    due: { dt: '2026-12-24T18:00', tz: 'Europe/Berlin' },
    recurrence: { rrule: 'FREQ=WEEKLY' },
    reminders: [{ minutesBefore: 30, of: 'due' }],
  })
  expect(made).toMatchObject({
    workspaceId: ana.home,
    title: 'Slay the dragon',
    notes: 'It *sleeps* at noon.',
    status: 'open',
    done: false,
    blocked: false,
    priority: 1,
    difficulty: 'medium',
    projectId: null,
    tags: [tag.id],
    assignees: [ana.id],
    due: { dt: '2026-12-24T18:00', tz: 'Europe/Berlin' },
    recurrence: { rrule: 'FREQ=WEEKLY', anchor: 'due', missed: 'latest', monthEnd: 'clamp', exdates: [] },
    createdBy: ana.id,
    deletedAt: null,
    movedFrom: [],
  })
  expect(made.steps.map(({ text, done }) => [text, done])).toEqual([
    ['Sword', false],
    ['Horse', true],
  ])
  expect(made.reminders).toMatchObject([{ minutesBefore: 30, of: 'due' }])
  expect(await ana.quest(made.id)).toEqual(made)
})

test('an id is taken once', async () => {
  await ana.makeQuest({ id: 'mine', title: 'First' })
  expect(await ana.refusal('POST', '/quests', { id: 'mine', title: 'Second' })).toEqual({ code: 'already-exists' })
})

test.each([
  [{ title: '' }, 'title', 'must not be empty'],
  [{ title: 'x'.repeat(501) }, 'title', 'is too long'],
  [{ title: 'x', due: { d: '2026-02-30' } }, 'due', 'is not a date that exists'],
  [{ title: 'x', due: { dt: '2026-02-20T10:00', tz: 'Mars/Base' } }, 'due', 'is in a time zone that is not known'],
  [{ title: 'x', estimateMin: 0.5 }, 'estimateMin', 'must be a whole number'],
  [{ title: 'x', projectId: 'gone' }, 'projectId', 'names nothing in this workspace'],
  [{ title: 'x', sectionId: 'gone' }, 'sectionId', 'names nothing in this workspace'],
  [{ title: 'x', tags: ['gone'] }, 'tags', 'names nothing in this workspace'],
  [{ title: 'x', parentId: 'gone' }, 'parentId', 'names nothing in this workspace'],
  [{ title: 'x', categoryId: 'gone' }, 'categoryId', 'names nothing in this workspace'],
  [{ title: 'x', assignees: ['nobody'] }, 'assignees', 'names somebody who is not a member'],
  [{ title: 'x', steps: [{ text: '' }] }, 'steps', 'must not be empty'],
  [{ title: 'x', notes: 'x'.repeat(65_537) }, 'notes', 'is too long'],
  [{ title: 'x', reminders: [{ minutesBefore: -1, of: 'due' }] }, 'reminders', 'is out of range'],
])('a wrong field is refused by its name, %#', async (quest, path, message) => {
  const expected = { code: 'invalid-request', errors: [{ path, message }] }
  expect(await ana.refusal('POST', '/quests', quest)).toEqual(expected)
  const { id } = await ana.makeQuest({ title: 'Fine' })
  expect(await ana.refusal('PATCH', `/quests/${id}`, quest)).toEqual(expected)
  expect(await ana.quest(id)).toMatchObject({ title: 'Fine', notes: '', steps: [] })
})

test('a patch changes what it names and leaves the rest', async () => {
  const made = await ana.makeQuest({ title: 'Bake', notes: 'Flour', steps: [{ text: 'Mix' }, { text: 'Wait' }] })
  const [mix, wait] = made.steps
  const patched = await ana.ask(questSchema, 'PATCH', `/quests/${made.id}`, {
    notes: 'Flour, salt',
    steps: [{ id: wait?.id, text: 'Wait long', done: true }, { text: 'Oven' }, { id: mix?.id, text: 'Mix' }],
  })
  expect(patched).toMatchObject({ ...made, version: anyText, notes: 'Flour, salt', steps: expect.anything() })
  expect(patched.steps.map(({ id, text, done }) => [id === mix?.id || id === wait?.id, text, done])).toEqual([
    [true, 'Wait long', true],
    [false, 'Oven', false],
    [true, 'Mix', false],
  ])
})

test('what was read may be sent back whole, and what is left out takes its default', async () => {
  const made = await ana.makeQuest({ title: 'Bake', notes: 'Flour', priority: 2, steps: [{ text: 'Mix' }] })
  expect(await ana.ask(questSchema, 'PUT', `/quests/${made.id}`, made)).toEqual(made)
  expect(await ana.ask(questSchema, 'PUT', `/quests/${made.id}`, { title: 'Cook' })).toEqual({
    ...made,
    version: anyText,
    title: 'Cook',
    notes: '',
    priority: 0,
    steps: [],
  })
})

test('a quest may not become part of itself', async () => {
  const above = await ana.makeQuest({ title: 'Above' })
  const below = await ana.makeQuest({ title: 'Below', parentId: above.id })
  expect(await ana.refusal('PATCH', `/quests/${above.id}`, { parentId: below.id })).toEqual({
    code: 'cycle',
    cycle: [above.id, below.id, above.id],
  })
})

test('of two patches of one version at the same time exactly one is made', async () => {
  const { id } = await ana.makeQuest({ title: 'Once' })
  const headers = { 'if-match': etag(await ana.call('GET', `/quests/${id}`)) }
  const answers = await Promise.all(
    ['left', 'right'].map((title) => ana.call('PATCH', `/quests/${id}`, { title }, headers)),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
  expect(await ana.refusal('PATCH', `/quests/${id}`, { title: 'late' }, headers)).toEqual({
    code: 'precondition-failed',
  })
  const winner = answers.find(({ status }) => status === 200)
  const won = questSchema.parse(await winner?.json())
  expect(await ana.quest(id)).toEqual(won)
  const again = { 'if-match': winner?.headers.get('etag') ?? '' }
  expect((await ana.call('PATCH', `/quests/${id}`, { title: 'then' }, again)).status).toBe(200)
})

test('the version changes with the quest and with nothing else', async () => {
  const { id } = await ana.makeQuest({ title: 'Still' })
  const first = await ana.call('GET', `/quests/${id}`)
  await ana.makeQuest({ title: 'Another' })
  const same = await ana.call('PATCH', `/quests/${id}`, { title: 'Still' })
  expect([same.status, etag(same)]).toEqual([200, etag(first)])
  const unchanged = await ana.call('GET', `/quests/${id}`, undefined, { 'if-none-match': etag(first) })
  expect([unchanged.status, await unchanged.text()]).toEqual([304, ''])
  await ana.call('PATCH', `/quests/${id}`, { notes: 'Moved' })
  const changed = await ana.call('GET', `/quests/${id}`, undefined, { 'if-none-match': etag(first) })
  expect([changed.status, etag(changed) === etag(first)]).toEqual([200, false])
})

test('completing names the day of the person, once, and can be undone', async () => {
  const { id } = await ana.makeQuest({ title: 'Do' })
  // Fourteen hours ahead of UTC, and eleven behind: never the same day.
  const done = await ana.ask(questSchema, 'POST', `/quests/${id}/complete`, { timeZone: 'Pacific/Kiritimati' })
  const ahead = new Date(server.clock.now + 14 * 3_600_000).toISOString().slice(0, 10)
  expect(done).toMatchObject({ done: true, completedAt: new Date(server.clock.now).toISOString(), completedDay: ahead })
  expect(await ana.refusal('POST', `/quests/${id}/complete`)).toEqual({ code: 'already-done' })
  const open = await ana.ask(questSchema, 'POST', `/quests/${id}/reopen`)
  expect(open).toMatchObject({ done: false, completedAt: null })
  expect(await ana.refusal('POST', `/quests/${id}/reopen`)).toEqual({ code: 'not-done' })
  const behind = await ana.ask(questSchema, 'POST', `/quests/${id}/complete`, { timeZone: 'Pacific/Pago_Pago' })
  expect(behind.completedDay).not.toBe(ahead)
  expect(await ana.refusal('POST', `/quests/${id}/complete`, { timeZone: 'Mars/Base' })).toMatchObject({
    errors: [{ path: 'timeZone' }],
  })
})

test('[R24] a quest goes to the Trash, comes back, and is purged from there; what was earned stays', async () => {
  const { id } = await ana.makeQuest({ title: 'Gone', notes: 'Secret' })
  await ana.call('POST', `/quests/${id}/complete`)
  expect(await ana.refusal('POST', `/quests/${id}/purge`)).toEqual({ code: 'not-trashed' })
  const trashed = await ana.ask(questSchema, 'DELETE', `/quests/${id}`)
  expect(trashed.deletedAt).not.toBeNull()
  expect(await ana.refusal('PATCH', `/quests/${id}`, { title: 'x' })).toEqual({ code: 'trashed' })
  expect(await ana.titles('text=Gone')).toEqual([])
  expect(await ana.titles('text=Gone&trashed=true')).toEqual(['Gone'])
  expect((await ana.ask(questSchema, 'POST', `/quests/${id}/restore`)).deletedAt).toBeNull()
  await ana.call('DELETE', `/quests/${id}`)
  expect((await ana.call('POST', `/quests/${id}/purge`)).status).toBe(204)
  expect(await ana.refusal('GET', `/quests/${id}`)).toEqual({ code: 'not-found' })
  const earned = await ana.ask(questListSchema.omit({ items: true }).loose(), 'GET', `/completions?quest=${id}`)
  expect(earned.items).toMatchObject([{ questId: id, voidedAt: null }])
  expect((await ana.makeQuest({ id, title: 'Under the same id' })).notes).toBe('')
})

test('steps are added, ticked, worded, moved and removed one by one', async () => {
  const { id } = await ana.makeQuest({ title: 'Steps', steps: [{ id: 'a', text: 'A' }] })
  const added = await ana.call('POST', `/quests/${id}/steps`, { id: 'b', text: 'B', done: true })
  expect(added.status).toBe(201)
  expect(await ana.refusal('POST', `/quests/${id}/steps`, { id: 'b', text: 'B' })).toEqual({ code: 'already-exists' })
  const steps = async (method: string, step: string, body?: unknown) =>
    (await ana.ask(questSchema, method, `/quests/${id}/steps/${step}`, body)).steps.map((each) => [
      each.id,
      each.text,
      each.done,
    ])
  expect(await steps('PATCH', 'b', { text: 'Bee', after: null })).toEqual([
    ['b', 'Bee', true],
    ['a', 'A', false],
  ])
  expect(await steps('PATCH', 'b', { done: false, after: 'a' })).toEqual([
    ['a', 'A', false],
    ['b', 'Bee', false],
  ])
  expect(await steps('DELETE', 'a')).toEqual([['b', 'Bee', false]])
  expect(await ana.refusal('DELETE', `/quests/${id}/steps/a`)).toEqual({ code: 'not-found' })
})

test('a repeated request makes one quest and answers the same', async () => {
  const headers = { 'idempotency-key': 'make-once' }
  const [first, again] = [
    await ana.call('POST', '/quests', { title: 'Unique thing' }, headers),
    await ana.call('POST', '/quests', { title: 'Unique thing' }, headers),
  ]
  expect([first.status, again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 201, 'true'])
  expect([await again.text(), etag(again)]).toEqual([await first.text(), etag(first)])
  expect(await ana.titles('text=unique')).toEqual(['Unique thing'])
  const other = await ana.refusal('POST', '/quests', { title: 'Other' }, headers)
  expect(other).toEqual({ code: 'idempotency-key-reused' })
})

test('a write whose answer cannot be kept for its key is not made', async () => {
  const { pool } = server.database
  await pool.query(
    'create function refuse() returns trigger as $$ begin raise exception $s$no$s$; end $$ language plpgsql',
  )
  await pool.query('create trigger refuse before insert on idempotent_requests for each row execute function refuse()')
  const send = () => ana.call('POST', '/quests', { title: 'Unkept' }, { 'idempotency-key': 'unkept' })
  expect((await send()).status).toBe(500)
  expect(await ana.titles('text=unkept')).toEqual([])
  await pool.query('drop trigger refuse on idempotent_requests')
  expect((await send()).status).toBe(201)
  expect(await ana.titles('text=unkept')).toEqual(['Unkept'])
})

test('a repeated purge is answered although the quest is gone', async () => {
  const { id } = await ana.makeQuest({ title: 'Twice gone' })
  await ana.call('DELETE', `/quests/${id}`)
  const purge = () => ana.call('POST', `/quests/${id}/purge`, undefined, { 'idempotency-key': 'purge-once' })
  expect([(await purge()).status, (await purge()).status]).toEqual([204, 204])
})

test('what is not yours is nowhere', async () => {
  const ben = await registerPerson(server)
  const { id } = await ana.makeQuest({ title: 'Mine' })
  for (const [method, path, body] of [
    ['GET', `/quests/${id}`],
    ['PATCH', `/quests/${id}`, { title: 'Yours' }],
    ['DELETE', `/quests/${id}`],
    ['POST', `/quests/${id}/complete`],
    ['POST', `/quests/${id}/move`, { workspaceId: ben.home }],
    ['GET', `/quests?workspaceId=${ana.home}`],
    ['POST', '/quests', { workspaceId: ana.home, title: 'Planted' }],
    ['POST', '/quests/bulk', { workspaceId: ana.home, operations: [{ op: 'complete', id }] }],
    ['GET', `/activity?workspaceId=${ana.home}`],
  ] as const) {
    expect([path, await ben.refusal(method, path, body)]).toEqual([path, { code: 'not-found' }])
  }
  const bulk = { operations: [{ op: 'complete', id }] }
  expect(await ben.refusal('POST', '/quests/bulk', bulk)).toEqual({ code: 'not-found', operation: 0 })
  const activity = await ben.ask(questListSchema.omit({ items: true }).loose(), 'GET', `/activity?quest=${id}`)
  expect(activity.items).toEqual([])
  expect(await ana.quest(id)).toMatchObject({ title: 'Mine', done: false })
})
