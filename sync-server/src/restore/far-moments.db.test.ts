import { restoredSchema } from '@questlog/shared/protocol/restore'
import { rebaseDocument } from '@questlog/shared/store/compact'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type Person, registerPerson } from '../records/testing/person.ts'
import { createPostgresLog } from '../sync/log/postgres-log.ts'
import { startTestServer, type TestServer } from '../testing/server.ts'

const DAY_MS = 24 * 60 * 60 * 1000

let server: TestServer
let ana: Person
let party: string
beforeAll(async () => {
  server = await startTestServer()
  ana = await registerPerson(server)
})
afterAll(() => server.stop())
beforeEach(async () => {
  party = await ana.makeParty()
})

const restore = (body: object) => ana.ask(restoredSchema, 'POST', `/workspaces/${party}/restore`, body)
const titles = () => ana.titles(`workspaceId=${party}`)
const log = () => createPostgresLog(server.database.pool)

async function load(epoch = 1): Promise<Y.Doc> {
  const { snapshot, tail } = await log().load(`w:${party}:${epoch}`)
  const doc = new Y.Doc()
  if (snapshot !== null) Y.applyUpdate(doc, snapshot)
  for (const { bytes } of tail) Y.applyUpdate(doc, bytes)
  return doc
}

async function append(epoch: number, bytes: Uint8Array): Promise<void> {
  await log().commitBatch([{ document: `w:${party}:${epoch}`, bytes, userId: ana.id, clientId: null, claims: [] }])
}

/** Makes everything in the party older by so many days. */
async function age(days: number): Promise<void> {
  for (const table of ['doc_updates', 'doc_snapshots']) {
    await server.database.pool.query(`update ${table} set at = at - $2 * interval '1 day' where doc like $1`, [
      `w:${party}:%`,
      days,
    ])
  }
}

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString()

test('a moment of an earlier epoch is found by its place and by its time, and put back to', async () => {
  await ana.makeQuest({ workspaceId: party, title: 'Old' })
  await age(3)
  await ana.makeQuest({ workspaceId: party, title: 'Older epoch' })
  await append(2, Y.encodeStateAsUpdate(rebaseDocument(await load())))
  const doc = await load(2)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  doc.getArray('quests').delete(0, doc.getArray('quests').length)
  for (const bytes of updates) await append(2, bytes)
  expect(await titles()).toEqual([])

  expect((await restore({ at: daysAgo(2), dryRun: true })).tables.quests).toMatchObject({ returned: 1 })
  const end = await restore({ at: 2 })
  expect([end.before, end.moment.seq]).toEqual([4, 2])
  expect(await titles()).toEqual(['Old', 'Older epoch'])
  await restore({ at: 1 })
  expect(await titles()).toEqual(['Old'])
  await restore({ at: end.before })
  expect(await titles()).toEqual([])
})

test('a time within the kept days at which nothing was kept of the log is that where the log begins', async () => {
  for (const title of ['Kept', 'Kept too']) await ana.makeQuest({ workspaceId: party, title })
  const { head } = await log().load(`w:${party}:1`)
  await log().putSnapshot(`w:${party}:1`, head, Y.encodeStateAsUpdate(await load()))
  await log().adoptSnapshot(`w:${party}:1`, 0, head)
  await age(40)
  await log().trim(`w:${party}:1`, head, 30 * DAY_MS)
  await ana.makeQuest({ workspaceId: party, title: 'New' })
  expect(await restore({ at: daysAgo(20) })).toMatchObject({
    moment: { seq: 2, at: null },
    tables: { quests: { trashed: 1 } },
  })
  expect(await titles()).toEqual(['Kept', 'Kept too'])
  expect(await ana.refusal('POST', `/workspaces/${party}/restore`, { at: daysAgo(35) })).toEqual({
    code: 'moment-gone',
  })
  expect(await ana.refusal('POST', `/workspaces/${party}/restore`, { at: 1 })).toEqual({ code: 'moment-gone' })
})

test('records that no list shows, unknown fields and what was left of a record come back as they were', async () => {
  const writeNow = async (write: (document: ReturnType<typeof openQuestDocument>) => void) => {
    const doc = await load()
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    write(openQuestDocument(doc, { now: Date.now }))
    for (const bytes of updates) await append(1, bytes)
  }
  await ana.makeQuest({ workspaceId: party, id: 'quest-1', title: 'Known' })
  await writeNow((document) =>
    document.write([
      { table: 'quests', id: 'quest-1', patch: { 'laterVersion/x': { deep: [1, 2] } } },
      { table: 'views', id: 'view-1', patch: { name: 'Mine', filter: { tag: 'x' } } },
      { table: 'settings', id: 'settings', patch: { dayStart: 4 } },
    ]),
  )
  await ana.call('DELETE', '/quests/quest-1')
  const moment = Number((await log().load(`w:${party}:1`)).head)
  await ana.call('POST', '/quests/quest-1/purge')
  await writeNow((document) => {
    // A late edit from elsewhere leaves a fragment, which must not show in the record that comes back.
    document.write([
      { table: 'quests', id: 'quest-1', patch: { priority: 1 } },
      { table: 'views', id: 'view-1', patch: { name: null, filter: null } },
      { table: 'settings', id: 'settings', patch: { dayStart: 5, added: true } },
    ])
  })
  await restore({ at: moment })
  const document = openQuestDocument(await load(), { now: Date.now })
  expect(document.record('quests', 'quest-1')).toMatchObject({ title: 'Known', 'laterVersion/x': { deep: [1, 2] } })
  expect(document.record('quests', 'quest-1')).not.toHaveProperty('priority', 1)
  expect(document.record('views', 'view-1')).toEqual({ name: 'Mine', filter: { tag: 'x' } })
  expect(document.record('settings', 'settings')).toEqual({ dayStart: 4 })
})

test('of a log with a row that cannot be read, only the moments from it to the next snapshot are gone', async () => {
  for (const title of ['First', 'Damaged', 'Third']) await ana.makeQuest({ workspaceId: party, title })
  const all = await load()
  await log().putSnapshot(`w:${party}:1`, 3, Y.encodeStateAsUpdate(all))
  await log().adoptSnapshot(`w:${party}:1`, 0, 3)
  await server.database.pool.query(`update doc_updates set bytes = bytes || '\\x00' where doc = $1 and seq = 2`, [
    `w:${party}:1`,
  ])
  expect((await restore({ at: 1, dryRun: true })).tables.quests).toMatchObject({ trashed: 2 })
  expect(await ana.refusal('POST', `/workspaces/${party}/restore`, { at: 2 })).toEqual({ code: 'moment-gone' })
  expect((await restore({ at: 3, dryRun: true })).tables).toEqual({})
  expect(await titles()).toEqual(['First', 'Damaged', 'Third'])
})
