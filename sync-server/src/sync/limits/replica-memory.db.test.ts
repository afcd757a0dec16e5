import { ok } from '@questlog/shared/domain/kernel/result'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { expect, test } from 'vitest'
import { useStore } from '../../read-model/testing/use-store.ts'
import { newDocumentName } from '../testing/start-sync.ts'

const MEMORY = 1_500_000

const { database, server } = useStore({ limits: { openDocumentBytes: MEMORY }, replicaBytes: MEMORY })

const quests = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    table: 'quests' as const,
    id: `q${n}`,
    patch: { title: 'a', createdAt: n },
  }))

const write = (workspaceId: string, count: number) =>
  server.store.write({
    workspaceIds: [workspaceId],
    userId: database.userId,
    run: async (drafts) => {
      drafts.get(workspaceId).write(quests(count))
      return ok(null)
    },
  })

const settle = () => new Promise((resolve) => setTimeout(resolve, 20))

/** Somebody with a document open that takes most of the memory. */
async function hog(count = 3_500) {
  const document = newDocumentName()
  server.sync.payers.set(document, 'hog')
  const device = await server.sync.device(document).sync('hog')
  openQuestDocument(device.doc, { now: Date.now }).write(quests(count))
  await device.until(() => device.statuses.length === 2)
  return device
}

test('what REST keeps in memory and what sockets have open is one budget', async () => {
  const { memory } = server.sync
  await write(await database.newWorkspace(), 1_000)
  const kept = memory.usedBytes
  expect(kept).toBeGreaterThan(200_000)
  const device = await hog()
  await write(await database.newWorkspace(), 1_000)
  await settle()
  expect(memory.usedBytes).toBeLessThanOrEqual(MEMORY)
  expect(device.closes).toEqual([])
})

test('a REST request gets the room of whoever holds most, also what they have open', async () => {
  const workspaceId = await database.newWorkspace()
  await write(workspaceId, 1_500)
  await server.store.close()
  const device = await hog()
  await write(workspaceId, 1)
  expect(server.sync.memory.usedBytes).toBeLessThanOrEqual(MEMORY)
  expect(device.closes).toEqual(['retry:busy'])
})

test('a document that nobody can be given room for is answered as unavailable', async () => {
  const workspaceId = await database.newWorkspace()
  await write(workspaceId, 3_000)
  await server.store.close()
  const device = await hog(1_500)
  const failure: unknown = await server.store.catchUp([workspaceId]).then(
    () => write(workspaceId, 1).catch((error: unknown) => error),
    (error: unknown) => error,
  )
  expect(failure).toMatchObject({ statusCode: 503 })
  expect(device.closes).toEqual([])
})
