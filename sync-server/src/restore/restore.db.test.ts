import { activitySchema } from '@questlog/shared/protocol/activity'
import { type Restored, restoredSchema } from '@questlog/shared/protocol/restore'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { z } from 'zod'
import { addMember, anyRecordSchema, type Person, registerPerson } from '../records/testing/person.ts'
import { createPostgresLog } from '../sync/log/postgres-log.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'

let server: TestServer
let ana: Person
let ben: Person
let party: string
beforeAll(async () => {
  server = await startTestServer()
  ana = await registerPerson(server)
  ben = await registerPerson(server)
})
afterAll(() => server.stop())
beforeEach(async () => {
  party = await ana.makeParty()
  await addMember(server, party, ben, 'member')
})

const activityPage = z.object({ items: z.array(activitySchema) })
const activity = async (query = '') =>
  (await ana.ask(activityPage, 'GET', `/activity?workspaceId=${party}&limit=200${query}`)).items
const headSeq = async (): Promise<number> => (await activity())[0]?.seq ?? 0
const restore = (body: object): Promise<Restored> =>
  ana.ask(restoredSchema, 'POST', `/workspaces/${party}/restore`, body)
const make = async (path: string, body: object): Promise<string> =>
  (await ana.ask(anyRecordSchema, 'POST', path, { workspaceId: party, ...body })).id

const lists = ['quests', 'quests?trashed=true', 'projects', 'projects?trashed=true', 'sections', 'tags', 'categories']
const othersLists = ['relations', 'completions', 'templates']

/** All that REST shows of the party. */
async function everything(): Promise<Readonly<Record<string, unknown>>> {
  const shown: Record<string, unknown> = {}
  for (const list of [...lists, ...othersLists]) {
    const page = await ana.call('GET', `/${list}${list.includes('?') ? '&' : '?'}workspaceId=${party}&limit=200`)
    shown[list] = JSON.parse(await page.text())
  }
  return shown
}

/** A party with a little of everything in it. */
async function fill() {
  const project = await make('/projects', { name: 'Home' })
  const section = await make('/sections', { projectId: project, name: 'Later' })
  const tag = await make('/tags', { name: 'deep' })
  const category = await make('/categories', { name: 'Craft' })
  const title = 'Slay the dragon'
  const notes = 'The dragon lives north of the river, in a cave that nobody has left.'
  const dragon = await make('/quests', { title, notes, projectId: project, sectionId: section, tags: [tag] })
  const sword = await make('/quests', { title: 'Sharpen the sword', parentId: dragon, categoryId: category })
  const horse = await make('/quests', {
    title: 'Feed the horse',
    recurrence: { rrule: 'FREQ=DAILY' },
    due: { d: '2027-01-01' },
  })
  const relation = await make('/relations', { kind: 'blocks', from: horse, to: dragon })
  await ana.call('POST', `/quests/${sword}/complete`)
  await ana.call('POST', `/quests/${horse}/complete`)
  const template = await make('/templates', { questId: dragon, name: 'Slaying' })
  return { project, section, tag, category, dragon, sword, horse, relation, template }
}

/** Appends to the party's log what somebody writes on its document, past everything that judges it. */
async function writePast(userId: string, write: (doc: Y.Doc) => void): Promise<void> {
  const document = `w:${party}:1`
  const log = createPostgresLog(server.database.pool)
  const { snapshot, tail } = await log.load(document)
  const doc = new Y.Doc()
  if (snapshot !== null) Y.applyUpdate(doc, snapshot)
  for (const { bytes } of tail) Y.applyUpdate(doc, bytes)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  doc.transact(() => write(doc))
  await log.commitBatch(updates.map((bytes) => ({ document, bytes, userId, clientId: null, claims: [] })))
}

const tables = ['quests', 'projects', 'sections', 'tags', 'categories', 'relations', 'completions', 'templates']

/** Removes everything in the document by a delete set alone. */
function deleteEverything(doc: Y.Doc): void {
  for (const table of tables) doc.getArray(table).delete(0, doc.getArray(table).length)
  for (const name of [...doc.share.keys()]) {
    if (name.startsWith('note:')) doc.getText(name).delete(0, doc.getText(name).length)
  }
}

test('what a delete set removes past every command is told with its name and who did it', async () => {
  const { dragon, project } = await fill()
  const before = await headSeq()
  await writePast(ben.id, deleteEverything)
  const removed = await activity('&removed=true')
  expect(new Set(removed.map(({ seq, userId, change }) => `${seq} ${userId} ${change}`))).toEqual(
    new Set([`${before + 1} ${ben.id} removed`]),
  )
  expect(removed.every(({ field }) => field === null)).toBe(true)
  const kinds = removed.map(({ kind }) => kind)
  expect([...new Set(kinds)].sort()).toEqual([...tables].sort())
  expect(removed).toContainEqual(
    expect.objectContaining({
      kind: 'quests',
      recordId: dragon,
      before: expect.objectContaining({ title: 'Slay the dragon' }),
    }),
  )
  expect(removed).toContainEqual(
    expect.objectContaining({ kind: 'projects', recordId: project, before: expect.objectContaining({ name: 'Home' }) }),
  )
})

test('what clears fields, empties notes or goes to the Trash is told as removed; what comes back or changes is not', async () => {
  const { dragon, sword, horse, tag } = await fill()
  await writePast(ben.id, (doc) => doc.getArray('quests').push([[sword, Date.now() * 1024 * 2, { title: null }]]))
  await ben.call('PATCH', `/quests/${dragon}`, { notes: '' })
  await ben.call('PATCH', `/quests/${dragon}`, { priority: 1 })
  await ben.call('DELETE', `/quests/${horse}`)
  await ben.call('POST', `/quests/${horse}/restore`)
  await ben.call('DELETE', `/tags/${tag}`)
  const removed = await activity('&removed=true')
  expect(
    removed.map(({ kind, recordId, field, before, after }) => [
      kind,
      recordId,
      field,
      field === null ? null : [before, after],
    ]),
  ).toEqual([
    ['tags', tag, null, null],
    ['quests', horse, 'deletedAt', [null, expect.any(Number)]],
    ['quests', dragon, 'notes', [68, 0]],
    ['quests', sword, null, null],
  ])
  expect(removed.every(({ userId }) => userId === ben.id)).toBe(true)
})

test('[R50] a workspace whose everything was deleted comes back whole, and goes again when that is undone', async () => {
  await fill()
  const moment = await headSeq()
  const before = await everything()
  await writePast(ben.id, deleteEverything)
  const emptied = await everything()

  const foretold = await restore({ at: moment, dryRun: true })
  expect(await everything()).toEqual(emptied)
  const restored = await restore({ at: moment })
  expect(restored).toEqual({ ...foretold, seq: foretold.seq + 1, dryRun: false })
  expect(restored).toMatchObject({
    before: moment + 1,
    moment: { seq: moment },
    tables: {
      quests: { returned: 3 },
      completions: { returned: 2 },
      relations: { returned: 1 },
      tags: { returned: 1 },
    },
  })
  expect(await everything()).toEqual(before)
  expect((await activity())[0]).toMatchObject({
    userId: ana.id,
    kind: 'workspace',
    recordId: party,
    seq: restored.seq,
    after: { seq: moment, records: null, tables: { quests: { returned: 3 } } },
  })

  const undone = await restore({ at: restored.before })
  expect(undone.tables.quests).toEqual({ returned: 0, changed: 0, trashed: 0, removed: 3 })
  expect(await everything()).toEqual(emptied)
  await restore({ at: undone.before })
  expect(await everything()).toEqual(before)
})

test('[R50] a workspace is put back: what changed as it was, what was made since in the Trash or undone, and all of it again', async () => {
  const { dragon, sword, horse, tag, project, relation } = await fill()
  const moment = await headSeq()
  const before = await everything()
  await ben.call('PATCH', `/quests/${dragon}`, {
    title: 'Tame the dragon',
    notes: 'It is friendly.',
    tags: [],
    priority: 1,
  })
  await ben.call('POST', `/quests/${sword}/reopen`)
  await ben.call('POST', `/quests/${dragon}/complete`)
  await make('/relations', { kind: 'relates', from: dragon, to: sword })
  await ben.call('DELETE', `/tags/${tag}`)
  await ben.call('DELETE', `/projects/${project}`)
  await ben.call('DELETE', `/relations/${relation}`)
  await ben.call('DELETE', `/quests/${horse}`)
  await ben.call('POST', `/quests/${horse}/purge`)
  const later = await make('/quests', { title: 'Made later', notes: 'Kept' })
  const laterTag = await make('/tags', { name: 'later' })
  const changed = await everything()

  const restored = await restore({ at: moment })
  expect(restored.tables).toMatchObject({
    quests: { returned: 1, trashed: 1 },
    notes: { changed: 1 },
    relations: { returned: 1, removed: 1 },
    tags: { returned: 1 },
  })
  const after = await everything()
  const ids = (list: unknown) =>
    z
      .object({ items: z.array(z.object({ id: z.string() })) })
      .parse(list)
      .items.map(({ id }) => id)
  for (const list of ['quests', 'projects', 'sections', 'categories', 'relations', 'templates']) {
    expect(after[list], list).toEqual(before[list])
  }
  expect(ids(after['quests?trashed=true'])).toEqual([later])
  expect(ids(after.tags)).toEqual(expect.arrayContaining([tag, laterTag]))
  expect((await ana.quest(later)).notes).toBe('Kept')

  expect((await restore({ at: moment })).seq).toBe(restored.seq)
  await restore({ at: restored.before })
  expect(await everything()).toEqual(changed)
})

test('[R50] a quest that was deleted for good comes back with what belongs to it, and nothing else changes', async () => {
  const { dragon, sword, horse, relation } = await fill()
  const moment = await headSeq()
  const before = await everything()
  await ben.call('PATCH', `/quests/${horse}`, { title: 'Sell the horse' })
  for (const id of [dragon, sword]) {
    await ben.call('DELETE', `/quests/${id}`)
    await ben.call('POST', `/quests/${id}/purge`)
  }
  const purged = await everything()
  const records = [{ table: 'quests', id: dragon }]
  const restored = await restore({ at: moment, records })
  expect(restored.tables).toEqual({
    quests: { returned: 2, changed: 0, trashed: 0, removed: 0 },
    relations: { returned: 1, changed: 0, trashed: 0, removed: 0 },
  })
  const after = await everything()
  expect(after.relations).toEqual(before.relations)
  expect(after.completions).toEqual(before.completions)
  expect((await ana.quest(dragon)).notes).toMatch(/^The dragon lives north/)
  expect((await ana.quest(sword)).parentId).toBe(dragon)
  expect((await ana.quest(horse)).title).toBe('Sell the horse')
  expect(relation).toContain('blocks')

  await restore({ at: restored.before, records })
  expect(await everything()).toEqual(purged)
})

test('a tag, a section and a category go back on the quests that had them; notes come back alone', async () => {
  const { dragon, sword, tag, section, category } = await fill()
  const moment = await headSeq()
  for (const [path, id] of Object.entries({ tags: tag, sections: section, categories: category })) {
    await ben.call('DELETE', `/${path}/${id}`)
  }
  await ben.call('PATCH', `/quests/${dragon}`, { title: 'Tame the dragon', notes: '' })
  const before = await everything()
  const records = [
    { table: 'tags', id: tag },
    { table: 'sections', id: section },
    { table: 'categories', id: category },
    { table: 'notes', id: dragon },
  ]
  const restored = await restore({ at: moment, records })
  expect(await ana.quest(dragon)).toMatchObject({
    title: 'Tame the dragon',
    notes: expect.stringMatching(/^The dragon lives/),
    tags: [tag],
    sectionId: section,
  })
  expect(await ana.quest(sword)).toMatchObject({ categoryId: category })
  await restore({ at: restored.before, records })
  expect({ ...(await everything()) }).toMatchObject({
    tags: before.tags,
    sections: before.sections,
    categories: before.categories,
  })
  expect(await ana.quest(dragon)).toMatchObject({ tags: [], sectionId: null })
})

test('a project comes back with its sections and those of its quests that are gone', async () => {
  const { project, section, dragon, sword } = await fill()
  const moment = await headSeq()
  await writePast(ben.id, (doc) => {
    for (const table of ['projects', 'sections', 'quests']) doc.getArray(table).delete(0, doc.getArray(table).length)
  })
  const { tables: counts } = await restore({ at: moment, records: [{ table: 'projects', id: project }] })
  expect(Object.fromEntries(Object.entries(counts).map(([table, { returned }]) => [table, returned]))).toEqual({
    projects: 1,
    sections: 1,
    quests: 2,
  })
  expect(await ana.quest(dragon)).toMatchObject({ projectId: project, sectionId: section })
  expect(await ana.quest(sword)).toMatchObject({ parentId: dragon })
})

test('a moment is named by its time too, and is refused when it is ahead or before everything', async () => {
  await fill()
  const [last] = await activity()
  await writePast(ben.id, deleteEverything)
  expect((await restore({ at: last?.at, dryRun: true })).moment).toEqual({ seq: last?.seq, at: last?.at })
  expect(await ana.refusal('POST', `/workspaces/${party}/restore`, { at: '2020-01-01T00:00:00.000Z' })).toEqual({
    code: 'moment-gone',
  })
  expect(await ana.refusal('POST', `/workspaces/${party}/restore`, { at: (last?.seq ?? 0) + 50 })).toMatchObject({
    code: 'invalid-request',
    errors: [{ path: 'at' }],
  })
  const records = [{ table: 'quests', id: 'never-there' }]
  expect(await ana.refusal('POST', `/workspaces/${party}/restore`, { at: last?.seq, records })).toMatchObject({
    code: 'invalid-request',
    errors: [{ path: 'records.0' }],
  })
})

test('a restore that is sent again with its idempotency key is done once', async () => {
  await fill()
  const moment = await headSeq()
  await writePast(ben.id, deleteEverything)
  const send = () => ana.call('POST', `/workspaces/${party}/restore`, { at: moment }, { 'idempotency-key': party })
  const [first, again] = [await send(), await send()]
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  expect(await again.json()).toEqual(await first.json())
  expect(await headSeq()).toBe(moment + 2)
})

test('a member cannot put anything back', async () => {
  expect(await ben.refusal('POST', `/workspaces/${party}/restore`, { at: 0 })).toEqual({ code: 'forbidden' })
})
