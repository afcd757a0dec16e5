import { questSchema } from '@questlog/shared/protocol/quests'
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

const repeating = { rrule: 'FREQ=WEEKLY', exdates: ['2026-03-03'], pausedUntil: '2026-04-01', waitForDone: true }

test('a patch of a recurrence changes what it names of it, alone and among many', async () => {
  const { id } = await ana.makeQuest({ title: 'Water', recurrence: { ...repeating, missed: 'skip' } })
  const whole = { ...repeating, anchor: 'due', missed: 'skip', monthEnd: 'clamp' }
  const patch = async (recurrence: unknown) =>
    (await ana.ask(questSchema, 'PATCH', `/quests/${id}`, { recurrence })).recurrence
  expect(await patch({ rrule: 'FREQ=DAILY' })).toEqual({ ...whole, rrule: 'FREQ=DAILY' })
  expect(await patch({})).toEqual({ ...whole, rrule: 'FREQ=DAILY' })
  const { pausedUntil: _, ...running } = whole
  expect(await patch({ pausedUntil: null, anchor: 'completion' })).toEqual({
    ...running,
    rrule: 'FREQ=DAILY',
    anchor: 'completion',
  })
  const operations = [{ op: 'patch', id, fields: { recurrence: { missed: 'all' } } }]
  await ana.call('POST', '/quests/bulk', { operations })
  expect((await ana.quest(id)).recurrence).toMatchObject({
    rrule: 'FREQ=DAILY',
    missed: 'all',
    exdates: ['2026-03-03'],
  })
  expect(await patch(null)).toBeNull()
  expect(await ana.refusal('PATCH', `/quests/${id}`, { recurrence: { missed: 'all' } })).toEqual({
    code: 'invalid-request',
    errors: [{ path: 'recurrence.rrule', message: 'must not be empty' }],
  })
  expect(await patch({ rrule: 'FREQ=DAILY' })).toEqual({
    rrule: 'FREQ=DAILY',
    anchor: 'due',
    missed: 'latest',
    monthEnd: 'clamp',
    exdates: [],
    waitForDone: false,
  })
})

test('a list that is patched replaces the list, and what is known of it keeps what is left out', async () => {
  const made = await ana.makeQuest({
    title: 'Bake',
    steps: [{ id: 'mix', text: 'Mix', done: true }],
    reminders: [{ id: 'soon', minutesBefore: 10, of: 'due', nagging: true }],
  })
  const patched = await ana.ask(questSchema, 'PATCH', `/quests/${made.id}`, {
    steps: [{ text: 'Heat' }, { id: 'mix', text: 'Mix well' }],
    reminders: [{ id: 'soon', minutesBefore: 20, of: 'due' }],
  })
  expect(patched.steps.map(({ text, done }) => [text, done])).toEqual([
    ['Heat', false],
    ['Mix well', true],
  ])
  expect(patched.reminders).toEqual([{ id: 'soon', minutesBefore: 20, of: 'due', nagging: true }])
})

test('a replaced quest has the defaults within its fields too, and a date is one value to a patch', async () => {
  const due = { dt: '2026-05-01T09:00', tz: 'Europe/Berlin' }
  const { id } = await ana.makeQuest({
    title: 'Water',
    due,
    recurrence: repeating,
    steps: [{ id: 'can', text: 'Fill the can', done: true }],
    reminders: [{ id: 'soon', minutesBefore: 10, of: 'due', nagging: true }],
  })
  const patched = await ana.ask(questSchema, 'PATCH', `/quests/${id}`, { due: { dt: '2026-05-01T10:00' } })
  expect(patched.due).toEqual({ dt: '2026-05-01T10:00' })
  const replaced = await ana.ask(questSchema, 'PUT', `/quests/${id}`, {
    title: 'Water',
    recurrence: { rrule: 'FREQ=DAILY' },
    steps: [{ id: 'can', text: 'Fill the can' }],
    reminders: [{ id: 'soon', minutesBefore: 10, of: 'due' }],
  })
  expect(replaced).toMatchObject({ due: null, steps: [{ done: false }] })
  expect(replaced.recurrence).toEqual({
    rrule: 'FREQ=DAILY',
    anchor: 'due',
    missed: 'latest',
    monthEnd: 'clamp',
    exdates: [],
    waitForDone: false,
  })
  expect(replaced.reminders).toEqual([{ id: 'soon', minutesBefore: 10, of: 'due' }])
})

test('a quest that goes to a project takes its sub-quests along, by every way there', async () => {
  const { id: projectId } = await ana.ask(anyRecordSchema, 'POST', '/projects', { name: 'Garden' })
  for (const go of [
    (id: string) => ana.call('PATCH', `/quests/${id}`, { projectId }),
    (id: string) => ana.call('POST', '/quests/bulk', { operations: [{ op: 'move', id, projectId }] }),
    (id: string) => ana.call('PUT', `/quests/${id}`, { title: 'Whole', projectId }),
  ]) {
    const whole = await ana.makeQuest({ title: 'Whole' })
    const part = await ana.makeQuest({ title: 'Part', parentId: whole.id })
    expect((await go(whole.id)).status).toBe(200)
    expect((await ana.quest(part.id)).projectId).toBe(projectId)
  }
})
