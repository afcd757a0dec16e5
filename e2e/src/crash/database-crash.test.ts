import { expect, it } from 'vitest'
import { freePort, makeDataDirectory, startQuestlog } from '../harness/questlog-process.ts'
import { killDatabase } from './database-processes.ts'
import { type Device, makeDevices, writeUntilCut } from './devices.ts'
import { expectNothingLost } from './expect-nothing-lost.ts'

it('a database killed under load loses nothing that was acknowledged, and the server recovers by itself', async () => {
  const dataDirectory = await makeDataDirectory()
  const server = await startQuestlog({ dataDirectory: dataDirectory.path, port: await freePort() })
  const devices = await makeDevices(server, 2, 2)
  for (const { wire } of devices) await wire.connect()
  const writing = devices.map((device, index) => writeUntilCut(device, `device ${index}`))
  const [first] = devices
  await first?.wire.sees(60, () => first.wire.acknowledged.size)

  await killDatabase(dataDirectory.path)

  const labels = await Promise.all(writing)
  const written = new Map<Device, string[]>(devices.map((device, index) => [device, labels[index] ?? []]))
  await server.untilReady()
  await expectNothingLost(server, devices, written)
  expect(await server.stop()).toBe(0)
  await dataDirectory.remove()
})
