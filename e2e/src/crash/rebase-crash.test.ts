import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { registerAccount, type ScriptAccount, signIn } from '../harness/account.ts'
import { freePort, makeDataDirectory, type QuestlogProcess, startQuestlog } from '../harness/questlog-process.ts'
import { makeFreshDevice, titles } from './devices.ts'
import { type MovingDevice, makeMovingDevice } from './moving-device.ts'

const DEVICES = 6
/** A document moves to a new epoch as soon as a fifth device has written to it. */
const movesOften = { REBASE_AFTER_CLIENT_IDS: '2' }

let dataDirectory: Awaited<ReturnType<typeof makeDataDirectory>>
let port: number
let account: ScriptAccount

beforeEach(async () => {
  dataDirectory = await makeDataDirectory()
  port = await freePort()
})
afterEach(() => dataDirectory.remove())

const start = (environment: Record<string, string> = {}) =>
  startQuestlog({ dataDirectory: dataDirectory.path, port, environment })

async function openDevices(server: QuestlogProcess): Promise<readonly MovingDevice[]> {
  account = await registerAccount(server.url)
  return Array.from({ length: DEVICES }, (_, n) => makeMovingDevice(server.socketUrl, account, `device ${n}`))
}

/** What is acknowledged is there at once; the rest is sent, and each edit is there exactly once. */
async function expectAllThere(server: QuestlogProcess, devices: readonly MovingDevice[]): Promise<void> {
  const fresh = await makeFreshDevice(server, account)
  const acknowledged = devices.flatMap((device) => [...device.acknowledged])
  expect(acknowledged.length).toBeGreaterThan(0)
  expect(titles(fresh)).toEqual(expect.arrayContaining(acknowledged))
  for (const device of devices) {
    await device.connect()
    await device.device.wire.settled()
  }
  const everything = devices.flatMap(({ written }) => written).sort()
  await fresh.wire.sees(everything.length, () => titles(fresh).length)
  expect(titles(fresh)).toEqual(everything)
  expect(titles(await makeFreshDevice(server, account))).toEqual(everything)
}

describe('a server that is killed while it moves a document to a new epoch loses nothing that it acknowledged', () => {
  it.each([
    { point: 'during-rebase', pass: '1', epoch: '1' },
    { point: 'during-rebase', pass: '2', epoch: '1' },
    { point: 'before-epoch-ends', pass: '1', epoch: '1' },
    { point: 'after-epoch-ended', pass: '1', epoch: '2' },
  ])('when it dies $point, on pass $pass', async ({ point, pass, epoch }) => {
    const server = await start({ ...movesOften, QUESTLOG_CRASH_AT: point, QUESTLOG_CRASH_AFTER: pass })
    const devices = await openDevices(server)
    for (const device of devices) await device.connect()
    await Promise.all(devices.map((device) => device.write()))
    await server.ended()

    const restarted = await start()
    expect((await signIn(restarted.url, account)).document.split(':').at(-1)).toBe(epoch)
    await expectAllThere(restarted, devices)
    expect(await restarted.stop()).toBe(0)
  })

  it('when it is killed again and again while documents move on under those who write', async () => {
    let server = await start(movesOften)
    const devices = await openDevices(server)
    for (let round = 0; round < 3; round++) {
      for (const device of devices) await device.connect()
      const writing = devices.map((device) => device.write())
      await Promise.race(devices.map((device) => device.moved()))
      await server.kill()
      await Promise.all(writing)
      server = await start(movesOften)
    }
    await server.stop()
    server = await start()
    expect(Number((await signIn(server.url, account)).document.split(':').at(-1))).toBeGreaterThan(3)
    await expectAllThere(server, devices)
    expect(await server.stop()).toBe(0)
  })
})
