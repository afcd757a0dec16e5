import { pino } from 'pino'
import { ulid } from 'ulidx'
import { beforeEach, expect, test } from 'vitest'
import { createPostgresLog } from '../../log/postgres-log.ts'
import { createLogExaminer } from '../../log/set-aside/log-examiner.ts'
import { Stopping } from '../../process/stopping.ts'
import { useDatabase } from '../../testing/use-database.ts'
import { endEpoch } from '../testing/end-epoch.ts'
import { writeAged } from '../testing/write-aged.ts'
import { trimEndedEpochs } from './trim-epochs.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const limits = { keepLogMs: 30 * DAY_MS, keepFinalMs: 400 * DAY_MS }

const database = useDatabase()
let workspaceId: string
const trimmedFor: string[] = []

beforeEach(async () => {
  workspaceId = ulid()
  trimmedFor.length = 0
  await writeAged(createPostgresLog(database.pool), name(1), 5)
  await endEpoch(database.pool, workspaceId)
})

const name = (epoch: number) => `w:${workspaceId}:${epoch}`

/** Rows and snapshots of both epochs after so many days, and which logs were trimmed. */
async function keptAfter(days: number): Promise<unknown> {
  await database.pool.query(
    "update doc_heads set ended_at = now() - $1 * interval '1 day' where ended_at is not null",
    [days],
  )
  await trimEndedEpochs({ pool: database.pool, limits, beforeTrim: async (document) => void trimmedFor.push(document) })
  const count = async (table: string) =>
    (await database.pool.query(`select doc, count(*)::int as n from ${table} group by doc order by doc`)).rows
  return { updates: await count('doc_updates'), snapshots: await count('doc_snapshots'), trimmedFor }
}

test('the log of an epoch that is over is kept for its days, its final state longer, and the new epoch is left alone', async () => {
  const [old, current] = [
    { doc: name(1), n: 5 },
    { doc: name(2), n: 1 },
  ]
  const final = { doc: name(1), n: 1 }
  expect(await keptAfter(29)).toEqual({ updates: [old, current], snapshots: [final], trimmedFor: [] })
  expect(await keptAfter(31)).toEqual({ updates: [current], snapshots: [final], trimmedFor: [name(1)] })
  expect(await keptAfter(399)).toEqual({ updates: [current], snapshots: [final], trimmedFor: [name(1)] })
  expect(await keptAfter(401)).toEqual({ updates: [current], snapshots: [], trimmedFor: [name(1)] })
})

test('an epoch that is no longer kept has no faults', async () => {
  await keptAfter(401)
  const logger = pino({ level: 'silent' })
  const examiner = createLogExaminer({ pool: database.pool, logger, onRevised: () => expect.unreachable() })
  expect(await examiner.examine(name(1), new Error('cannot be read'))).toBe(false)
  await examiner.close()
  expect((await database.pool.query('select from doc_set_aside')).rowCount).toBe(0)
})

test('trimming ends between two documents when the process stops', async () => {
  const other = ulid()
  await writeAged(createPostgresLog(database.pool), `w:${other}:1`, 5)
  await endEpoch(database.pool, other)
  const stopping = new AbortController()
  const beforeTrim = async (document: string) => {
    trimmedFor.push(document)
    stopping.abort(new Stopping())
  }
  const deps = { pool: database.pool, limits: { keepLogMs: -1, keepFinalMs: DAY_MS }, beforeTrim }
  await expect(trimEndedEpochs({ ...deps, stopping: stopping.signal })).rejects.toThrow(Stopping)
  expect(trimmedFor).toEqual([name(1)])
})
