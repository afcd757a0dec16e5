import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { afterEach, expect, test, vi } from 'vitest'
import { deleteDatabase } from './delete-database.ts'

afterEach(() => {
  vi.useRealTimers()
})

let databases = 0

/** Another tab's connection, which does `giveWay` when it is asked to. */
async function openElsewhere(giveWay: (connection: IDBDatabase) => void) {
  const name = `database-${databases++}`
  const connection = await openDB(name, 1, {
    upgrade: (database) => void database.createObjectStore('rows'),
    blocking: (_current, _wanted, event) => giveWay(event.target as unknown as IDBDatabase),
  })
  return { name, connection }
}

const exists = async (wanted: string) => (await indexedDB.databases()).some(({ name }) => name === wanted)

test('a tab that first ends what it is writing is waited for', async () => {
  const { name } = await openElsewhere((connection) => void setTimeout(() => connection.close(), 50))
  await deleteDatabase(name)
  expect(await exists(name)).toBe(false)
})

test('a tab that does not give way is reported, and the database is gone once it has', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const asked = vi.fn()
  const { name, connection } = await openElsewhere(asked)
  const deletion = deleteDatabase(name).catch((error: unknown) => error)
  await expect.poll(() => asked).toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(await deletion).toMatchObject({ reason: { kind: 'blocked' } })
  expect(await exists(name)).toBe(true)
  vi.useRealTimers()
  connection.close()
  await expect.poll(() => exists(name)).toBe(false)
})
