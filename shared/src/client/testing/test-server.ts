import { Hocuspocus } from '@hocuspocus/server'
import * as encoding from 'lib0/encoding'
import { type WebSocket, WebSocketServer } from 'ws'
import * as Y from 'yjs'

const EMPTY_UPDATE_BYTES = 2
/** The frame's type, and what it says. */
const AUTHENTICATED = [2, 2]

/** A real Hocuspocus on a real socket that commits before it acknowledges, to a log that outlives it. */
export class TestServer {
  readonly log = new Map<string, Uint8Array[]>()
  /** Every token received, at connect and at renewal. */
  readonly tokens: string[] = []
  /** Larger frames close the socket; read at `start`. */
  maxFrameBytes = 16 * 1024 * 1024
  /** Sync frames that carried changes, committed or not. */
  frames = 0
  hello = { type: 'hello', serverTimeMs: Date.UTC(2026, 0, 5, 9), epoch: 1, readerVersion: 1, writerVersion: 1 }
  /** The reason to deny a document with, or null. */
  deny: (documentName: string, token: string) => string | null = () => null
  /** The reason to close a document with instead of committing, or null; may throw. */
  admit: (update: Uint8Array) => string | null = () => null
  #gate: Promise<void> = Promise.resolve()
  #open: () => void = () => undefined
  #waiting = 0
  #watchers: (() => void)[] = []
  #server: WebSocketServer | null = null
  #hocuspocus: Hocuspocus | null = null
  #port = 0

  get url(): string {
    return `ws://127.0.0.1:${this.#port}/sync`
  }

  /** Listens, on the same port as before. */
  async start(): Promise<void> {
    const hocuspocus = this.#makeHocuspocus()
    const server = new WebSocketServer({ port: this.#port, host: '127.0.0.1', maxPayload: this.maxFrameBytes })
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new TypeError('The test server has no port.')
    this.#port = address.port
    server.on('connection', (socket: WebSocket) => {
      const client = hocuspocus.handleConnection(socket as never, new Request('http://localhost/sync'))
      socket.on('message', (bytes: Buffer) => client.handleMessage(new Uint8Array(bytes)))
      socket.on('close', (code, reason) => client.handleClose({ code, reason: reason.toString() }))
    })
    this.#server = server
    this.#hocuspocus = hocuspocus
  }

  /** Ends like a killed process: sockets drop, what was not committed is gone. */
  async crash(): Promise<void> {
    const server = this.#server
    this.#server = null
    this.#hocuspocus = null
    if (server === null) return
    for (const socket of server.clients) socket.terminate()
    await new Promise((resolve) => server.close(resolve))
    this.#gate = Promise.resolve()
    this.#waiting = 0
  }

  /** Commits wait from now on. */
  hold(): void {
    this.#gate = new Promise((resolve) => {
      this.#open = resolve
    })
  }

  release(): void {
    this.#open()
  }

  /** Resolves when a commit is held. */
  async held(): Promise<void> {
    while (this.#waiting === 0) await this.#nextEvent()
  }

  /** Resolves when so many tokens have been received. */
  async received(tokens: number): Promise<void> {
    while (this.tokens.length < tokens) await this.#nextEvent()
  }

  #nextEvent(): Promise<void> {
    return new Promise((resolve) => this.#watchers.push(resolve))
  }

  #tell(): void {
    for (const watcher of this.#watchers.splice(0)) watcher()
  }

  /** Closes a document on every connection; the sockets stay open, as Hocuspocus leaves them. */
  closeDocument(documentName: string, reason: string): void {
    const document = this.#hocuspocus?.documents.get(documentName)
    for (const connection of document?.getConnections() ?? []) connection.close({ code: 4205, reason })
  }

  /** Tells every connection of a document once more what it may do, as after a token was renewed. */
  authenticateAgain(documentName: string): void {
    const encoder = encoding.createEncoder()
    encoding.writeVarString(encoder, documentName)
    for (const part of AUTHENTICATED) encoding.writeVarUint(encoder, part)
    encoding.writeVarString(encoder, 'read-write')
    const document = this.#hocuspocus?.documents.get(documentName)
    for (const connection of document?.getConnections() ?? []) connection.send(encoding.toUint8Array(encoder))
  }

  /** The document as committed. */
  committed(documentName: string): Y.Doc {
    const doc = new Y.Doc()
    for (const update of this.log.get(documentName) ?? []) Y.applyUpdate(doc, update)
    return doc
  }

  #makeHocuspocus(): Hocuspocus {
    const instance = new Hocuspocus({
      quiet: true,
      onAuthenticate: async ({ documentName, token }) => {
        this.tokens.push(token)
        this.#tell()
        const reason = this.deny(documentName, token)
        // Without a message Hocuspocus does not log it.
        if (reason !== null) throw { reason }
      },
      onTokenSync: async ({ token }) => {
        this.tokens.push(token)
        this.#tell()
      },
      connected: async ({ connection }) => {
        connection.sendStateless(JSON.stringify(this.hello))
      },
      onLoadDocument: async ({ documentName, document }) => {
        for (const update of this.log.get(documentName) ?? []) Y.applyUpdate(document, update)
      },
      beforeSync: async ({ type, payload, documentName }) => {
        if (type === 0 || payload.length <= EMPTY_UPDATE_BYTES) return
        this.frames += 1
        const reason = this.admit(payload)
        if (reason !== null) throw { code: 4400, reason }
        this.#waiting += 1
        this.#tell()
        await this.#gate
        this.#waiting -= 1
        // A process that was killed meanwhile commits nothing.
        if (this.#hocuspocus !== instance) throw { code: 1011, reason: 'killed' }
        this.log.set(documentName, [...(this.log.get(documentName) ?? []), payload])
      },
    })
    return instance
  }
}
