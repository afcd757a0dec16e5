import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { openQueries } from '../db/tables.ts'
import { useDatabase } from '../testing/use-database.ts'
import { createPostgresLog } from './postgres-log.ts'
import { createUpdateHistory } from './update-history.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const KEEP_DAYS = 30
const document = 'w:01ARZ3NDEKTSV4RRFFQ69G5FAV:1'

const database = useDatabase()

/** Writes and compacts once a day, for so many days up to now. Answers which seq was the last of each day. */
async function liveFor(days: number): Promise<readonly number[]> {
  const log = createPostgresLog(database.pool)
  const doc = new Y.Doc()
  const ends: number[] = []
  for (let day = 0; day < days; day++) {
    for (const table of ['doc_updates', 'doc_snapshots']) {
      await database.pool.query(`update ${table} set at = at - interval '1 day'`)
    }
    const updates: Uint8Array[] = []
    const collect = (update: Uint8Array) => updates.push(update)
    doc.on('update', collect)
    for (let n = 0; n < 3; n++) doc.getArray<number>('days').push([day])
    doc.off('update', collect)
    await log.commitBatch(
      updates.map((bytes) => ({ document, bytes, userId: 'ann', clientId: doc.clientID, claims: [] })),
    )
    const { head, snapshotSeq } = await log.load(document)
    await log.putSnapshot(document, head, Y.encodeStateAsUpdate(doc))
    await log.adoptSnapshot(document, snapshotSeq, head)
    await log.trim(document, head, KEEP_DAYS * DAY_MS)
    ends.push(head)
  }
  return ends
}

test('a document that is written and compacted every day loads as it stood at any moment of the time its log is kept', async () => {
  const ends = await liveFor(90)
  const history = createUpdateHistory(openQueries(database.pool))
  const lengths: (number | null)[] = []
  for (const seq of ends.slice(-KEEP_DAYS - 1)) {
    const logged = await history.loadAt(document, seq)
    const doc = new Y.Doc()
    if (logged?.snapshot) Y.applyUpdate(doc, logged.snapshot)
    for (const { bytes } of logged?.tail ?? []) Y.applyUpdate(doc, bytes)
    lengths.push(logged === null ? null : doc.getArray('days').length)
  }
  expect(lengths).toEqual(ends.slice(-KEEP_DAYS - 1))
})

test('what no moment of that time needs is removed, and snapshots are few', async () => {
  await liveFor(90)
  const count = async (table: string): Promise<number> =>
    (await database.pool.query(`select count(*)::int as n from ${table}`)).rows[0].n
  expect(await count('doc_updates')).toBeLessThan(3 * (KEEP_DAYS + 5))
  expect(await count('doc_snapshots')).toBeLessThan(15)
})
