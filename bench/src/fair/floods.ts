import { Device } from '@questlog/sync-server/src/sync/testing/device.ts'
import * as encoding from 'lib0/encoding'
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { send } from '../rest/client.ts'

/** Where one person sends too much. */
export interface FloodTarget {
  readonly httpUrl: string
  readonly socketUrl: string
  readonly token: string
  readonly document: string
}

const EVERY_MS = 10
const AWARENESS = 1

/** What one person can do within the limits of frames and requests, by name. Each goes on until its process ends. */
export const floods = {
  /** 900 small edits a second on three sockets. */
  async updates(target: FloodTarget) {
    const devices = await connect(target, 3)
    let n = 0
    every(devices, ({ doc }) => {
      for (let edit = 0; edit < 3; edit++)
        doc.getArray('quests').push([[`flood${n++}`, Date.now() * 1024, { title: 'x' }]])
    })
  },
  /** 900 presence messages a second, each for ten sockets. */
  async presence(target: FloodTarget) {
    const devices = await connect(target, 10)
    const awareness = devices.map(({ doc }) => new Awareness(doc))
    every(devices.slice(0, 9), (device, index) => {
      const own = awareness[index]
      if (own === undefined) return
      own.setLocalState({ at: performance.now() })
      const update = encodeAwarenessUpdate(own, [own.clientID])
      device.sendFrame(AWARENESS, (encoder) => encoding.writeVarUint8Array(encoder, update))
    })
  },
  /** 300 times a second a whole document of 1.5 MB is asked for. */
  async 'step-ones'(target: FloodTarget) {
    await fill(target)
    const devices = await connect(target, 3)
    const nothing = new Y.Doc()
    for (const device of devices) device.socket.removeAllListeners('message')
    for (const device of devices) device.socket.on('message', () => undefined)
    every(devices, (device) => {
      device.sendFrame(0, (encoder) => {
        encoding.writeVarUint(encoder, 0)
        encoding.writeVarUint8Array(encoder, Y.encodeStateVector(nothing))
      })
    })
  },
  /** 32 requests under way all the time. */
  async rest({ httpUrl, token }: FloodTarget) {
    const goOn = async (): Promise<never> => {
      for (;;) await send('GET', `${httpUrl}/api/v1/quests?limit=200`, token)
    }
    for (let n = 0; n < 32; n++) void goOn()
  },
  /** Sockets that open a document of 1.5 MB and go away again. */
  async opens(target: FloodTarget) {
    await fill(target)
    const goOn = async (): Promise<never> => {
      for (;;) {
        const device = new Device(target.socketUrl, target.document)
        await device.sync(target.token).catch(() => undefined)
        device.socket.terminate()
      }
    }
    for (let n = 0; n < 8; n++) void goOn()
  },
  /** Sixty sockets that ask for a document of 1.5 MB and never read it. */
  async 'slow-readers'(target: FloodTarget) {
    await fill(target)
    const devices = await connect(target, 60)
    for (const device of devices) {
      device.socket.pause()
      for (let n = 0; n < 20; n++) device.stepOne()
    }
  },
} satisfies Record<string, (target: FloodTarget) => Promise<void>>

export type FloodName = keyof typeof floods

async function connect(target: FloodTarget, count: number): Promise<Device[]> {
  const devices: Device[] = []
  for (let n = 0; n < count; n++) {
    devices.push(await new Device(target.socketUrl, target.document).sync(target.token))
  }
  return devices
}

/** Brings the document to 1.5 MB, once. */
async function fill(target: FloodTarget): Promise<void> {
  const [device] = await connect(target, 1)
  if (device === undefined || device.doc.getArray('quests').length >= 3_000) return
  const before = device.statuses.length
  const title = 'x'.repeat(480)
  const entries = Array.from({ length: 3_000 }, (_, n) => [`full${n}`, Date.now() * 1024, { title }])
  device.doc.getArray('quests').push(entries)
  await device.until(() => device.statuses.length > before || device.closes.length > 0)
  device.socket.terminate()
}

function every(devices: readonly Device[], act: (device: Device, index: number) => void): void {
  setInterval(() => {
    for (const [index, device] of devices.entries()) if (device.closeCode === null) act(device, index)
  }, EVERY_MS)
}
