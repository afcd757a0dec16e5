import { pino } from 'pino'
import { beforeEach, expect, test } from 'vitest'
import type { Bus } from '../../bus/bus.ts'
import { createPostgresBus } from '../../bus/postgres-bus.ts'
import { addEntry, titles } from '../testing/entries.ts'
import { newDocumentName } from '../testing/start-sync.ts'
import { useSyncDatabase } from '../testing/use-sync.ts'

const SECOND = 1_000
const NEVER = 10 ** 9

const database = useSyncDatabase('file')
let bus: Bus
beforeEach(async () => {
  const logger = pino({ level: 'silent' })
  bus = await createPostgresBus({ connectionString: database.url, pool: database.pool, logger })
  database.stopLater({ stop: () => bus.close() })
})

const start = (accessCheckMs: number) => database.start({ bus, limits: { accessCheckMs } })

const workspaceOf = (document: string) => document.split(':')[1] ?? ''

test('a device whose user is removed hears it within a second, and nothing it sends after that is taken', async () => {
  const sync = await start(NEVER)
  const document = newDocumentName()
  const [removed, staying] = [await sync.device(document).sync('ann'), await sync.device(document).sync('ben')]
  sync.roles.set(`ann ${document}`, 'none')
  const changedAt = performance.now()
  sync.sync.changeAccess({ workspaceId: workspaceOf(document), userId: 'ann' })
  await removed.until(() => removed.closes.length > 0)
  expect(performance.now() - changedAt).toBeLessThan(SECOND)

  addEntry(removed.doc, 'after the removal')
  addEntry(staying.doc, 'still here')
  await staying.until(() => staying.statuses.length === 2)
  expect([removed.closes, staying.closes]).toEqual([['refused:not-found'], []])
  expect(titles((await sync.device(document).sync('ben')).doc)).toEqual(['still here'])
  await expect(sync.device(document).sync('ann')).rejects.toThrow('refused:not-found')
})

test('a member made a viewer stays connected, is told, and has the next edit refused', async () => {
  const sync = await start(NEVER)
  const document = newDocumentName()
  const device = await sync.device(document).sync('ann')
  device.isAuthenticated = false
  sync.roles.set(`ann ${document}`, 'viewer')
  sync.sync.changeAccess({ workspaceId: workspaceOf(document), userId: 'ann' })
  await device.until(() => device.isAuthenticated)
  expect(device.closes).toEqual([])
  addEntry(device.doc, 'too late')
  await device.until(() => device.closes.length > 0)
  expect(device.closes).toEqual(['refused:role'])
})

test('a viewer made a member writes without connecting again', async () => {
  const sync = await start(NEVER)
  const document = newDocumentName()
  sync.roles.set(`ann ${document}`, 'viewer')
  const device = await sync.device(document).sync('ann')
  device.isAuthenticated = false
  sync.roles.set(`ann ${document}`, 'member')
  sync.sync.changeAccess({ workspaceId: workspaceOf(document), userId: 'ann' })
  await device.until(() => device.isAuthenticated)
  addEntry(device.doc, 'at last')
  const reader = await sync.device(document).sync('ben')
  await reader.until(() => titles(reader.doc).includes('at last'))
  expect(device.closes).toEqual([])
})

test('a change concerns the one workspace, and all of its people where nobody is named', async () => {
  const sync = await start(NEVER)
  const [one, other] = [newDocumentName(), newDocumentName()]
  const devices = [
    await sync.device(one).sync('ann'),
    await sync.device(one).sync('ben'),
    await sync.device(other).sync('ann'),
  ]
  for (const who of ['ann', 'ben']) for (const document of [one, other]) sync.roles.set(`${who} ${document}`, 'none')
  sync.sync.changeAccess({ workspaceId: workspaceOf(one), userId: null })
  for (const device of devices.slice(0, 2)) await device.until(() => device.closes.length > 0)
  expect(devices.map((device) => device.closes.length)).toEqual([1, 1, 0])
})

test('a change of a role that nobody announced is found by the next look', async () => {
  const sync = await start(50)
  const document = newDocumentName()
  const device = await sync.device(document).sync('ann')
  sync.roles.set(`ann ${document}`, 'none')
  await device.until(() => device.closes.length > 0)
  expect(device.closes).toEqual(['refused:not-found'])
})

test('a change while the bus was away is noticed when it is back', async () => {
  const sync = await start(NEVER)
  const document = newDocumentName()
  const device = await sync.device(document).sync('ann')
  sync.roles.set(`ann ${document}`, 'none')
  await database.pool.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen %'",
  )
  await device.until(() => device.closes.length > 0)
  expect(device.closes).toEqual(['refused:not-found'])
})

test('a role lost while the document was being opened is lost', async () => {
  const sync = await start(NEVER)
  const document = newDocumentName()
  const key = `ann ${document}`
  const look = sync.roles.get.bind(sync.roles)
  sync.roles.get = (asked) => {
    const role = look(asked)
    if (asked === key && role === undefined) {
      sync.roles.set(key, 'none')
      sync.sync.changeAccess({ workspaceId: workspaceOf(document), userId: 'ann' })
    }
    return role
  }
  const device = sync.device(document)
  await device.opened()
  device.authenticate('ann')
  await device.until(() => device.closes.length > 0)
  expect(device.closes).toEqual(['refused:not-found'])
})
