import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { freePort, makeDataDirectory, startQuestlog } from '../harness/questlog-process.ts'
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

  process.kill(await postmasterPid(dataDirectory.path), 'SIGKILL')

  const labels = await Promise.all(writing)
  const written = new Map<Device, string[]>(devices.map((device, index) => [device, labels[index] ?? []]))
  await ready(server.url)
  await expectNothingLost(server, devices, written)
  expect(await server.stop()).toBe(0)
  await dataDirectory.remove()
})

async function postmasterPid(dataDirectory: string): Promise<number> {
  const [pid] = (await readFile(join(dataDirectory, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')
  return Number(pid)
}

/** Resolves when the server says that its database answers again. */
async function ready(url: string): Promise<void> {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    const response = await fetch(`${url}/health/ready`).catch(() => null)
    if (response?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('the server did not become ready again')
}
