import { rebaseDocument } from '@questlog/shared/store/compact'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { loggedDocument } from '../sync/testing/logged-document.ts'
import { useParty } from './testing/use-party.ts'

const DAY_MS = 24 * 60 * 60 * 1000

const party = useParty()
const { document, log, restore } = party
const titles = () => party.ana.titles(`workspaceId=${party.id}`)
const load = (epoch?: number) => loggedDocument(log(), document(epoch))

/** Makes everything in the party older by so many days. */
async function age(days: number): Promise<void> {
  for (const table of ['doc_updates', 'doc_snapshots']) {
    await party.server.database.pool.query(`update ${table} set at = at - $2 * interval '1 day' where doc like $1`, [
      `w:${party.id}:%`,
      days,
    ])
  }
}

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString()

test('a workspace is put back to a moment of an earlier epoch, found by its place or by its time', async () => {
  await party.ana.makeQuest({ workspaceId: party.id, title: 'Old' })
  await age(3)
  await party.ana.makeQuest({ workspaceId: party.id, title: 'Older epoch' })
  const rebased = Y.encodeStateAsUpdate(rebaseDocument(await load()))
  await party.writePast(party.ana.id, (doc) => Y.applyUpdate(doc, rebased), 2)
  await party.writePast(party.ana.id, (doc) => doc.getArray('quests').delete(0, doc.getArray('quests').length), 2)
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

test('a time within the kept days, but before the log begins, means where it begins', async () => {
  for (const title of ['Kept', 'Kept too']) await party.ana.makeQuest({ workspaceId: party.id, title })
  const { head } = await log().load(document())
  await log().putSnapshot(document(), head, Y.encodeStateAsUpdate(await load()))
  await log().adoptSnapshot(document(), 0, head)
  await age(40)
  await log().trim(document(), head, 30 * DAY_MS)
  await party.ana.makeQuest({ workspaceId: party.id, title: 'New' })
  expect(await restore({ at: daysAgo(20) })).toMatchObject({
    moment: { seq: 2, at: null },
    tables: { quests: { trashed: 1 } },
  })
  expect(await titles()).toEqual(['Kept', 'Kept too'])
  expect(await party.refusal({ at: daysAgo(35) })).toEqual({
    code: 'moment-gone',
  })
  expect(await party.refusal({ at: 1 })).toEqual({ code: 'moment-gone' })
})

test('records that no list shows, unknown fields and what was left of a record come back as they were', async () => {
  const writeNow = (write: (quests: ReturnType<typeof openQuestDocument>) => void) =>
    party.writePast(party.ana.id, (doc) => write(openQuestDocument(doc, { now: Date.now })))
  await party.ana.makeQuest({ workspaceId: party.id, id: 'quest-1', title: 'Known' })
  await writeNow((quests) =>
    quests.write([
      { table: 'quests', id: 'quest-1', patch: { 'laterVersion/x': { deep: [1, 2] } } },
      { table: 'views', id: 'view-1', patch: { name: 'Mine', filter: { tag: 'x' } } },
      { table: 'settings', id: 'settings', patch: { dayStart: 4 } },
    ]),
  )
  await party.ana.call('DELETE', '/quests/quest-1')
  const moment = Number((await log().load(document())).head)
  await party.ana.call('POST', '/quests/quest-1/purge')
  await writeNow((quests) => {
    // A late edit from elsewhere leaves a fragment, which must not show up in the record that comes back.
    quests.write([
      { table: 'quests', id: 'quest-1', patch: { priority: 1 } },
      { table: 'views', id: 'view-1', patch: { name: null, filter: null } },
      { table: 'settings', id: 'settings', patch: { dayStart: 5, added: true } },
    ])
  })
  await restore({ at: moment })
  const quests = openQuestDocument(await load(), { now: Date.now })
  expect(quests.record('quests', 'quest-1')).toMatchObject({ title: 'Known', 'laterVersion/x': { deep: [1, 2] } })
  expect(quests.record('quests', 'quest-1')).not.toHaveProperty('priority', 1)
  expect(quests.record('views', 'view-1')).toEqual({ name: 'Mine', filter: { tag: 'x' } })
  expect(quests.record('settings', 'settings')).toEqual({ dayStart: 4 })
})

test('of a log with a row that cannot be read, only the moments from it to the next snapshot are gone', async () => {
  for (const title of ['First', 'Damaged', 'Third']) await party.ana.makeQuest({ workspaceId: party.id, title })
  const all = await load()
  await log().putSnapshot(document(), 3, Y.encodeStateAsUpdate(all))
  await log().adoptSnapshot(document(), 0, 3)
  await party.server.database.pool.query(`update doc_updates set bytes = bytes || '\\x00' where doc = $1 and seq = 2`, [
    document(),
  ])
  expect((await restore({ at: 1, dryRun: true })).tables.quests).toMatchObject({ trashed: 2 })
  expect(await party.refusal({ at: 2 })).toEqual({ code: 'moment-gone' })
  expect((await restore({ at: 3, dryRun: true })).tables).toEqual({})
  expect(await titles()).toEqual(['First', 'Damaged', 'Third'])
})
