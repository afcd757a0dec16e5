import { randomUUID } from 'node:crypto'
import type { Connection, Hocuspocus, WebSocketLike } from '@hocuspocus/server'
import type { RawData, WebSocket } from 'ws'
import type { OutgoingBytes, OutgoingLine } from '../limits/outgoing-bytes.ts'
import { price } from '../limits/prices.ts'
import { RateWindow } from '../limits/rate-window.ts'
import type { SyncLimits } from '../limits/sync-limits.ts'
import type { WorkShares } from '../limits/work-shares.ts'
import { type DocumentClosed, refused } from '../refusal.ts'
import type { DocumentConnection, Times } from './document-connection.ts'
import {
  documentOfKey,
  type FrameAddress,
  markEarly,
  messageKind,
  presenceTopic,
  readFrameAddress,
} from './frame-address.ts'
import { Outbox } from './outbox.ts'
import type { PresencePacer } from './presence-pacer.ts'

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

const CLOSED_KEYS = 1_000
const PING_MS = 25_000
const paced: ReadonlySet<number> = new Set([messageKind.awareness, messageKind.queryAwareness])

export interface SocketSessionDeps {
  readonly limits: SyncLimits
  readonly monotonicMs: () => number
  /** Counts a frame against its user; false when the user sends too much. */
  readonly takeFromUser: (userId: string, bytes: number) => boolean
  readonly onDropped: (cause: 'slow' | 'rate-limited' | 'unauthenticated' | 'malformed') => void
  /** Whom its work counts for until it has shown an accepted token. */
  readonly address: string
  readonly outgoing: OutgoingBytes
  readonly presence: PresencePacer
  readonly work: Pick<WorkShares, 'take'>
  /** Its person has shown an accepted token; false where that person has too many sockets. */
  readonly onSignedIn: (session: SocketSession, userId: string) => boolean
  /** Whether a person may open another document. */
  readonly mayOpen: (userId: string) => boolean
  /** Takes what tells this socket of the commit, where what is sent now is not committed yet; null where it is. */
  readonly early: () => ((tellCommitted: () => void) => void) | null
}

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
  /** Sync messages of documents that are being opened. */
  readonly #early = new Map<string, Uint8Array[]>()
  /** Documents that were closed and not asked for again: what the device had under way for them is void. */
  readonly #closedKeys = new Set<string>()
  #earlyBytes = 0
  #hocuspocus: ClientConnection | null = null
  #hasAuthenticated = false
  #isMuted = false
  #isAlive = true
  #pingedMs: number
  readonly #outbox: Outbox
  readonly #line: OutgoingLine
  #userId: string | null = null
  #pauses = 0
  #hasSpoken = false

  constructor(deps: SocketSessionDeps, socket: WebSocket) {
    this.#deps = deps
    this.#socket = socket
    this.#openedMs = deps.monotonicMs()
    this.#pingedMs = this.#openedMs
    const { connectionFrames, connectionBytes, windowMs } = deps.limits
    this.#outbox = new Outbox(socket, () => this.#line.look())
    this.#line = deps.outgoing.open(this.#outbox, () => {
      deps.onDropped('slow')
      socket.terminate()
    })
    this.#window = new RateWindow({ frames: connectionFrames, bytes: connectionBytes, windowMs }, this.#openedMs)
  }

  /** Connects the session to Hocuspocus, which was given the session as its socket. */
  attach(hocuspocus: ClientConnection): void {
    this.#hocuspocus = hocuspocus
    this.#socket.on('message', (data, isBinary) => this.#receive(data, isBinary))
    this.#socket.on('pong', () => {
      this.#isAlive = true
    })
  }

  get readyState(): number {
    return this.#socket.readyState
  }

  /** Sends, unless the reader is so slow that its backlog would fill the memory: then it is dropped. */
  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
    const frame = data as Uint8Array
    const onShown = this.#deps.early()
    const notice = onShown === null ? null : markEarly(frame)
    if (this.sendParts(frame) && notice !== null) onShown?.(() => this.send(notice))
  }

  /** The same of one message of several parts, none of which may be changed afterwards; whether it goes out. */
  sendParts(...parts: readonly Uint8Array[]): boolean {
    if (this.#isMuted || this.#socket.readyState !== this.#socket.OPEN) return false
    if (!this.#line.admit(parts.reduce((sum, { length }) => sum + length, 0))) return false
    this.#outbox.send(...parts)
    return true
  }

  /** Closes the whole socket. */
  close(code?: number, reason?: string): void {
    this.#outbox.close(code, reason)
  }

  /** Runs `send` while this socket hears nothing. */
  withoutEcho(send: () => void): void {
    this.#isMuted = true
    try {
      send()
    } finally {
      this.#isMuted = false
    }
  }

  /** `true`, or resolves, when a large answer may be made without too much waiting to be read. */
  readyToAnswer(): true | Promise<void> {
    return this.#line.ready()
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
    this.#line.belongsTo(userId)
    if (this.#deps.onSignedIn(this, userId)) return true
    this.#overrun()
    return false
  }

  /** Whether anything was heard on it. */
  get hasSpoken(): boolean {
    return this.#hasSpoken
  }

  /** The socket is gone. */
  closed(): void {
    this.#line.close()
  }

  /** A document's authentication failed, so what waited for it is void. */
  denied(documentName: string): void {
    for (const key of [...this.#early.keys()]) if (documentOfKey(key) === documentName) this.#close(key)
  }

  /** A document is open: from now on its sync messages go there, first the ones that came before. */
  adopt(connection: Connection, document: DocumentConnection): void {
    const key = connection.messageAddress
    this.documents.set(key, document)
    const early = this.#early.get(key) ?? []
    this.#forget(key)
    for (const body of early) document.receive(body)
  }

  /** A document was closed: what the device still sends for it, until it authenticates again, is void. */
  released(connection: Connection): void {
    const key = connection.messageAddress
    this.documents.get(key)?.stop()
    this.documents.delete(key)
    this.#close(key)
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
    this.#line.look()
    for (const document of this.documents.values()) document.checkTime(times)
    if (nowMs - this.#pingedMs >= PING_MS) this.#checkAlive(nowMs)
  }

  // A peer that did not answer the ping before is gone. Each socket counts from its own opening: pings to all at once,
  // and all their answers, would keep everybody waiting.
  #checkAlive(nowMs: number): void {
    this.#pingedMs = nowMs
    if (this.#pauses > 0) return
    if (!this.#isAlive) this.#socket.terminate()
    else if (this.#socket.readyState === this.#socket.OPEN) {
      this.#isAlive = false
      this.#socket.ping()
    }
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (!isBinary || !(data instanceof Uint8Array)) {
      this.#socket.close(socketClose.unsupported)
      return
    }
    this.#hasSpoken = true
    if (!this.#window.take(data.length, this.#deps.monotonicMs())) {
      this.#overrun()
      return
    }
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
    if (this.#early.get(key)) return true
    if (this.documents.size + this.#early.size >= this.#deps.limits.documentsPerConnection) {
      this.#overrun()
      return false
    }
    this.#early.set(key, [])
    this.#closedKeys.delete(key)
    return true
  }

  #keepEarly({ key, body }: FrameAddress): void {
    if (this.#closedKeys.has(key) || !this.#startOpening(key)) return
    this.#earlyBytes += body.length
    this.#early.get(key)?.push(body)
    const { connectionWaitingBytes, unauthenticatedBytes } = this.#deps.limits
    if (this.#earlyBytes > (this.#hasAuthenticated ? connectionWaitingBytes : unauthenticatedBytes)) this.#overrun()
  }

  #close(key: string): void {
    this.#forget(key)
    if (this.#closedKeys.size >= CLOSED_KEYS) this.#closedKeys.clear()
    this.#closedKeys.add(key)
  }

  #forget(key: string): void {
    for (const body of this.#early.get(key) ?? []) this.#earlyBytes -= body.length
    this.#early.delete(key)
  }

  #overrun(): void {
    this.#deps.onDropped('rate-limited')
    this.#socket.removeAllListeners('message')
    this.end(refused('rate-limited'), socketClose.rateLimited)
  }
}
