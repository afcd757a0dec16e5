import { execFileSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { registerAccount, type ScriptAccount, signIn } from '../harness/account.ts'
import { freePort, makeDataDirectory, type QuestlogProcess, startQuestlog } from '../harness/questlog-process.ts'
import { createQuest, type Device, makeDevice, makeFreshDevice } from './devices.ts'

// What docs/backup.md says of devices, tried out.

let dataDirectory: Awaited<ReturnType<typeof makeDataDirectory>>
let port: number
let server: QuestlogProcess

beforeEach(async () => {
  dataDirectory = await makeDataDirectory()
  port = await freePort()
  server = await start()
})
afterEach(async () => {
  await server.stop()
  await dataDirectory.remove()
})

const start = () => startQuestlog({ dataDirectory: dataDirectory.path, port })

/** With its owners: PostgreSQL refuses files of another account. */
const copy = (from: string, to: string) => execFileSync('cp', ['-a', from, to])

const backup = () => `${dataDirectory.path}.backup`

async function takeBackup(): Promise<void> {
  await server.stop()
  copy(dataDirectory.path, backup())
}

async function putBackupBack(): Promise<void> {
  await server.stop()
  await rm(dataDirectory.path, { recursive: true })
  copy(backup(), dataDirectory.path)
  await rm(backup(), { recursive: true })
  server = await start()
}

/** Titles of the quests that are not in the Trash. */
function listed(device: Device): string[] {
  const quests = [...device.quests.ids('quests')].map((id) => device.quests.record('quests', id))
  return quests
    .filter((quest) => quest?.deletedAt == null)
    .map((quest) => String(quest?.title))
    .sort()
}

async function restore(account: ScriptAccount, at: string): Promise<number> {
  const workspaceId = account.document.split(':')[1]
  const response = await fetch(`${server.url}/api/v1/workspaces/${workspaceId}/restore`, {
    method: 'POST',
    headers: { authorization: `Bearer ${account.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ at }),
  })
  return response.status
}

test('devices bring back what they have beyond a backup, until the log is put back to its moment', async () => {
  const account = await registerAccount(server.url)
  const device = makeDevice(server.socketUrl, account)
  await device.wire.connect()
  createQuest(device, 'before')
  await device.wire.settled()
  await takeBackup()
  const moment = new Date().toISOString()
  server = await start()
  await device.wire.connect()
  createQuest(device, 'after')
  await device.wire.settled()
  await putBackupBack()

  const fresh = await makeFreshDevice(server, account)
  expect(listed(fresh)).toEqual(['before'])
  await device.wire.connect()
  await device.wire.settled()
  await fresh.wire.sees(2, () => listed(fresh).length)
  expect(listed(fresh)).toEqual(['after', 'before'])

  expect(await restore(await signIn(server.url, account), moment)).toBe(200)
  for (const one of [device, fresh]) await expect.poll(() => listed(one)).toEqual(['before'])
})
