import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import type { Bus } from '../bus/bus.ts'
import { createPostgresBus } from '../bus/postgres-bus.ts'
import type { RunningStore } from './testing/start-store.ts'
import { useStoreDatabase } from './testing/use-store.ts'

const database = useStoreDatabase()

/** Adds a quest on a device that is connected to a server process, and waits until that is acknowledged. */
async function addQuest(server: RunningStore, workspaceId: string, id: string): Promise<void> {
  const device = await server.sync.device(`w:${workspaceId}:1`).sync('ann')
  const known = device.statuses.length
  const document = openQuestDocument(device.doc, { now: Date.now })
  document.write([{ table: 'quests', id, patch: { title: id, createdAt: 1_000 } }])
  await device.until(() => device.statuses.length > known)
  await device.close()
}

/** The ids of a workspace's quests as SQL has them; nothing here reads through the store. */
async function rowsOf(workspaceId: string): Promise<readonly string[]> {
  const { rows } = await database.pool.query('select id from quests where workspace_id = $1 order by id', [workspaceId])
  return rows.map(({ id }) => id)
}

async function openBus(): Promise<Bus> {
  const deps = { connectionString: database.url, pool: database.pool, logger: pino({ level: 'silent' }) }
  const bus = await createPostgresBus(deps)
  database.stopLater({ stop: () => bus.close() })
  return bus
}

test('an edit over a socket is in the rows a moment later, without any read', async () => {
  const server = await database.start({ isFollowing: true })
  const workspaceId = await database.newWorkspace()
  await addQuest(server, workspaceId, 'q1')
  await expect.poll(() => rowsOf(workspaceId)).toEqual(['q1'])
  await addQuest(server, workspaceId, 'q2')
  await expect.poll(() => rowsOf(workspaceId)).toEqual(['q1', 'q2'])
})

test('a workspace whose rows cannot be written keeps no other from following, and follows once they can', async () => {
  const server = await database.start({ isFollowing: true })
  const [broken, whole] = [await database.newWorkspace(), await database.newWorkspace()]
  await database.pool.query(`create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'refused'; end $$`)
  await database.pool.query(`create trigger refused before insert on quests for each row
    when (new.workspace_id = '${broken}') execute function refuse()`)
  await addQuest(server, broken, 'q1')
  await addQuest(server, whole, 'q2')
  await expect.poll(() => rowsOf(whole)).toEqual(['q2'])
  expect(await rowsOf(broken)).toEqual([])
  await database.pool.query('drop trigger refused on quests')
  await expect.poll(() => rowsOf(broken)).toEqual(['q1'])
})

test('what a process commits that follows nothing is followed by another that hears of it', async () => {
  const committing = await database.start({ bus: await openBus() })
  await database.start({ bus: await openBus(), isFollowing: true })
  const workspaceId = await database.newWorkspace()
  await addQuest(committing, workspaceId, 'q1')
  await expect.poll(() => rowsOf(workspaceId)).toEqual(['q1'])
})

test('what was committed while nobody followed is followed by the next process that starts', async () => {
  const before = await database.start()
  const ids = [await database.newWorkspace(), await database.newWorkspace()]
  for (const id of ids) await addQuest(before, id, 'q1')
  await before.stop()
  expect(await Promise.all(ids.map(rowsOf))).toEqual([[], []])
  await database.start({ isFollowing: true })
  await expect.poll(() => Promise.all(ids.map(rowsOf))).toEqual([['q1'], ['q1']])
})
