import { newId, type QuestId } from '@questlog/shared/domain/kernel/ids'
import { beforeEach, expect, test } from 'vitest'
import { Stopping } from '../process/stopping.ts'
import { importQuests } from './testing/import-quests.ts'
import { readTables } from './testing/read-tables.ts'
import { useStoreDatabase } from './testing/use-store.ts'

const GATE = 42

const database = useStoreDatabase()
let workspaceId: string
beforeEach(async () => {
  workspaceId = await database.newWorkspace()
})

const append = (count: number, perUpdate: number) => importQuests(database.pool, workspaceId, { count, perUpdate })

/** Whoever writes quests waits behind its first statement until the answer is called. */
async function holdWriters(): Promise<() => Promise<void>> {
  await database.pool.query(`create function wait() returns trigger language plpgsql as
    $$ begin perform pg_advisory_xact_lock_shared(${GATE}); return null; end $$`)
  await database.pool.query('create trigger wait after insert on quests execute function wait()')
  const gate = await database.pool.connect()
  await gate.query(`select pg_advisory_lock(${GATE})`)
  return async () => {
    await gate.query(`select pg_advisory_unlock(${GATE})`)
    gate.release()
  }
}

async function untilHeld(): Promise<void> {
  const waiting = "select from pg_stat_activity where datname = current_database() and wait_event = 'advisory'"
  await expect.poll(async () => (await database.pool.query(waiting)).rowCount).toBe(1)
}

/** Starts a process that follows the log, and stops it at its first statement that writes quests. */
async function stopAsRowsAreWritten(): Promise<void> {
  const release = await holdWriters()
  const server = await database.start({ isFollowing: true })
  await untilHeld()
  const stopped = server.stop()
  await release()
  await stopped
}

async function written() {
  const count = async (table: string) =>
    Number((await database.pool.query(`select count(*) as n from ${table}`)).rows[0].n)
  const { rows } = await database.pool.query('select seq from read_cursors')
  return { quests: await count('quests'), activity: await count('activity'), cursor: rows[0]?.seq ?? null }
}

test('rows that are being rebuilt are left as they were when the process stops, and the next one completes them', async () => {
  await append(2_500, 2_500)
  await stopAsRowsAreWritten()
  expect(await written()).toEqual({ quests: 0, activity: 0, cursor: null })

  const next = await database.start({ isFollowing: true })
  await expect.poll(written).toEqual({ quests: 2_500, activity: 2_500, cursor: '1' })
  const followed = await readTables(database.db, workspaceId)
  await next.store.rebuild(workspaceId)
  expect(await readTables(database.db, workspaceId)).toEqual(followed)
})

test('a rebuild that replays many updates ends between two pages of them', async () => {
  await append(1_200, 1)
  await stopAsRowsAreWritten()
  expect(await written()).toEqual({ quests: 0, activity: 0, cursor: null })
})

test('rows that follow many updates stand at the end of a page when the process stops, and the next one goes on there', async () => {
  await append(1, 1)
  const before = await database.start()
  await before.store.catchUp([workspaceId])
  await before.stop()
  await append(500, 1)
  await stopAsRowsAreWritten()
  expect(await written()).toEqual({ quests: 201, activity: 201, cursor: '201' })
  await database.start({ isFollowing: true })
  await expect.poll(written).toEqual({ quests: 501, activity: 501, cursor: '501' })
})

test('who waits for rows while the process stops is told so, and may ask again', async () => {
  await append(2_500, 2_500)
  const release = await holdWriters()
  const server = await database.start()
  const asked = server.store.catchUp([workspaceId])
  await untilHeld()
  const stop = server.stop()
  await release()
  await expect(asked).rejects.toThrow(Stopping)
  await stop
})

test('a write that takes long is undone as a whole when the process stops', async () => {
  const release = await holdWriters()
  const server = await database.start()
  const writing = server.store.write({
    workspaceIds: [workspaceId],
    userId: 'ann',
    run(drafts) {
      const draft = drafts.get(workspaceId)
      const patches = Array.from({ length: 2_500 }, (_, n) => ({ title: `Quest ${n}`, createdAt: n }))
      draft.write(patches.map((patch) => ({ table: 'quests', id: newId<QuestId>(), patch })))
      return { ok: true, value: undefined }
    },
  })
  await untilHeld()
  const stop = server.stop()
  await release()
  await expect(writing).rejects.toThrow(Stopping)
  await stop
  expect((await database.pool.query('select from doc_updates')).rowCount).toBe(0)
  expect(await written()).toMatchObject({ quests: 0, activity: 0 })
})
