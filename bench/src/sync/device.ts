import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { WebSocket } from 'ws'
import * as Y from 'yjs'
import type { SampleQuest } from '../store/sample-quests.ts'
import { answerFrame, authenticationFrame, type Heard, questionFrame, readFrame, updateFrame } from './frames.ts'

/** What the load learns from a device. */
export interface DeviceEvents {
  /** An update arrived, of this device's own edits too: a server answers them to everybody. */
  readonly onUpdate: (device: Device, frame: Buffer) => void
  /** The server acknowledged the device's oldest edit in flight. */
  readonly onAcknowledged: (device: Device) => void
}

export interface Device {
  readonly document: string
  /** Writes one field of one quest and sends it. */
  edit(questId: string, title: string): void
  close(): void
}

export interface DeviceOptions {
  readonly url: string
  readonly document: string
  readonly token: string
  /** What the device wrote before it connects. */
  readonly quests: readonly SampleQuest[]
}

/** Connects a replica with a store of its own over a bare socket; resolves when the first handshake is acknowledged. */
export function connectDevice(options: DeviceOptions, events: DeviceEvents): Promise<Device> {
  const { document } = options
  const doc = new Y.Doc()
  const store = openQuestDocument(doc, { now: Date.now })
  store.write(options.quests.map(({ id, fields }) => ({ table: 'quests', id, patch: fields })))
  const socket = new WebSocket(options.url, { perMessageDeflate: false, maxPayload: 16_777_216 })
  const device: Device = {
    document,
    edit: (id, title) => void store.write([{ table: 'quests', id, patch: { title } }]),
    close: () => socket.terminate(),
  }
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== socket) socket.send(updateFrame(document, update))
  })

  return new Promise((resolve, reject) => {
    let connected = false
    const hear = (heard: Heard, frame: Buffer) => {
      if (heard.kind === 'accepted') socket.send(questionFrame(document, doc))
      else if (heard.kind === 'asked') socket.send(answerFrame(document, doc, heard.stateVector))
      else if (heard.kind === 'refused') reject(new Error(`${document} was refused: ${heard.reason}`))
      else if (heard.kind === 'update') {
        events.onUpdate(device, frame)
        Y.applyUpdate(doc, heard.update, socket)
      } else if (heard.kind === 'acknowledged') {
        if (!heard.applied) throw new Error(`${document}: an edit was not applied`)
        if (connected) events.onAcknowledged(device)
        connected = true
        resolve(device)
      }
    }
    socket.on('open', () => socket.send(authenticationFrame(document, options.token)))
    socket.on('message', (frame: Buffer) => hear(readFrame(frame), frame))
    socket.on('error', reject)
    socket.on('close', (code) => reject(new Error(`${document}: the socket closed (${code})`)))
  })
}
