import { newId, type QuestId } from '@questlog/shared/domain/kernel/ids'
import { beforeEach, describe, expect, test } from 'vitest'
import { createPostgresLog } from '../log/postgres-log.ts'
import { trimEndedEpochs } from '../sync/epochs/trim-epochs.ts'
import { writeAged } from '../sync/testing/write-aged.ts'
import { readTables } from './testing/read-tables.ts'
import type { RunningStore } from './testing/start-store.ts'
import { useStoreDatabase } from './testing/use-store.ts'

const STARTS = 60
const rebasing = { rebaseClientIds: 50, rebaseQuietMs: 0, rebaseRoundMs: 20 }

const database = useStoreDatabase()
const { start } = database
let workspaceId: string

beforeEach(async () => {
  workspaceId = await database.newWorkspace()
})

const documentName = (epoch: number) => `w:${workspaceId}:${epoch}`

async function age(epoch: number): Promise<void> {
  await writeAged(createPostgresLog(database.pool), documentName(epoch), STARTS, epoch * STARTS)
}

async function create(server: RunningStore, title: string): Promise<string> {
  const id = newId<QuestId>()
  const written = await server.store.write({
    workspaceIds: [workspaceId],
    userId: 'ann',
    run: (drafts) => drafts.get(workspaceId).dispatch({ kind: 'createQuest', id, title }),
  })
  expect(written).toMatchObject({ ok: true })
  return id
}

/** Moves the document to the next epoch, by a process that does nothing else. */
async function rebase(): Promise<void> {
  const server = await start({ limits: rebasing })
  while (server.sync.sync.stats().rebases === 0) await new Promise((resolve) => setImmediate(resolve))
  await server.stop()
}

async function cursor(): Promise<unknown> {
  return (await database.pool.query('select epoch, seq, base from read_cursors')).rows[0]
}

async function rows(server: RunningStore) {
  await server.store.catchUp([workspaceId])
  return readTables(database.db, workspaceId)
}

async function truncate(): Promise<void> {
  for (const table of ['quests', 'activity', 'read_cursors']) await database.pool.query(`delete from ${table}`)
}

test('a new epoch changes no row and reports nothing, not even what the old one held that was not reported yet', async () => {
  const server = await start()
  await age(1)
  const before = await rows(server)
  await server.sync.device(documentName(1)).sync('ann')
  await create(server, 'Told')
  const told = await rows(server)
  await rebase()
  expect(await rows(server)).toEqual(told)
  expect(await cursor()).toEqual({ epoch: 2, seq: '1', base: `${STARTS + 1}` })
  expect(told.quests).toHaveLength((before.quests?.length ?? 0) + 1)
})

// Of one person's edits of one note within minutes, one is listed.
test('edits of the old epoch that the rows had not taken in are listed too', async () => {
  const server = await start()
  await create(server, 'First')
  await age(1)
  await rebase()
  const { quests, activity } = await rows(server)
  expect([quests?.length, activity?.length]).toEqual([STARTS + 1, STARTS + 2])
})

test('rows rebuilt over several epochs are the same to the last column', async () => {
  const server = await start()
  await age(1)
  await create(server, 'In the first epoch')
  await rebase()
  await create(server, 'In the second')
  await age(2)
  await rebase()
  await create(server, 'In the third')
  const before = await rows(server)
  expect(before.quests).toHaveLength(2 * STARTS + 3)
  await server.store.rebuild(workspaceId)
  expect(await rows(server)).toEqual(before)
  await truncate()
  expect(await rows(server)).toEqual(before)
})

test('rows rebuilt when the logs of old epochs are gone have the same records and keep the activity', async () => {
  const server = await start()
  await age(1)
  await rebase()
  await create(server, 'In the second epoch')
  const before = await rows(server)
  const limits = { keepLogMs: -1, keepFinalMs: 60_000 }
  await trimEndedEpochs({ pool: database.pool, limits, beforeTrim: () => server.store.catchUp([workspaceId]) })
  await server.store.rebuild(workspaceId)
  const records = (tables: typeof before) => tables.quests?.map((row) => (row as { record: unknown }).record)
  const after = await rows(server)
  expect([records(after), after.activity]).toEqual([records(before), before.activity])

  await trimEndedEpochs({ pool: database.pool, limits: { keepLogMs: -1, keepFinalMs: -1 } })
  await server.store.rebuild(workspaceId)
  const last = await rows(server)
  expect([records(last), last.activity]).toEqual([records(before), before.activity])
})

test('an epoch that the rows lag behind is projected before its log is trimmed', async () => {
  const server = await start()
  await create(server, 'First')
  await age(1)
  await rebase()
  const limits = { keepLogMs: -1, keepFinalMs: 60_000 }
  await trimEndedEpochs({ pool: database.pool, limits, beforeTrim: () => server.store.catchUp([workspaceId]) })
  expect((await database.pool.query('select from doc_updates where doc = $1', [documentName(1)])).rowCount).toBe(0)
  expect((await rows(server)).activity).toHaveLength(STARTS + 2)
})

describe('a write over REST', () => {
  test('by a process that holds the old epoch goes to the new one', async () => {
    const holding = await start()
    await age(1)
    await create(holding, 'Before')
    await rebase()
    await create(holding, 'After')
    expect(await cursor()).toMatchObject({ epoch: 2, seq: '2' })
    expect((await rows(holding)).quests).toHaveLength(STARTS + 2)
  })

  test('is never lost to an epoch that ends at that moment', async () => {
    await age(1)
    const writers = [await start({ limits: { ...rebasing, rebaseAnywayClientIds: 50 } }), await start()]
    const written: string[] = []
    await Promise.all(
      writers.map(async (server, index) => {
        for (let n = 0; n < 20; n++) written.push(await create(server, `${index} ${n}`))
      }),
    )
    const [first] = writers
    if (first === undefined) throw new Error('unreachable')
    // Writers came before every try; it is moved now that they rest.
    while (first.sync.sync.stats().rebases === 0) await new Promise((resolve) => setImmediate(resolve))
    written.push(await create(first, 'In the next epoch'))
    const { quests } = await rows(first)
    expect(quests?.map((row) => (row as { id: string }).id)).toEqual(expect.arrayContaining(written))
    expect(quests).toHaveLength(STARTS + written.length)
    expect(await cursor()).toMatchObject({ epoch: 2 })
  })
})
