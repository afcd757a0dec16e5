import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as syncProtocol from 'y-protocols/sync'
import * as Y from 'yjs'

const kinds = { sync: 0, awareness: 1, auth: 2, syncReply: 4, stateless: 5, close: 7, status: 8 } as const

/** A device at the level of the wire: what it sends and hears is all there is to it. */
export class Device {
  readonly doc: Y.Doc
  readonly document: string
  readonly socket: WebSocket
  /** Acknowledgements heard, in order: true for applied. */
  readonly statuses: boolean[] = []
  /** Reasons of denials and document closes heard. */
  readonly closes: string[] = []
  readonly stateless: string[] = []
  readonly awareness: Uint8Array[] = []
  heardUpdates = 0
  isAuthenticated = false
  isSynced = false
  closeCode: number | null = null
  /** Set to false to hear the server's handshake without answering it. */
  answersHandshake = true
  readonly #waiting = new Set<() => void>()

  constructor(url: string, document: string, doc: Y.Doc = new Y.Doc()) {
    this.doc = doc
    this.document = document
    this.socket = new WebSocket(url)
    this.socket.binaryType = 'nodebuffer'
    this.socket.on('message', (data: Buffer) => this.#hear(data))
    this.socket.on('close', (code) => {
      this.closeCode = code
      this.#wake()
    })
    this.socket.on('error', () => undefined)
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this && this.isSynced) this.sendUpdate(update)
    })
  }

  /** Resolves when the condition holds; it is tried after everything heard. */
  async until(condition: () => boolean): Promise<void> {
    if (condition()) return
    await new Promise<void>((resolve) => {
      const wake = () => {
        if (!condition()) return
        this.#waiting.delete(wake)
        resolve()
      }
      this.#waiting.add(wake)
    })
  }

  async opened(): Promise<void> {
    await new Promise<void>((resolve) => {
      if (this.socket.readyState === WebSocket.OPEN) resolve()
      else this.socket.once('open', () => resolve())
    })
  }

  authenticate(token: string): void {
    this.sendFrame(kinds.auth, (encoder) => {
      encoding.writeVarUint(encoder, 0)
      encoding.writeVarString(encoder, token)
    })
  }

  stepOne(): void {
    this.sendFrame(kinds.sync, (encoder) => syncProtocol.writeSyncStep1(encoder, this.doc))
  }

  stepTwo(update: Uint8Array = Y.encodeStateAsUpdate(this.doc)): void {
    this.sendFrame(kinds.syncReply, (encoder) => {
      encoding.writeVarUint(encoder, 1)
      encoding.writeVarUint8Array(encoder, update)
    })
  }

  sendUpdate(update: Uint8Array): void {
    this.sendFrame(kinds.sync, (encoder) => syncProtocol.writeUpdate(encoder, update))
  }

  sendFrame(kind: number, write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder()
    encoding.writeVarString(encoder, this.document)
    encoding.writeVarUint(encoder, kind)
    write(encoder)
    this.socket.send(encoding.toUint8Array(encoder))
  }

  /** Authenticates, runs the handshake, and resolves when everything is exchanged and acknowledged. */
  async sync(token: string): Promise<this> {
    await this.opened()
    this.authenticate(token)
    await this.until(() => this.isSynced || this.closes.length > 0 || this.closeCode !== null)
    if (!this.isSynced) throw new Error(`not synced: ${this.closes.at(-1) ?? this.closeCode}`)
    return this
  }

  async close(): Promise<void> {
    this.socket.close()
    await this.until(() => this.closeCode !== null)
  }

  #hear(frame: Buffer): void {
    const decoder = decoding.createDecoder(frame)
    decoding.readVarString(decoder)
    const kind = decoding.readVarUint(decoder)
    if (kind === kinds.auth) this.#hearAuth(decoder)
    else if (kind === kinds.sync || kind === kinds.syncReply) this.#hearSync(decoder)
    else if (kind === kinds.status) {
      this.statuses.push(decoding.readVarUint(decoder) === 1)
      if (this.answersHandshake) this.isSynced = true
    } else if (kind === kinds.close) this.closes.push(decoding.readVarString(decoder))
    else if (kind === kinds.stateless) this.stateless.push(decoding.readVarString(decoder))
    else if (kind === kinds.awareness) this.awareness.push(decoding.readVarUint8Array(decoder))
    this.#wake()
  }

  #hearAuth(decoder: decoding.Decoder): void {
    if (decoding.readVarUint(decoder) === 1) this.closes.push(decoding.readVarString(decoder))
    else {
      this.isAuthenticated = true
      if (this.answersHandshake) this.stepOne()
    }
  }

  #hearSync(decoder: decoding.Decoder): void {
    const step = decoding.readVarUint(decoder)
    const payload = decoding.readVarUint8Array(decoder)
    if (step === 0) {
      if (this.answersHandshake) this.stepTwo(Y.encodeStateAsUpdate(this.doc, payload))
      return
    }
    this.heardUpdates++
    Y.applyUpdate(this.doc, payload, this)
  }

  #wake(): void {
    for (const wake of [...this.#waiting]) wake()
  }
}
