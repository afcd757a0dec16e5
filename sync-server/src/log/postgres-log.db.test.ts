import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { beforeEach, expect, test } from 'vitest'
import { useDatabase } from '../testing/use-database.ts'
import { createPostgresLog } from './postgres-log.ts'
import type { PendingUpdate, UpdateLog } from './update-log.ts'

const database = useDatabase()
let log: UpdateLog
const document = 'w:01ARZ3NDEKTSV4RRFFQ69G5FAV:1'

beforeEach(() => {
  log = createPostgresLog(database.pool)
})

function update(userId: string, claims: readonly number[], byte = 1): PendingUpdate {
  return { document, bytes: Uint8Array.of(byte, byte), userId, clientId: claims[0] ?? null, claims }
}

test('a batch that claims a client id of another user writes nothing, whoever else is in it', async () => {
  expect(await log.commitBatch([update('ann', [7])])).toEqual([{ kind: 'committed', seq: 1 }])
  const outcomes = await log.commitBatch([update('carl', [9]), update('bob', [7])])
  expect(outcomes).toEqual([{ kind: 'foreign-client-id' }, { kind: 'foreign-client-id' }])
  expect(await log.heads([document])).toEqual(new Map([[document, 1]]))
  expect(await log.owners(document, [7, 9])).toEqual(new Map([[7, 'ann']]))
})

test('claiming again what is one’s own changes nothing', async () => {
  await log.commitBatch([update('ann', [7])])
  expect(await log.commitBatch([update('ann', [7, 8])])).toEqual([{ kind: 'committed', seq: 2 }])
  expect(await log.owners(document, [7, 8])).toEqual(
    new Map([
      [7, 'ann'],
      [8, 'ann'],
    ]),
  )
})

test('two processes that claim one client id at the same moment: one gets it, the other nothing', async () => {
  const outcomes = await Promise.all(['ann', 'bob'].map((userId) => log.commitBatch([update(userId, [7])])))
  expect(
    outcomes
      .flat()
      .map((outcome) => outcome.kind)
      .sort(),
  ).toEqual(['committed', 'foreign-client-id'])
  expect(await log.heads([document])).toEqual(new Map([[document, 1]]))
})

test('the updates of a batch keep their bytes and their order in each document', async () => {
  const other = 'w:01ARZ3NDEKTSV4RRFFQ69G5FAW:1'
  await log.commitBatch([update('ann', [], 1), { ...update('ann', [], 2), document: other }, update('bob', [], 3)])
  const tail = await log.readTail(document, 0, 10)
  expect(tail.map(({ seq, bytes }) => [seq, [...bytes]])).toEqual([
    [1, [1, 1]],
    [2, [3, 3]],
  ])
  expect((await log.readTail(other, 0, 10)).map(({ bytes }) => [...bytes])).toEqual([[2, 2]])
})

test('one of several snapshots is adopted, and trimming keeps it although later ones are there', async () => {
  for (let n = 0; n < 4; n++) await log.commitBatch([update('ann', [], n)])
  for (const seq of [1, 2, 3, 4]) await log.putSnapshot(document, seq, Uint8Array.of(seq))
  expect(await log.adoptSnapshot(document, 0, 2)).toBe(true)
  expect(await log.adoptSnapshot(document, 0, 3)).toBe(false)
  await log.trim(document, 2, 0)
  const loaded = await log.load(document)
  expect([loaded.snapshotSeq, loaded.snapshot?.[0], loaded.tail.map(({ seq }) => seq)]).toEqual([2, 2, [3, 4]])
})

test('a large snapshot is read in parts that hold nobody up, and is what was written', async () => {
  const bytes = randomBytes(3_500_000)
  await log.commitBatch([update('ann', [])])
  await log.putSnapshot(document, 1, bytes)
  await log.adoptSnapshot(document, 0, 1)
  const { pool } = database
  let longest = 0
  const watched: Pick<pg.Pool, 'query'> = Object.create(pool, {
    query: {
      value: async (config: pg.QueryConfig) => {
        const found = await pool.query(config)
        const lengths = found.rows.flatMap((row) =>
          Object.values(row)
            .filter(Buffer.isBuffer)
            .map((part) => part.length),
        )
        longest = Math.max(longest, ...lengths)
        return found
      },
    },
  })
  const { snapshot } = await createPostgresLog(watched as pg.Pool).load(document)
  expect(Buffer.compare(snapshot ?? new Uint8Array(), bytes)).toBe(0)
  expect(longest).toBe(1024 * 1024)
})
