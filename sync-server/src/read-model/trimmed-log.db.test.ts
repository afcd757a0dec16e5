import { newId, type QuestId, storedId } from '@questlog/shared/domain/kernel/ids'
import { rebaseDocument } from '@questlog/shared/store/compact'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { pino } from 'pino'
import { beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createPostgresLog } from '../log/postgres-log.ts'
import { createCompactor } from '../sync/compaction/compactor.ts'
import { defaultSyncLimits } from '../sync/limits/sync-limits.ts'
import { useStore } from './testing/use-store.ts'

const COMPACT_AFTER = 10

const { database, server } = useStore({ limits: { compactAfterUpdates: COMPACT_AFTER, keepLogMs: -60_000 } })
let workspaceId: string

beforeEach(async () => {
  workspaceId = await database.newWorkspace()
})

const documentName = () => `w:${workspaceId}:1`

async function create(count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const id = newId<QuestId>()
    await server.store.write({
      workspaceIds: [workspaceId],
      userId: 'ann',
      run: (drafts) => drafts.get(workspaceId).dispatch({ kind: 'createQuest', id, title: `Quest ${n}` }),
    })
  }
}

async function count(table: string, where = 'true'): Promise<number> {
  const text = `select count(*)::int as n from ${table} where ${where}`
  return (await database.pool.query(text)).rows[0].n
}

/** Compacts and trims at once, telling nobody. */
async function trim(): Promise<void> {
  const limits = { ...defaultSyncLimits, compactAfterUpdates: 1, keepLogMs: -60_000 }
  const log = createPostgresLog(database.pool)
  const logger = pino({ level: 'silent' })
  const compactor = createCompactor({ log, examine: async () => false, limits, logger, faultPoint: () => undefined })
  compactor.compact(documentName())
  while (compactor.compactions === 0) await new Promise((resolve) => setImmediate(resolve))
  await compactor.drain()
}

test('before a log is trimmed its edits are in the rows, although nobody reads', async () => {
  const device = await server.sync.device(documentName()).sync('ann')
  const document = openQuestDocument(device.doc, { now: Date.now })
  for (let n = 0; n < COMPACT_AFTER; n++) {
    document.write([{ table: 'quests', id: `q${n}`, patch: { title: `Quest ${n}`, createdAt: 1 } }])
  }
  await device.until(() => device.statuses.length === 1 + COMPACT_AFTER)
  while (server.sync.sync.stats().compactions === 0) await new Promise((resolve) => setImmediate(resolve))
  expect([await count('doc_updates'), await count('quests'), await count('activity')]).toEqual([0, 10, 10])
})

test('a log that only this server writes to is compacted too', async () => {
  await create(COMPACT_AFTER)
  while (server.sync.sync.stats().compactions === 0) await new Promise((resolve) => setImmediate(resolve))
  expect(await count('doc_updates')).toBe(0)
  await create(1)
  expect(await count('quests')).toBe(COMPACT_AFTER + 1)
})

test('rows rebuilt from a trimmed log are the same, and the activity from before it stays', async () => {
  await create(5)
  await trim()
  await create(2)
  const rows = 'select id, record from quests order by id'
  const before = (await database.pool.query(rows)).rows
  await server.store.rebuild(workspaceId)
  expect((await database.pool.query(rows)).rows).toEqual(before)
  expect([await count('quests'), await count('activity')]).toEqual([7, 7])
})

test('rows that a trimmed log has left behind are rebuilt, with the activity it still has', async () => {
  await create(3)
  await server.store.close()
  const device = await server.sync.device(documentName()).sync('ann')
  const document = openQuestDocument(device.doc, { now: Date.now })
  const write = (id: string) => document.write([{ table: 'quests', id, patch: { title: id, createdAt: 1 } }])
  write('trimmed')
  await device.until(() => device.statuses.length === 2)
  await trim()
  write('kept')
  await device.until(() => device.statuses.length === 3)
  expect(await count('doc_updates')).toBe(1)
  await server.store.catchUp([workspaceId])
  expect([await count('quests'), await count('activity'), await count('activity', `record_id = 'kept'`)]).toEqual([
    5, 4, 1,
  ])
})

test('rows of an older version are rebuilt', async () => {
  await create(2)
  await database.pool.query(`update quests set record = '{}'`)
  await database.pool.query('update read_cursors set version = 0')
  await server.store.catchUp([workspaceId])
  expect(await count('quests', `record->>'title' like 'Quest %'`)).toBe(2)
})

test('a new epoch carries the rows over, keeps the activity and counts on', async () => {
  await create(3)
  const device = await server.sync.device(documentName()).sync('ben')
  const document = openQuestDocument(device.doc, { now: Date.now })
  document.write([{ table: 'quests', id: 'late', patch: { title: 'Late', createdAt: 1 } }])
  await device.until(() => device.statuses.length === 2)
  const log = createPostgresLog(database.pool)
  const fresh = Y.encodeStateAsUpdate(rebaseDocument(device.doc))
  const next = `w:${workspaceId}:2`
  await log.commitBatch([{ document: next, bytes: fresh, userId: 'system', clientId: null, claims: [] }])

  await create(1)
  const { rows } = await database.pool.query('select max(seq)::int as seq from quests')
  expect([await count('quests'), await count('activity'), rows[0].seq]).toEqual([5, 5, 6])
  expect((await log.heads([next, documentName()])).get(next)).toBe(2)
  const seqs = 'select id, seq from quests order by id'
  const before = (await database.pool.query(seqs)).rows
  await server.store.rebuild(workspaceId)
  expect((await database.pool.query(seqs)).rows).toEqual(before)
  expect(await count('activity', `record_id = '${storedId('late')}'`)).toBe(1)
})
