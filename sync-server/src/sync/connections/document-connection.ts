import { type Connection, OutgoingMessage } from '@hocuspocus/server'
import * as Y from 'yjs'
import type { DocumentThread } from '../../log/thread/document-thread.ts'
import { isPiece, nextTurn } from '../../log/updates/pieces.ts'
import type { FaultPoint } from '../../process/fault-point.ts'
import type { OpenDocument, Received } from '../documents/open-document.ts'
import type { Author } from '../documents/open-document-deps.ts'
import { relay, relayEarly } from '../documents/relay.ts'
import { piecesOfSent } from '../documents/sent-pieces.ts'
import type { StepOneAnswers } from '../documents/step-one-answers.ts'
import { parseFrame, step } from '../frames/sync-frames.ts'
import { price } from '../limits/prices.ts'
import type { SyncLimits } from '../limits/sync-limits.ts'
import { asClose, type DocumentClosed, refused, retry } from '../refusals/refusal.ts'
import type { Access, Role } from './access.ts'
import { digestOf, isDigestRequest } from './answer-digest.ts'
import { type AskedConnection, answerStepOne } from './answer-step-one.ts'
import { isAlone } from './document-peers.ts'
import { DIGEST, WaitingFrames } from './waiting-frames.ts'

const HELD_UPDATES = 256

/** The date, by which tokens end, and the time that only goes on, by which all else is measured. */
export interface Times {
  readonly wallMs: number
  readonly monotonicMs: number
}

export interface DocumentConnectionDeps {
  readonly limits: SyncLimits
  readonly monotonicMs: () => number
  readonly faultPoint: FaultPoint
  /** Sends one message of several parts. The caller must not change them afterwards. */
  readonly sendParts: (...parts: readonly Uint8Array[]) => void
  /** `true`, or resolves, when what waits to be read leaves room for a large answer. */
  readonly readyToAnswer: () => true | Promise<void>
  /** Counts bytes of frames that wait here, or, below zero, of those that do no more. */
  readonly wait: (change: number) => void
  /** Reads nothing from the socket until the answer is called. */
  readonly pause: () => () => void
  /** Asks for a turn before work of a price is done for this person on this document. */
  readonly take: (price: number) => true | Promise<void>
  /** Charges what the work took beyond its price. */
  readonly spend: (price: number) => void
  readonly onClosed: (closed: DocumentClosed) => void
  readonly stepOneAnswers: StepOneAnswers
  readonly thread: DocumentThread
}

/**
 * One document on one socket: takes its sync messages strictly in order and answers each update with one
 * acknowledgement, after its commit. Hocuspocus would acknowledge what is only in memory, so sync messages never
 * reach it.
 */
export class DocumentConnection {
  readonly connection: Connection
  readonly open: OpenDocument
  readonly access: Access
  readonly #deps: DocumentConnectionDeps
  readonly #author: Author
  readonly #ack: Uint8Array
  readonly #asked: AskedConnection
  readonly #frames: WaitingFrames
  #running = false
  #closed = false
  #isPaused = false
  /** Updates that arrived before the handshake brought what they build on. They are answered after it. */
  #held: Uint8Array[] = []
  #heldSinceMs = 0
  #hasStepTwo = false

  constructor(deps: DocumentConnectionDeps, connection: Connection, open: OpenDocument, access: Access) {
    this.#deps = deps
    this.connection = connection
    this.open = open
    this.access = access
    const frames = new WaitingFrames(deps.limits.connectionWaitingBytes, deps.wait)
    this.#frames = frames
    this.#ack = new OutgoingMessage(connection.messageAddress).writeSyncStatus(true).toUint8Array()
    this.#asked = { ...deps, connection, open, charged: (work) => this.#charged(work), isClosed: () => this.#closed }
    const { doc } = open
    this.#author = {
      get userId() {
        return access.principal.userId
      },
      get canWrite() {
        return access.role !== 'viewer'
      },
      get hasMore() {
        return !frames.isEmpty
      },
      apply: (bytes) =>
        this.#charged(() => {
          Y.applyUpdate(doc, bytes)
          relay(doc, bytes, connection)
        }),
      applyEarly: (bytes) => {
        Y.applyUpdate(doc, bytes)
        return relayEarly(doc, bytes, connection)
      },
      isAlone: () => isAlone(doc, access.principal.userId),
    }
  }

  /** Takes the part of a sync frame after its message type. */
  receive(frame: Uint8Array): void {
    if (this.#closed || this.#isPaused) return
    if (this.#frames.push(frame)) this.#goOn()
    else this.close(retry('busy'))
  }

  /** Takes the part of a stateless frame after its message type. What is no question of ours says nothing. */
  hear(payload: Uint8Array): void {
    if (this.#closed || this.#isPaused || !isDigestRequest(payload)) return
    this.#frames.pushDigest()
    this.#goOn()
  }

  #goOn(): void {
    if (this.#running) return
    this.#running = true
    void this.#run()
  }

  /** Takes over the role its user has now, and tells the device; without one it is refused like somebody unknown. */
  setRole(role: Role | undefined): void {
    if (this.#closed || role === this.access.role) return
    if (role === undefined) {
      this.close(refused('not-found'))
      return
    }
    this.access.role = role
    const readOnly = role === 'viewer'
    if (this.connection.readOnly === readOnly) return
    this.connection.readOnly = readOnly
    const { messageAddress } = this.connection
    this.connection.send(new OutgoingMessage(messageAddress).writeAuthenticated(readOnly).toUint8Array())
  }

  /** Ends this document on this socket, with the reason on the wire. */
  close(closed: DocumentClosed): void {
    if (this.#closed) return
    this.stop()
    this.connection.close({ code: closed.code, reason: closed.reason })
    this.#deps.onClosed(closed)
  }

  /** Takes no more frames; what is being committed goes on and is acknowledged. */
  pause(): void {
    this.#isPaused = true
    this.#frames.clear()
  }

  /** Takes no more frames and answers none; what is being committed goes on. */
  stop(): void {
    this.#closed = true
    this.#frames.end()
    this.#held = []
  }

  /** Refuses what the connection has no more time for. */
  checkTime({ wallMs, monotonicMs }: Times): void {
    if (this.access.principal.expiresAtMs <= wallMs) this.close(refused('signed-out'))
    else if (this.#held.length > 0 && monotonicMs - this.#heldSinceMs > this.#deps.limits.heldUpdateTimeoutMs) {
      this.close(refused('malformed'))
    }
  }

  async #run(): Promise<void> {
    try {
      for (let frame = this.#frames.shift(); frame !== undefined; frame = this.#frames.shift()) {
        const turn = this.#deps.take(price.frame(frame === DIGEST ? 0 : frame.length))
        if (turn !== true) await this.#waitFor(turn)
        // It may have been closed meanwhile, or the process be about to end.
        if (this.#closed || this.#isPaused) break
        if (frame === DIGEST) await this.#answerDigest()
        else {
          await this.#handle(frame)
          this.#frames.count(-frame.length)
        }
      }
    } catch (error) {
      this.close(asClose(error))
    } finally {
      this.#running = false
    }
  }

  // Whoever is over their share waits with all that their socket has to say.
  async #waitFor(turn: Promise<void>): Promise<void> {
    const goOn = this.#deps.pause()
    await turn
    goOn()
  }

  // By the clock: to ask for the processor's own time takes as long as a twentieth of an edit.
  /** Runs work that waits for nothing, and charges the time it took. */
  #charged<Answer>(work: () => Answer): Answer {
    const startedMs = this.#deps.monotonicMs()
    try {
      return work()
    } finally {
      this.#deps.spend((this.#deps.monotonicMs() - startedMs) * 1_000)
    }
  }

  #handle(frame: Uint8Array): Promise<void> {
    const { kind, payload } = parseFrame(frame)
    if (kind === step.one) return answerStepOne(payload, this.#asked)
    return kind === step.two ? this.#takeStepTwo(payload) : this.#takeUpdate(payload)
  }

  async #takeStepTwo(payload: Uint8Array): Promise<void> {
    if ((await this.#receive(payload)) === 'missing') throw refused('malformed')
    this.#hasStepTwo = true
    const held = this.#held
    this.#held = []
    for (const update of held) {
      this.#frames.count(-update.length)
      if ((await this.#receive(update)) === 'missing') throw refused('malformed')
      this.#acknowledge()
    }
    this.#acknowledge()
  }

  async #takeUpdate(payload: Uint8Array): Promise<void> {
    if (this.#held.length > 0) this.#hold(payload)
    else if ((await this.#receive(payload)) === 'missing') this.#hold(payload)
    else this.#acknowledge()
  }

  // A large update would hold everybody up: it is taken in pieces, each a row of the log, with one acknowledgement.
  async #receive(update: Uint8Array): Promise<Received> {
    if (isPiece(update)) return this.#receivePiece(update)
    const pieces = await piecesOfSent(update, this.#deps.thread)
    for (const [index, piece] of pieces.entries()) {
      if (index > 0) await nextTurn()
      if ((await this.#receivePiece(piece)) === 'missing') return 'missing'
    }
    return 'held-by-log'
  }

  #receivePiece(piece: Uint8Array): Promise<Received> {
    if (this.#closed || this.#isPaused) throw retry('draining')
    return this.#charged(() => this.open.receive(this.#author, piece))
  }

  // A device that types while it connects sends the new update before the old ones: the handshake brings those.
  #hold(payload: Uint8Array): void {
    if (this.#hasStepTwo) throw refused('malformed')
    if (this.#held.length === HELD_UPDATES) throw refused('rate-limited')
    if (this.#held.length === 0) this.#heldSinceMs = this.#deps.monotonicMs()
    this.#held.push(payload)
    this.#frames.count(payload.length)
  }

  async #answerDigest(): Promise<void> {
    const digest = await digestOf(this.open, (work) => this.#charged(work))
    if (!this.#closed) this.connection.sendStateless(digest)
  }

  #acknowledge(): void {
    if (this.#closed) return
    this.connection.send(this.#ack)
    this.#deps.faultPoint('after-ack')
  }
}
