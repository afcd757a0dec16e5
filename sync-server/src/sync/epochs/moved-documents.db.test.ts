import { randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { createInProcessBus } from '../../bus/in-process-bus.ts'
import { createDocumentCipher } from '../../log/document-cipher.ts'
import { createPostgresLog } from '../../log/postgres-log.ts'
import { loggedDocument } from '../testing/logged-document.ts'
import { questTitles, questWriter } from '../testing/quests.ts'
import { newDocumentName, type RunningSync, type StartSyncOptions } from '../testing/start-sync.ts'
import { until } from '../testing/until.ts'
import { useSyncDatabase } from '../testing/use-sync.ts'
import { writeAged } from '../testing/write-aged.ts'
import { findDifference } from './rebase-updates.ts'

const STARTS = 300

const database = useSyncDatabase()
let document: string
let next: string

beforeEach(() => {
  document = newDocumentName()
  next = document.replace(/1$/, '2')
})

/** Starts a server that looks at its documents all the time, and takes each of them for quiet. */
const start = (options: Omit<StartSyncOptions, 'pool'> = {}): Promise<RunningSync> =>
  database.start({ ...options, limits: { rebaseQuietMs: 0, rebaseRoundMs: 20, ...options.limits } })

const loaded = (name: string, cipher?: StartSyncOptions['cipher']): Promise<Y.Doc> =>
  loggedDocument(createPostgresLog(database.pool, cipher), name)

function untilRebased(server: RunningSync): Promise<void> {
  return until(() => {
    if (server.sync.stats().failedRebases > 0) throw new Error(server.logLines.join('\n'))
    return server.sync.stats().rebases === 1
  })
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
  questWriter(device.doc)('Too late')
  for (const each of [device, twin]) {
    await each.until(() => each.closes.length > 0)
    expect([each.closes, each.statuses]).toEqual([['refused:old-epoch:2'], [true]])
  }
  expect(questTitles(await loaded(document))).toHaveLength(STARTS)
})

test('a document that is written to all the time moves too; what was acknowledged is in it, and nothing is acknowledged after', async () => {
  await writeAged(createPostgresLog(database.pool), document, STARTS)
  const server = await start({ limits: { rebaseClientIds: 100, rebaseAnywayClientIds: 200, rebaseQuietMs: 60_000 } })
  const devices = [server.device(document), server.device(document)]
  const acknowledged: string[] = []
  await Promise.all(
    devices.map(async (device, index) => {
      await device.sync(`user${index}`).catch(() => undefined)
      const write = questWriter(device.doc)
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
  expect(questTitles(await loaded(next))).toEqual(expect.arrayContaining(acknowledged))
  for (const device of devices) expect(device.closes[0]).toMatch(/^(refused:old-epoch:2|retry:busy)$/)
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
  const write = questWriter(device.doc)
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
    questWriter(device.doc)('Goes on')
    await device.until(() => device.statuses.length === 2)
    expect(device.closes).toEqual([])
    expect(await createPostgresLog(database.pool).heads([next])).toEqual(new Map())
  },
)

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
