import { expect, test } from 'vitest'
import { importQuests, isWriterAtWork, slowDownWriters } from '../read-model/testing/import-quests.ts'
import { createStoreDatabase } from '../read-model/testing/start-store.ts'
import { eventually, runServer } from '../testing/server-process.ts'

test('a stop while rows are rebuilt, which takes longer than a stop may, ends with code 0 and leaves nothing half-written', async () => {
  const database = await createStoreDatabase()
  await importQuests(database.pool, await database.newWorkspace(), { count: 15_000, perUpdate: 15_000 })
  await slowDownWriters(database.pool, 2)
  const server = runServer({ DATABASE_URL: database.url })
  await server.ready
  await eventually('rows are written', () => isWriterAtWork(database.pool))
  server.child.kill('SIGTERM')
  expect((await server.ended).code).toBe(0)
  const { rows } = await database.pool.query(
    'select (select count(*)::int from quests) quests, (select count(*)::int from read_cursors) cursors',
  )
  expect(rows).toEqual([{ quests: 0, cursors: 0 }])
  await database.drop()
})
