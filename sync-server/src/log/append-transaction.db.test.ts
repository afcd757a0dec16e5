import { expect, test } from 'vitest'
import { openQueries } from '../db/tables.ts'
import { newDocumentName } from '../sync/testing/start-sync.ts'
import { useDatabase } from '../testing/use-database.ts'
import { appendInTransaction, type ServerUpdate } from './append-transaction.ts'
import { createPostgresLog } from './postgres-log.ts'

const database = useDatabase('file')

const updateOf = (document: string, after: number): ServerUpdate => ({
  document,
  after,
  bytes: Uint8Array.of(1, 2, after),
  userId: 'ann',
  clientId: 7,
})

const append = (...updates: readonly ServerUpdate[]) =>
  openQueries(database.pool)
    .transaction()
    .execute((transaction) => appendInTransaction(transaction, updates))

const deviceUpdate = (document: string, clientId = 8) =>
  createPostgresLog(database.pool).commitBatch([
    { document, bytes: Uint8Array.of(9), userId: 'ben', clientId, claims: [clientId] },
  ])

test('appends in one transaction are numbered on from what devices appended, and the log reads them back', async () => {
  const document = newDocumentName()
  await append(updateOf(document, 0))
  await deviceUpdate(document)
  const appended = await append(updateOf(document, 2))
  expect(appended).toEqual({ ok: true, value: new Map([[document, { seq: 3, at: expect.any(Date) }]]) })
  const { head, tail } = await createPostgresLog(database.pool).load(document)
  expect([head, tail.map((update) => [...update.bytes])]).toEqual([3, [[1, 2, 0], [9], [1, 2, 2]]])
})

test('an update decided at an older head is not appended, and neither are those beside it', async () => {
  const [one, two] = [newDocumentName(), newDocumentName()]
  await deviceUpdate(one)
  const db = openQueries(database.pool)
  const outcome = db.transaction().execute(async (transaction) => {
    const appended = await appendInTransaction(transaction, [updateOf(one, 0), updateOf(two, 0)])
    if (!appended.ok) throw new Error(appended.error)
  })
  await expect(outcome).rejects.toThrow('moved')
  expect(await createPostgresLog(database.pool).heads([one, two])).toEqual(new Map([[one, 1]]))
})

test('nothing is appended to an epoch that is over', async () => {
  const document = newDocumentName()
  await append(updateOf(document, 0))
  await database.pool.query('update doc_heads set final_seq = seq, ended_at = now() where doc = $1', [document])
  expect(await append(updateOf(document, 1))).toEqual({ ok: false, error: 'moved' })
})

test("a device cannot write with the server's client id, nor the server with a device's", async () => {
  const document = newDocumentName()
  await append(updateOf(document, 0))
  expect(await deviceUpdate(document, 7)).toEqual([{ kind: 'foreign-client-id' }])
  await deviceUpdate(document, 8)
  await expect(append({ ...updateOf(document, 2), clientId: 8 })).rejects.toMatchObject({ table: 'doc_clients' })
  expect(await createPostgresLog(database.pool).heads([document])).toEqual(new Map([[document, 2]]))
})

test('writers of both kinds who race leave no gap and lose nothing', async () => {
  const documents = [newDocumentName(), newDocumentName()]
  const log = createPostgresLog(database.pool)
  const appendUntilDone = async (): Promise<void> => {
    for (;;) {
      const heads = await log.heads(documents)
      const updates = documents.map((document) => updateOf(document, heads.get(document) ?? 0))
      const db = openQueries(database.pool)
      const appended = await db
        .transaction()
        .execute(async (transaction) => {
          const outcome = await appendInTransaction(transaction, updates)
          if (!outcome.ok) throw new Error(outcome.error)
          return true
        })
        .catch((error: unknown) => {
          if (error instanceof Error && error.message === 'moved') return false
          throw error
        })
      if (appended) return
    }
  }
  const servers = Array.from({ length: 10 }, appendUntilDone)
  const devices = Array.from({ length: 10 }, (_, n) => deviceUpdate(documents[n % 2] ?? '', 100 + n))
  await Promise.all([...servers, ...devices])
  for (const document of documents) {
    const { head, tail } = await log.load(document)
    expect([head, tail.length]).toEqual([15, 15])
  }
})
