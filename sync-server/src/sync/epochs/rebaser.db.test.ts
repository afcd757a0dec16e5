import { randomBytes } from 'node:crypto'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts'
import { createInProcessBus } from '../bus/in-process-bus.ts'
import { defaultSyncLimits, type SyncLimits } from '../limits/sync-limits.ts'
import { createDocumentCipher } from '../log/document-cipher.ts'
import { createPostgresLog } from '../log/postgres-log.ts'
import type { UpdateLog } from '../log/update-log.ts'
import type { Device } from '../testing/device.ts'
import { newDocumentName, type RunningSync, type StartSyncOptions, startSync } from '../testing/start-sync.ts'
import { writeAged } from '../testing/write-aged.ts'
import { findDifference } from './rebase-updates.ts'
import { createRebaser } from './rebaser.ts'

const STARTS = 300

let database: TestDatabase
let document: string
let next: string
let servers: RunningSync[]

beforeEach(async () => {
  database = await createTestDatabase()
  document = newDocumentName()
  next = document.replace(/1$/, '2')
  servers = []
})
afterEach(async () => {
  for (const server of servers) await server.stop()
  await database.drop()
})

/** A server that looks at its documents all the time, and takes any of them for quiet. */
async function start(options: Omit<StartSyncOptions, 'pool'> = {}): Promise<RunningSync> {
  const limits: Partial<SyncLimits> = { rebaseQuietMs: 0, rebaseRoundMs: 20, ...options.limits }
  const server = await startSync({ pool: database.pool, ...options, limits })
  servers.push(server)
  return server
}

async function loaded(name: string, cipher?: StartSyncOptions['cipher']): Promise<Y.Doc> {
  const { snapshot, tail } = await createPostgresLog(database.pool, cipher).load(name)
  const doc = new Y.Doc()
  if (snapshot !== null) Y.applyUpdate(doc, snapshot)
  for (const { bytes } of tail) Y.applyUpdate(doc, bytes)
  return doc
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve))
}

function untilRebased(server: RunningSync): Promise<void> {
  return until(() => {
    if (server.sync.stats().failedRebases > 0) throw new Error(server.logLines.join('\n'))
    return server.sync.stats().rebases === 1
  })
}

/** A device that writes a quest for each title, in steps. */
function writer(device: Device) {
  const quests = openQuestDocument(device.doc, { now: Date.now })
  return (title: string) => quests.write([{ table: 'quests', id: title, patch: { title, createdAt: 1 } }])
}

function titlesOf(doc: Y.Doc): readonly string[] {
  const quests = openQuestDocument(doc, { now: Date.now })
  return [...quests.ids('quests')].map((id) => `${quests.record('quests', id)?.title}`)
}

test('a quiet document of many client ids moves to a new epoch, although nobody has it open', async () => {
  const old = await writeAged(createPostgresLog(database.pool), document, STARTS)
  const server = await start()
  await untilRebased(server)
  const begun = await loaded(next)
  expect(findDifference(old, begun)).toBeNull()
  expect(begun.store.clients.size).toBeLessThan(20)
  expect(findDifference(old, await loaded(document))).toBeNull()
  const owners = await database.pool.query('select distinct user_id from doc_clients where doc = $1', [next])
  expect(owners.rows).toEqual([{ user_id: 'server' }])
  expect(
    server.logLines.filter((line) => line.includes('moved to a new epoch')).map((line) => JSON.parse(line)),
  ).toMatchObject([{ document, next, clientIds: STARTS }])
})

describe('whoever has it open is refused with the epoch that has begun, in every process, and finds everything there', () => {
  test.each([
    { how: 'when the hint comes', headCheckMs: 600_000, isHeard: true },
    { how: 'when the hint was lost', headCheckMs: 20, isHeard: false },
  ])('$how', async ({ headCheckMs, isHeard }) => {
    const bus = createInProcessBus()
    await writeAged(createPostgresLog(database.pool), document, STARTS)
    const limits = { rebaseClientIds: 1_000, headCheckMs }
    const open = [await start({ bus, limits }), await start({ bus, limits })]
    const devices = await Promise.all(open.map((server) => server.device(document).sync('ann')))
    const server = await start({ bus: isHeard ? bus : createInProcessBus() })
    await untilRebased(server)
    for (const device of devices) {
      await device.until(() => device.closes.length > 0)
      expect(device.closes).toEqual(['refused:old-epoch:2'])
    }
    const moved = await server.device(next).sync('ann')
    for (const device of devices) expect(findDifference(device.doc, moved.doc)).toBeNull()
  })
})

test('a device that writes into an epoch that is over, which it has open, is refused with the next one', async () => {
  await writeAged(createPostgresLog(database.pool), document, STARTS)
  const behind = await start({ limits: { rebaseClientIds: 1_000, headCheckMs: 600_000 } })
  const [device, twin] = [await behind.device(document).sync('ann'), await behind.device(document).sync('ann')]
  const server = await start()
  await untilRebased(server)
  writer(device)('Too late')
  for (const each of [device, twin]) {
    await each.until(() => each.closes.length > 0)
    expect([each.closes, each.statuses]).toEqual([['refused:old-epoch:2'], [true]])
  }
  expect(titlesOf(await loaded(document))).toHaveLength(STARTS)
})

test('a document that is written to all the time moves too; what was acknowledged is in it, and nothing is acknowledged after', async () => {
  await writeAged(createPostgresLog(database.pool), document, STARTS)
  const server = await start({ limits: { rebaseClientIds: 100, rebaseAnywayClientIds: 200, rebaseQuietMs: 60_000 } })
  const devices = [server.device(document), server.device(document)]
  const acknowledged: string[] = []
  await Promise.all(
    devices.map(async (device, index) => {
      await device.sync(`user${index}`).catch(() => undefined)
      const write = writer(device)
      for (let n = 0; device.closes.length === 0; n++) {
        const before = device.statuses.length
        write(`device ${index} ${n}`)
        await device.until(() => device.statuses.length > before || device.closes.length > 0)
        if (device.statuses.length > before) acknowledged.push(`device ${index} ${n}`)
      }
    }),
  )
  await untilRebased(server)
  const { rows } = await database.pool.query('select final_seq from doc_heads where doc = $1', [document])
  const { rows: newest } = await database.pool.query('select max(seq) as seq from doc_updates where doc = $1', [
    document,
  ])
  expect(newest[0].seq).toBe(rows[0].final_seq)
  expect(titlesOf(await loaded(next))).toEqual(expect.arrayContaining(acknowledged))
  for (const device of devices) expect(device.closes[0]).toMatch(/^(refused:old-epoch:2|retry:busy)$/)
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
  expect(titlesOf(await loaded(next))).toHaveLength(wanted)
})

test('of two processes that find the same document, one moves it', async () => {
  const old = await writeAged(createPostgresLog(database.pool), document, STARTS)
  const both = [await start(), await start()]
  await until(() => both.some((server) => server.sync.stats().rebases > 0))
  for (const server of both) await server.sync.drain()
  expect(both.reduce((sum, server) => sum + server.sync.stats().rebases, 0)).toBe(1)
  expect(both.map((server) => server.sync.stats().failedRebases)).toEqual([0, 0])
  expect(findDifference(old, await loaded(next))).toBeNull()
})

test('a document in use waits until it is quiet, whatever date its log was written at', async () => {
  const quiet = newDocumentName()
  for (const name of [document, quiet]) await writeAged(createPostgresLog(database.pool), name, STARTS)
  let elapsedMs = 0
  const limits = { rebaseQuietMs: 60_000 }
  const server = await start({ limits, monotonicMs: () => elapsedMs, workMs: () => performance.now() })
  const device = await server.device(document).sync('ann')
  const write = writer(device)
  // As after a clock that was set back, and one that was set forward.
  await database.pool.query("update doc_updates set at = now() + interval '2 days' where doc = $1", [quiet])
  const writeLongAgo = async (title: string) => {
    const answered = device.statuses.length
    write(title)
    await device.until(() => device.statuses.length > answered)
    await database.pool.query("update doc_updates set at = now() - interval '2 days' where doc = $1", [document])
  }
  while (server.sync.stats().rebases === 0) {
    await writeLongAgo(`At ${elapsedMs}`)
    elapsedMs += 1_000
  }
  expect(elapsedMs).toBeGreaterThanOrEqual(60_000)
  expect(device.closes).toEqual([])
  const heads = await createPostgresLog(database.pool).heads([next, quiet.replace(/1$/, '2')])
  expect([...heads.keys()]).toEqual([quiet.replace(/1$/, '2')])
})

test.each(['before', 'after'])(
  'a document with a damaged row stays where it can be mended, %s it was set aside',
  async (when) => {
    await writeAged(createPostgresLog(database.pool), document, STARTS)
    await database.pool.query("update doc_updates set bytes = bytes || '\\x00' where doc = $1 and seq = 5", [document])
    const server = await start({ limits: { rebaseClientIds: when === 'before' ? 100 : 1_000 } })
    if (when === 'after') {
      await server.device(document).sync('ann')
      expect((await database.pool.query('select from doc_set_aside')).rowCount).toBeGreaterThan(0)
    }
    const rebasing = when === 'before' ? server : await start()
    await until(() => rebasing.sync.stats().failedRebases === 1)
    const device = await server.device(document).sync('ann')
    writer(device)('Goes on')
    await device.until(() => device.statuses.length === 2)
    expect(device.closes).toEqual([])
    expect(await createPostgresLog(database.pool).heads([next])).toEqual(new Map())
  },
)

test('a document of which something goes wrong goes on as it is, and is reported', async () => {
  const stored = createPostgresLog(database.pool)
  await writeAged(stored, document, STARTS)
  const serving = await start({ limits: { rebaseClientIds: 1_000 } })
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
  writer(device)('Goes on')
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

test('sealed documents move sealed', async () => {
  const cipher = createDocumentCipher([{ id: 'key', secret: randomBytes(32) }])
  const old = await writeAged(createPostgresLog(database.pool, cipher), document, STARTS)
  const server = await start({ cipher })
  await untilRebased(server)
  expect(findDifference(old, await loaded(next, cipher))).toBeNull()
  expect(findDifference(old, await loaded(document, cipher))).toBeNull()
})

test.each([
  ['during-rebase', 0],
  ['during-rebase', 1],
  ['before-epoch-ends', 0],
] as const)(
  'a process that ends %s, on pass %i, leaves the old epoch, and the next one moves it',
  async (point, fails) => {
    const old = await writeAged(createPostgresLog(database.pool), document, STARTS)
    let passed = 0
    const dying = await start({
      faultPoint(name) {
        if (name === point && passed++ === fails) throw new Error('the process ends here')
      },
    })
    await until(() => dying.sync.stats().failedRebases === 1)
    expect(await createPostgresLog(database.pool).heads([next])).toEqual(new Map())
    const server = await start()
    await untilRebased(server)
    expect(findDifference(old, await loaded(next))).toBeNull()
  },
)
