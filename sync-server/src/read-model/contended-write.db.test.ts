import { newId, storedId } from '@questlog/shared/domain/kernel/ids'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { beforeEach, expect, test } from 'vitest'
import { createPostgresLog } from '../log/postgres-log.ts'
import type { Device } from '../sync/testing/device.ts'
import { updateOf } from '../sync/testing/entries.ts'
import { useStore } from './testing/use-store.ts'

const { database, server } = useStore()
let workspaceId: string

beforeEach(async () => {
  workspaceId = await database.newWorkspace()
})

const documentName = () => `w:${workspaceId}:1`

async function seqs(): Promise<readonly number[]> {
  const { rows } = await database.pool.query('select seq from doc_updates where doc = $1 order by seq', [
    documentName(),
  ])
  return rows.map(({ seq }) => Number(seq))
}

/** Resolves when a statement of this database waits for a lock. */
async function somebodyWaits(): Promise<void> {
  const waiting = `select 1 from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()`
  while ((await database.pool.query(waiting)).rows.length === 0) await new Promise((resolve) => setImmediate(resolve))
}

test('a write gets through although somebody appends whenever it has decided', async () => {
  const log = createPostgresLog(database.pool)
  const appends: Promise<unknown>[] = []
  const append = (n: number) => {
    const bytes = updateOf((doc) => doc.getArray('quests').push([[`q${n}`, n, { title: 'x', createdAt: n }]]), n)
    const appending = log.commitBatch([{ document: documentName(), bytes, userId: 'ann', clientId: n, claims: [n] }])
    appends.push(appending)
    return appending
  }
  await append(1)
  let decided = 0
  const written = await server.store.write({
    workspaceIds: [workspaceId],
    userId: database.userId,
    async run(drafts) {
      decided += 1
      // Either it is in the log before this write, or it waits for it.
      await Promise.race([append(decided + 1), somebodyWaits()])
      return drafts.get(workspaceId).dispatch({ kind: 'createQuest', id: storedId('mine'), title: 'Mine' })
    },
  })
  await Promise.all(appends)
  expect([written.ok, decided]).toEqual([true, 4])
  expect(await seqs()).toEqual(Array.from({ length: decided + 2 }, (_, n) => n + 1))
})

test('what a write refuses or throws while the others wait lets them go on', async () => {
  const log = createPostgresLog(database.pool)
  let n = 0
  const append = () => {
    n += 1
    const bytes = updateOf((doc) => doc.getArray('quests').push([[`q${n}`, n, { title: 'x', createdAt: n }]]), n)
    return log.commitBatch([{ document: documentName(), bytes, userId: 'ann', clientId: n, claims: [n] }])
  }
  await append()
  const write = (last: () => { ok: false; error: 'refused' }) => {
    let decided = 0
    return server.store.write<void, 'refused'>({
      workspaceIds: [workspaceId],
      userId: database.userId,
      async run(drafts) {
        decided += 1
        if (decided === 4) return last()
        await append()
        const made = drafts.get(workspaceId).dispatch({ kind: 'createQuest', id: newId(), title: 'Never' })
        return made.ok ? made : { ok: false, error: 'refused' }
      },
    })
  }
  expect(await write(() => ({ ok: false, error: 'refused' }))).toEqual({ ok: false, error: 'refused' })
  const failing = write(() => {
    throw new Error('the disk is full')
  })
  await expect(failing).rejects.toThrow('the disk is full')
  await append()
  expect(await seqs()).toEqual(Array.from({ length: 8 }, (_, index) => index + 1))
})

test('writes get through beside devices that edit without a pause, and nothing of either is lost', async () => {
  const devices = await Promise.all(
    ['ann', 'bob', 'cleo'].map(async (userId) => {
      const device = await server.sync.device(documentName()).sync(userId)
      return { userId, device, document: openQuestDocument(device.doc, { now: Date.now }) }
    }),
  )
  let isOver = false
  const edit = async ({ userId, device, document }: (typeof devices)[number]): Promise<number> => {
    let edits = 0
    for (; !isOver && device.closes.length === 0; edits += 1) {
      document.write([{ table: 'quests', id: `${userId}${edits}`, patch: { title: 'Edited', createdAt: edits } }])
      // A few are always on their way.
      await acknowledged(device, edits - 3)
    }
    await acknowledged(device, edits)
    return edits
  }
  const editing = Promise.all(devices.map(edit))
  await Promise.all(devices.map(({ device }) => acknowledged(device, 10)))
  const writes = 8
  for (let n = 0; n < writes; n++) {
    const written = await server.store.write({
      workspaceIds: [workspaceId],
      userId: database.userId,
      run: (drafts) => drafts.get(workspaceId).dispatch({ kind: 'createQuest', id: newId(), title: `Written ${n}` }),
    })
    expect(written.ok).toBe(true)
  }
  isOver = true
  const edits = (await editing).reduce((sum, each) => sum + each, 0)
  await server.store.catchUp([workspaceId])
  const { rows } = await database.pool.query('select count(*)::int as count from quests')
  expect(rows).toEqual([{ count: edits + writes }])
  expect(devices.map(({ device }) => device.closes)).toEqual([[], [], []])
  expect(await seqs()).toEqual(Array.from({ length: edits + writes }, (_, n) => n + 1))
})

/** Resolves when so many edits of a device, after its handshake, are acknowledged. */
const acknowledged = (device: Device, edits: number) =>
  device.until(() => device.statuses.length > edits || device.closes.length > 0)
