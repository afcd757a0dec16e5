import { type QuestId, storedId } from '@questlog/shared/domain/kernel/ids'
import { ok } from '@questlog/shared/domain/kernel/result'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createPostgresLog } from '../log/postgres-log.ts'
import { useStore } from './testing/use-store.ts'
import type { Draft } from './workspace-store.ts'

const { database, server } = useStore()
let workspaceId: string

beforeEach(async () => {
  workspaceId = await database.newWorkspace()
})

const q1 = storedId<QuestId>('q1')

async function write(userId: string, run: (draft: Draft) => void): Promise<void> {
  await server.store.write({
    workspaceIds: [workspaceId],
    userId,
    run(drafts) {
      run(drafts.get(workspaceId))
      return ok(null)
    },
  })
}

async function activity() {
  const { rows } = await database.pool.query(
    `select seq::int, user_id, change, kind, record_id, quest_id, field, before, after from activity
      where workspace_id = $1 order by seq, n`,
    [workspaceId],
  )
  return rows
}

/** Appends edits to the log as devices do, at times of their own. */
async function appendNoteEdits(edits: readonly { readonly userId: string; readonly at: string }[]): Promise<void> {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const [n] of edits.entries()) doc.getText('note:q1').insert(0, `edit ${n} `)
  const document = `w:${workspaceId}:1`
  for (const [n, { userId, at }] of edits.entries()) {
    const bytes = updates[n] ?? new Uint8Array()
    await createPostgresLog(database.pool).commitBatch([{ document, bytes, userId, clientId: null, claims: [] }])
    await database.pool.query(
      'update doc_updates set at = $2 where doc = $1 and seq = (select seq from doc_heads where doc = $1)',
      [document, at],
    )
  }
}

test('activity says who changed which field of what, from what to what, and when', async () => {
  await write('ann', (draft) => draft.dispatch({ kind: 'createQuest', id: q1, title: 'One' }))
  const device = await server.sync.device(`w:${workspaceId}:1`).sync('ben')
  const document = openQuestDocument(device.doc, { now: Date.now })
  document.write([{ table: 'quests', id: 'q1', patch: { title: 'Two', 'tags/home': true } }])
  await device.until(() => device.statuses.length === 2)
  await write('ann', (draft) => draft.dispatch({ kind: 'completeQuest', id: q1 }))
  await write('ann', (draft) => draft.dispatch({ kind: 'trashQuests', ids: [q1] }))
  await write('ann', (draft) => draft.dispatch({ kind: 'purgeQuests', ids: [q1] }))

  const about = { kind: 'quests', record_id: 'q1', quest_id: 'q1' }
  const changed = { ...about, seq: 2, user_id: 'ben', change: 'changed' }
  const rows = await activity()
  expect(rows.filter((row) => row.seq < 3)).toEqual([
    {
      ...about,
      seq: 1,
      user_id: 'ann',
      change: 'created',
      field: null,
      before: null,
      after: expect.objectContaining({ title: 'One', createdBy: 'ann' }),
    },
    { ...changed, field: 'tags/home', before: null, after: true },
    { ...changed, field: 'title', before: 'One', after: 'Two' },
  ])
  expect(rows.find((row) => row.seq === 3)).toMatchObject({
    user_id: 'ann',
    change: 'created',
    kind: 'completions',
    record_id: 'q1:once',
    quest_id: 'q1',
  })
  expect(rows.find((row) => row.seq === 5 && row.kind === 'quests')).toMatchObject({
    change: 'removed',
    before: expect.objectContaining({ title: 'Two' }),
    after: null,
  })
  const { rows: times } = await database.pool.query(
    `select bool_and(date_trunc('milliseconds', u.at) = a.at) as same from activity a
      join doc_updates u on u.doc = $1 and u.seq = a.seq`,
    [`w:${workspaceId}:1`],
  )
  expect(times).toEqual([{ same: true }])
})

test('of edits to a note there is one entry for each person within five minutes, without the text', async () => {
  await appendNoteEdits([
    { userId: 'ann', at: '2026-01-01T10:00:00Z' },
    { userId: 'ann', at: '2026-01-01T10:04:59Z' },
    { userId: 'ben', at: '2026-01-01T10:04:59Z' },
  ])
  await server.store.catchUp([workspaceId])
  await appendNoteEdits([
    { userId: 'ben', at: '2026-01-01T10:06:00Z' },
    { userId: 'ann', at: '2026-01-01T10:06:00Z' },
  ])
  await server.store.catchUp([workspaceId])
  const about = { change: 'changed', kind: 'quests', record_id: 'q1', quest_id: 'q1', field: 'notes' }
  const told = [
    { ...about, seq: 1, user_id: 'ann', before: null, after: null },
    { ...about, seq: 3, user_id: 'ben', before: null, after: null },
    { ...about, seq: 5, user_id: 'ann', before: null, after: null },
  ]
  expect(await activity()).toEqual(told)
  await server.store.rebuild(workspaceId)
  expect(await activity()).toEqual(told)
})
