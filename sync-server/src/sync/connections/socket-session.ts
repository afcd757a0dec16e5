import { randomUUID } from 'node:crypto'
import type { Connection, Hocuspocus, WebSocketLike } from '@hocuspocus/server'
import type { RawData, WebSocket } from 'ws'
import {
  documentOfKey,
  type FrameAddress,
  messageKind,
  presenceTopic,
  readFrameAddress,
} from '../frames/frame-address.ts'
import type { IncomingLine } from '../limits/incoming-bytes.ts'
import type { OutgoingLine } from '../limits/outgoing-bytes.ts'
import { price } from '../limits/prices.ts'
import { RateWindow } from '../limits/rate-window.ts'
import { type DocumentClosed, refused } from '../refusals/refusal.ts'
import type { DocumentConnection, Times } from './document-connection.ts'
import { EarlyFrames } from './early-frames.ts'
import { Heartbeat } from './heartbeat.ts'
import { Outbox } from './outbox.ts'
import type { SocketSessionDeps } from './socket-session-deps.ts'

/** Hocuspocus' end of a socket. */
export type ClientConnection = ReturnType<Hocuspocus['handleConnection']>

/** Close codes of the socket itself. */
export const socketClose = {
  goingAway: 1001,
  unsupported: 1003,
  tooSlow: 4408,
  unauthenticated: 4401,
  rateLimited: 4429,
} as const

const paced: ReadonlySet<number> = new Set([messageKind.awareness, messageKind.queryAwareness])

/**
 * One WebSocket. It bounds what comes in and what waits to go out, hands sync messages to their document connection,
 * and everything else (authentication, awareness, close) to Hocuspocus.
 */
export class SocketSession implements WebSocketLike {
  readonly id = randomUUID()
  readonly documents = new Map<string, DocumentConnection>()
  readonly #deps: SocketSessionDeps
  readonly #socket: WebSocket
  readonly #window: RateWindow
  readonly #openedMs: number
  readonly #early = new EarlyFrames((change) => this.wait(change))
  #hocuspocus: ClientConnection | null = null
  #hasAuthenticated = false
  readonly #heartbeat: Heartbeat
  readonly #outbox: Outbox
  readonly #outgoing: OutgoingLine
  readonly #incoming: IncomingLine
  /** Bytes of a frame that is not whole yet. */
  #partBytes = 0
  #userId: string | null = null
  #pauses = 0
  #hasSpoken = false

  constructor(deps: SocketSessionDeps, socket: WebSocket) {
    this.#deps = deps
    this.#socket = socket
    this.#openedMs = deps.monotonicMs()
    this.#heartbeat = new Heartbeat(socket, this.#openedMs)
    const { connectionFrames, connectionBytes, windowMs } = deps.limits
    this.#outbox = new Outbox(socket, () => this.#outgoing.look())
    const dropFor = (cause: 'slow' | 'rate-limited') => () => {
      deps.onDropped(cause)
      socket.terminate()
    }
    this.#incoming = deps.incoming.open(dropFor('rate-limited'))
    this.#outgoing = deps.outgoing.open(this.#outbox, dropFor('slow'))
    this.#window = new RateWindow({ frames: connectionFrames, bytes: connectionBytes, windowMs }, this.#openedMs)
  }

  /** Connects the session to Hocuspocus, which was given the session as its socket. */
  attach(hocuspocus: ClientConnection): void {
    this.#hocuspocus = hocuspocus
    this.#socket.on('message', (data, isBinary) => {
      this.#incoming.count(-this.#partBytes)
      this.#partBytes = 0
      this.#receive(data, isBinary)
    })
    for (const control of ['ping', 'pong'] as const) this.#socket.on(control, ({ length }) => this.#admit(length))
  }

  /** Bytes came in, before it is known whether they make a frame whole. */
  arrived(bytes: number): void {
    this.#partBytes += bytes
    this.#incoming.count(bytes)
  }

  /** Counts bytes of frames that wait, or, below zero, of those that do no more. */
  wait(change: number): void {
    this.#incoming.count(change)
  }

  get readyState(): number {
    return this.#socket.readyState
  }

  /** Sends, unless the reader is so slow that its backlog would fill the memory: then it is dropped. */
  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
    this.sendParts(data as Uint8Array)
  }

  /** Sends one message made of several parts. The caller must not change them afterwards. */
  sendParts(...parts: readonly Uint8Array[]): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return
    if (this.#outgoing.admit(parts.reduce((sum, { length }) => sum + length, 0))) this.#outbox.send(...parts)
  }

  /** Closes the whole socket. */
  close(code?: number, reason?: string): void {
    this.#outbox.close(code, reason)
  }

  /** `true`, or resolves, when a large answer may be made without too much waiting to be read. */
  readyToAnswer(): true | Promise<void> {
    return this.#outgoing.ready()
  }

  /** Reads nothing from the socket until what this answers is called: whoever sends too much waits with it. */
  pause(): () => void {
    if (++this.#pauses === 1) this.#socket.pause()
    return () => {
      if (--this.#pauses === 0) this.#socket.resume()
    }
  }

  /**
   * A document's authentication succeeded; false where its person has too many documents open, and, with everything
   * closed, where they have too many sockets.
   */
  authenticated(userId: string): boolean {
    this.#hasAuthenticated = true
    if (!this.#deps.mayOpen(userId)) return false
    if (this.#userId === userId) return true
    this.#userId = userId
    this.#outgoing.belongsTo(userId)
    this.#incoming.belongsTo(userId)
    if (this.#deps.onSignedIn(userId)) return true
    this.#overrun()
    return false
  }

  /** Whether anything was heard on it. */
  get hasSpoken(): boolean {
    return this.#hasSpoken
  }

  /** The socket is gone. */
  closed(): void {
    this.#outgoing.close()
    this.#incoming.close()
  }

  /** A document's authentication failed, so what waited for it is void. */
  denied(documentName: string): void {
    this.#early.closeAll(documentName)
  }

  /** A document is open: from now on its sync messages go there, first the ones that came before. */
  adopt(connection: Connection, document: DocumentConnection): void {
    const key = connection.messageAddress
    this.documents.set(key, document)
    for (const body of this.#early.take(key)) document.receive(body)
  }

  /** A document was closed: what the device still sends for it, until it authenticates again, is void. */
  released(connection: Connection): void {
    const key = connection.messageAddress
    this.documents.get(key)?.stop()
    this.documents.delete(key)
    this.#early.close(key)
  }

  /** Closes every document with a reason, then the socket. */
  end(closed: DocumentClosed, code: number): void {
    for (const document of [...this.documents.values()]) document.close(closed)
    this.#outbox.close(code, closed.reason)
  }

  /** Periodic checks: expired tokens, held updates, missing authentication, slow readers, peers that are gone. */
  checkTime(times: Times): void {
    const nowMs = times.monotonicMs
    if (!this.#hasAuthenticated && nowMs - this.#openedMs > this.#deps.limits.unauthenticatedTimeoutMs) {
      this.#deps.onDropped('unauthenticated')
      this.end(refused('signed-out'), socketClose.unauthenticated)
      return
    }
    this.#outgoing.look()
    for (const document of this.documents.values()) document.checkTime(times)
    this.#heartbeat.check(nowMs, this.#pauses === 0)
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (!isBinary || !(data instanceof Uint8Array)) {
      this.#socket.close(socketClose.unsupported)
      return
    }
    this.#hasSpoken = true
    if (!this.#admit(data.length)) return
    const address = readFrameAddress(data)
    if (address === null) {
      this.#deps.onDropped('malformed')
      this.end(refused('malformed'), socketClose.unsupported)
      return
    }
    const document = this.documents.get(address.key)
    if (document && !this.#deps.takeFromUser(document.access.principal.userId, data.length)) this.#overrun()
    else if (address.kind !== messageKind.sync && address.kind !== messageKind.syncReply) this.#pass(address, data)
    else if (document) document.receive(address.body)
    else this.#keepEarly(address)
  }

  /** Counts a frame against what the socket may send; false, and everything closed, where it is too much. */
  #admit(bytes: number): boolean {
    const isWithin = this.#window.take(bytes, this.#deps.monotonicMs())
    if (!isWithin) this.#overrun()
    return isWithin
  }

  #pass(address: FrameAddress, data: Uint8Array): void {
    const { key, kind } = address
    const isOpen = this.documents.has(key)
    if (kind === messageKind.auth) {
      if (isOpen || this.#startOpening(key))
        this.#inTurn(key, this.#userId === null ? price.unknownToken : price.authentication, data)
    } else if (kind === messageKind.stateless) this.documents.get(key)?.hear(address.body)
    // Before a document is open, Hocuspocus would queue whatever else comes; nothing of it is worth keeping.
    else if (isOpen && kind === messageKind.close) this.#hocuspocus?.handleMessage(data)
    else if (isOpen && paced.has(kind) && data.length <= this.#deps.limits.awarenessBytes) {
      const topic = `${this.id} ${key} ${kind} ${kind === messageKind.awareness ? presenceTopic(address.body) : ''}`
      this.#deps.presence.pass(documentOfKey(key), topic, () => {
        if (this.documents.has(key)) this.#inTurn(key, price.presence, data)
      })
    }
  }

  /** Hands a frame to Hocuspocus when its person has a turn; until then the socket waits. */
  #inTurn(key: string, cost: number, data: Uint8Array): void {
    const turn = this.#deps.work.take(this.#userId ?? this.#deps.address, documentOfKey(key), cost)
    if (turn === true) {
      this.#hocuspocus?.handleMessage(data)
      return
    }
    const goOn = this.pause()
    void turn.then(() => {
      goOn()
      this.#hocuspocus?.handleMessage(data)
    })
  }

  /** Whether a document may be opened beside the others; from then on its early sync messages are kept. */
  #startOpening(key: string): boolean {
    if (this.#early.isOpening(key)) return true
    if (this.documents.size + this.#early.size >= this.#deps.limits.documentsPerConnection) {
      this.#overrun()
      return false
    }
    this.#early.start(key)
    return true
  }

  #keepEarly({ key, body }: FrameAddress): void {
    if (!this.#early.isClosed(key) && this.#startOpening(key)) this.#early.keep(key, body)
  }

  #overrun(): void {
    this.#deps.onDropped('rate-limited')
    this.#socket.removeAllListeners('message')
    this.end(refused('rate-limited'), socketClose.rateLimited)
  }
}
