import { pino } from 'pino'
import { beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createPostgresLog } from '../../log/postgres-log.ts'
import type { UpdateLog } from '../../log/update-log.ts'
import { defaultSyncLimits } from '../limits/sync-limits.ts'
import { loggedDocument } from '../testing/logged-document.ts'
import { questTitles, questWriter } from '../testing/quests.ts'
import { newDocumentName } from '../testing/start-sync.ts'
import { until } from '../testing/until.ts'
import { useSyncDatabase } from '../testing/use-sync.ts'
import { writeAged } from '../testing/write-aged.ts'
import { createRebaser } from './rebaser.ts'

const STARTS = 300

const database = useSyncDatabase()
let document: string
let next: string

beforeEach(() => {
  document = newDocumentName()
  next = document.replace(/1$/, '2')
})

test('a document that never rests is kept closed for as long as it takes', async () => {
  const stored = createPostgresLog(database.pool)
  await writeAged(stored, document, STARTS)
  let isClosed = false
  let wanted = STARTS
  const log: UpdateLog = {
    ...stored,
    async load(name) {
      const logged = await stored.load(name)
      if (!isClosed) await writeAged(stored, document, 1, wanted++)
      return logged
    },
  }
  const ended = Promise.withResolvers<string>()
  const rebaser = createRebaser({
    pool: database.pool,
    log,
    limits: { ...defaultSyncLimits, rebaseAnywayClientIds: STARTS - 1 },
    logger: pino({ level: 'silent' }),
    faultPoint: () => undefined,
    monotonicMs: () => performance.now(),
    onEnded: ended.resolve,
    async whileClosed(name, work) {
      expect(name).toBe(document)
      isClosed = true
      return work().finally(() => {
        isClosed = false
      })
    },
  })
  rebaser.consider(document, STARTS)
  expect(await ended.promise).toBe(document)
  await rebaser.drain()
  expect(questTitles(await loggedDocument(stored, next))).toHaveLength(wanted)
})

test('a document that cannot be moved stays as it is, and is reported', async () => {
  const stored = createPostgresLog(database.pool)
  await writeAged(stored, document, STARTS)
  const serving = await database.start({ limits: { rebaseClientIds: 1_000 } })
  const device = await serving.device(document).sync('ann')
  const lines: string[] = []
  const rebaser = createRebaser({
    pool: database.pool,
    log: { ...stored, readSnapshot: async () => Y.encodeStateAsUpdate(new Y.Doc()) },
    limits: { ...defaultSyncLimits, rebaseClientIds: 100, rebaseQuietMs: 0, rebaseRoundMs: 5 },
    logger: pino({}, { write: (line: string) => lines.push(line) }),
    faultPoint: () => undefined,
    monotonicMs: () => performance.now(),
    onEnded: () => expect.unreachable(),
    whileClosed: (_name, work) => work(),
  })
  await until(() => rebaser.failedRebases > 0)
  questWriter(device.doc)('Goes on')
  await device.until(() => device.statuses.length === 2)
  await rebaser.drain()
  expect(device.closes).toEqual([])
  expect(await stored.heads([document, next])).toEqual(new Map([[document, STARTS + 1]]))
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { document, clientIds: STARTS, level: 50, err: { message: 'the final state is not the document' } },
  ])
})

test('client ids that are shown ahead of their commit make no document due, and none that fails', async () => {
  const log = createPostgresLog(database.pool)
  await writeAged(log, document, 4)
  const asked: number[] = []
  const rebaser = createRebaser({
    pool: database.pool,
    log: { ...log, load: (name) => log.load(name).finally(() => asked.push(asked.length)) },
    limits: { ...defaultSyncLimits, rebaseClientIds: 100, rebaseQuietMs: 0, rebaseRoundMs: 5 },
    logger: pino({ level: 'silent' }),
    faultPoint: () => undefined,
    monotonicMs: () => performance.now(),
    onEnded: () => undefined,
    whileClosed: (_name, work) => work(),
  })
  rebaser.consider(document, 1_000)
  await until(() => asked.length === 1)
  await writeAged(log, document, STARTS, 4)
  rebaser.consider(document, STARTS + 4)
  await until(() => rebaser.rebases + rebaser.failedRebases > 0)
  await rebaser.drain()
  expect([rebaser.rebases, rebaser.failedRebases]).toEqual([1, 0])
})
