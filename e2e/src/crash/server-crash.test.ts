import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePort, makeDataDirectory, spawnQuestlog, startQuestlog } from '../harness/questlog-process.ts'
import { createQuest, type Device, makeDevices, writeUntilCut } from './devices.ts'
import { expectNothingLost } from './expect-nothing-lost.ts'

let dataDirectory: Awaited<ReturnType<typeof makeDataDirectory>>
let port: number

beforeEach(async () => {
  dataDirectory = await makeDataDirectory()
  port = await freePort()
})
afterEach(() => dataDirectory.remove())

const start = (environment: Record<string, string> = {}) =>
  startQuestlog({ dataDirectory: dataDirectory.path, port, environment })

/** Snapshots replace the log at once and all the time, so that a crash meets every step of a compaction. */
const compactsOften = { COMPACT_AFTER_UPDATES: '20', LOG_RETENTION_DAYS: '0' }

/** Lets every device write until the server is gone. */
async function writeAll(devices: readonly Device[]): Promise<Map<Device, string[]>> {
  const written = await Promise.all(devices.map((device, index) => writeUntilCut(device, `device ${index}`)))
  return new Map(devices.map((device, index) => [device, written[index] ?? []]))
}

describe('a server killed under load loses nothing that it acknowledged', () => {
  it.each([
    { point: 'before-commit', passes: '40' },
    { point: 'after-commit', passes: '40' },
    { point: 'after-ack', passes: '40' },
    { point: 'during-compaction', passes: '1' },
    { point: 'during-compaction', passes: '2' },
    { point: 'during-compaction', passes: '6' },
  ])('when it dies $point, on pass $passes', async ({ point, passes }) => {
    const server = await start({ ...compactsOften, QUESTLOG_CRASH_AT: point, QUESTLOG_CRASH_AFTER: passes })
    const devices = await makeDevices(server, 2, 3)
    for (const { wire } of devices) await wire.connect()
    const written = await writeAll(devices)
    await server.ended()

    const restarted = await start()
    await expectNothingLost(restarted, devices, written)
    expect(await restarted.stop()).toBe(0)
  })

  it.each(['before-commit', 'after-commit'])(
    'when it dies %s of what devices wrote before they connected',
    async (point) => {
      const server = await start({ QUESTLOG_CRASH_AT: point })
      const devices = await makeDevices(server, 2, 2)
      const written = new Map<Device, string[]>()
      for (const [index, device] of devices.entries()) {
        const labels = Array.from({ length: 30 }, (_, count) => `offline ${index} ${count}`)
        for (const label of labels) createQuest(device, label)
        written.set(device, labels)
      }
      await Promise.allSettled(devices.map(({ wire }) => wire.connect()))
      await server.ended()
      await Promise.allSettled(devices.map(({ wire }) => wire.settled()))

      const restarted = await start()
      await expectNothingLost(restarted, devices, written)
      expect(await restarted.stop()).toBe(0)
    },
  )

  it('when it is killed again and again at moments nobody chose', async () => {
    let server = await start(compactsOften)
    const devices = await makeDevices(server, 2, 2)
    const written = new Map<Device, string[]>(devices.map((device) => [device, []]))
    for (let round = 0; round < 4; round++) {
      for (const { wire } of devices) await wire.connect()
      const writing = devices.map((device, index) => writeUntilCut(device, `round ${round} device ${index}`))
      const [first] = devices
      await first?.wire.sees(30 + 45 * round, () => first.wire.acknowledged.size)
      await server.kill()
      for (const [index, labels] of (await Promise.all(writing)).entries()) {
        const device = devices[index]
        if (device) written.get(device)?.push(...labels)
      }
      server = await start(compactsOften)
    }
    await expectNothingLost(server, devices, written)
    expect(await server.stop()).toBe(0)
  })
})

describe('a server killed while it prepares its database', () => {
  it('comes up whole at the next start', async () => {
    await dataDirectory.empty()
    const dying = spawnQuestlog({
      dataDirectory: dataDirectory.path,
      port,
      environment: { QUESTLOG_CRASH_AT: 'during-migration' },
    })
    await dying.process.ended()
    await expect(dying.ready).rejects.toThrow('SIGKILL')

    const server = await start()
    const devices = await makeDevices(server, 1, 2)
    for (const { wire } of devices) await wire.connect()
    const written = new Map<Device, string[]>()
    for (const [index, device] of devices.entries()) {
      written.set(device, await writeUntilCut(device, `device ${index}`, 20))
    }
    await expectNothingLost(server, devices, written)
    expect(await server.stop()).toBe(0)
  })
})
