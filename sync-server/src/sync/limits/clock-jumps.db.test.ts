import { beforeEach, expect, test } from 'vitest'
import type { Device } from '../testing/device.ts'
import { addEntry } from '../testing/entries.ts'
import { newDocumentName, type RunningSync } from '../testing/start-sync.ts'
import { useSyncDatabase } from '../testing/use-sync.ts'
import type { SyncLimits } from './sync-limits.ts'

// The date jumps, and what is measured in time goes on: windows, time-outs, idleness.

const TWO_DAYS = 2 * 24 * 60 * 60 * 1000

const database = useSyncDatabase('file')
let clock: { wallMs: number; elapsedMs: number }
let server: RunningSync
beforeEach(() => {
  clock = { wallMs: Date.now(), elapsedMs: 0 }
})

async function start(limits: Partial<SyncLimits>): Promise<void> {
  server = await database.start({ limits, now: () => clock.wallMs, monotonicMs: () => clock.elapsedMs })
}

async function connect(): Promise<Device> {
  return server.device(newDocumentName()).sync(`ann/family/${clock.wallMs + 2 * TWO_DAYS}`)
}

/** Asks so many times, and waits for each answer or the end. */
async function ask(device: Device, times: number): Promise<void> {
  for (let n = 0; n < times; n++) {
    const heard = device.heardUpdates
    device.stepOne()
    await device.until(() => device.heardUpdates > heard || device.closes.length > 0)
  }
}

test('a clock set back two days ends a window of frames when its time has passed', async () => {
  await start({ userFrames: 20, windowMs: 10_000 })
  const device = await connect()
  await ask(device, 6)
  clock.wallMs -= TWO_DAYS
  for (let window = 0; window < 5; window++) {
    clock.elapsedMs += 10_000
    await ask(device, 6)
  }
  expect(device.closes).toEqual([])
})

test('a clock set forward two days begins no new window of frames', async () => {
  await start({ userFrames: 20, windowMs: 10_000 })
  const device = await connect()
  await ask(device, 6)
  clock.wallMs += TWO_DAYS
  await ask(device, 6)
  await device.until(() => device.closes.length > 0)
  expect(device.closes).toEqual(['refused:rate-limited'])
})

test('a clock set back two days still ends sockets on which nobody signs in', async () => {
  await start({ unauthenticatedTimeoutMs: 5_000 })
  const device = server.device(newDocumentName())
  await device.opened()
  clock.wallMs -= TWO_DAYS
  clock.elapsedMs += 5_001
  await device.until(() => device.closeCode !== null)
  expect(device.closeCode).toBe(4401)
})

test('a clock set back two days keeps no failure of a commit alive, and a clock set forward forgets none', async () => {
  await start({})
  const device = await connect()
  await database.pool.query('alter table doc_updates rename to doc_updates_away')
  addEntry(device.doc, 'lost to the server')
  await device.until(() => device.closes.length > 0)
  clock.wallMs += TWO_DAYS
  expect(server.sync.isHealthy()).toBe(false)
  clock.wallMs -= 2 * TWO_DAYS
  clock.elapsedMs += 5_001
  expect(server.sync.isHealthy()).toBe(true)
})
