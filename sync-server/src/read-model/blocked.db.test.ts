import { openQuestDocument, type QuestDocument } from '@questlog/shared/store/quest-document'
import { beforeEach, expect, test } from 'vitest'
import { useStore } from './testing/use-store.ts'

const { database, server } = useStore()
let workspaceId: string
let document: QuestDocument
let acknowledged: () => Promise<void>

beforeEach(async () => {
  workspaceId = await database.newWorkspace()
  const device = await server.sync.device(`w:${workspaceId}:1`).sync('ann')
  document = openQuestDocument(device.doc, { now: Date.now })
  let sent = 0
  device.doc.on('update', (_update: Uint8Array, origin: unknown) => {
    if (origin !== device) sent += 1
  })
  acknowledged = () => device.until(() => device.statuses.length === 1 + sent)
  for (const id of ['a', 'b', 'c']) document.write([{ table: 'quests', id, patch: { title: id, createdAt: 1 } }])
})

function relate(from: string, to: string, createdAt: number): void {
  const patch = { kind: 'blocks', from, to, createdAt }
  document.write([{ table: 'relations', id: `blocks.${from}.${to}`, patch }])
}

async function blocked(): Promise<string> {
  await acknowledged()
  await server.store.catchUp([workspaceId])
  const { rows } = await database.pool.query<{ id: string }>(
    `select id from quests where blocked and (record->>'blocked')::boolean order by id`,
  )
  return rows.map((row) => row.id).join('')
}

test('a quest is blocked while one that blocks it is there, open and outside the Trash', async () => {
  relate('a', 'b', 1)
  const seen = [await blocked()]
  const changes = [{ status: 'cancelled' }, { status: 'open' }, { deletedAt: 5 }, { deletedAt: null }, { title: null }]
  for (const patch of changes) {
    document.write([{ table: 'quests', id: 'a', patch }])
    seen.push(await blocked())
  }
  expect(seen).toEqual(['b', '', 'b', '', 'b', ''])
})

test('completing what blocks a quest frees it, and reopening blocks it again', async () => {
  relate('a', 'b', 1)
  const completion = { questId: 'a', occurrence: 'once', at: 1, day: '2026-01-01', voided: null }
  document.write([{ table: 'completions', id: 'a:once', patch: completion }])
  const seen = [await blocked()]
  document.write([{ table: 'completions', id: 'a:once', patch: { voided: 2 } }])
  expect([...seen, await blocked()]).toEqual(['', 'b'])
})

test('when a relation of a circle goes, the one that was ignored for it counts', async () => {
  relate('a', 'b', 1)
  relate('b', 'c', 2)
  relate('c', 'a', 3)
  const seen = [await blocked()]
  document.write([{ table: 'relations', id: 'blocks.a.b', patch: { kind: null } }])
  expect([...seen, await blocked()]).toEqual(['bc', 'ac'])
})
