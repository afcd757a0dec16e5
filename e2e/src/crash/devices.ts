import type { QuestId } from '@questlog/shared/domain/kernel/ids'
import { openQuestDocument, type QuestDocument } from '@questlog/shared/store/quest-document'
import { registerAccount, type ScriptAccount, signIn } from '../harness/account.ts'
import { createWireClient, type WireClient } from '../harness/wire-client.ts'

/** One device of one person: the record store on top, the bare wire below. */
export interface Device {
  readonly account: ScriptAccount
  readonly wire: WireClient
  readonly quests: QuestDocument
}

/** Registers `people` accounts and opens `devicesEach` devices of every one. */
export async function makeDevices(
  server: { readonly url: string; readonly socketUrl: string },
  people: number,
  devicesEach: number,
): Promise<Device[]> {
  const devices: Device[] = []
  for (let person = 0; person < people; person++) {
    const account = await registerAccount(server.url)
    for (let count = 0; count < devicesEach; count++) {
      devices.push(makeDevice(server.socketUrl, account))
    }
  }
  return devices
}

/** Signs in once more and opens an empty device: what it sees is what the server kept. */
export async function makeFreshDevice(
  server: { readonly url: string; readonly socketUrl: string },
  account: ScriptAccount,
): Promise<Device> {
  const device = makeDevice(server.socketUrl, await signIn(server.url, account))
  await device.wire.connect()
  return device
}

/** Titles of every quest that the device shows, sorted. */
export function titles(device: Device): string[] {
  return [...device.quests.ids('quests')].map((id) => String(device.quests.record('quests', id)?.title)).sort()
}

/** Creates one quest whose title is the label. */
export function createQuest(device: Device, label: string): void {
  device.wire.edit(label, () => {
    device.quests.write([{ table: 'quests', id: crypto.randomUUID() as QuestId, patch: questFields(label) }])
  })
}

/** Writes quests, a few in flight at a time, until the server goes away; resolves with every label written. */
export async function writeUntilCut(device: Device, name: string, most = Number.POSITIVE_INFINITY): Promise<string[]> {
  const written: string[] = []
  for (let count = 0; count < most; count++) {
    const label = `${name} ${String(count).padStart(5, '0')}`
    written.push(label)
    createQuest(device, label)
    if (count % 4 !== 3) continue
    try {
      await device.wire.settled()
    } catch {
      return written
    }
  }
  return written
}

/** A device that has nothing yet. */
export function makeDevice(socketUrl: string, account: ScriptAccount): Device {
  const wire = createWireClient({ socketUrl, document: account.document, token: account.accessToken })
  return { account, wire, quests: openQuestDocument(wire.doc, { now: Date.now }) }
}

function questFields(title: string) {
  return { title, createdAt: Date.now(), priority: 2, rank: 'a0' }
}
