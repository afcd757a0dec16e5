import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import {
  COMMITTED_MESSAGE,
  DIGEST_REQUEST,
  type DocumentClose,
  type HelloMessage,
  isDigestMessage,
  isHelloMessage,
  parseDocumentClose,
} from '../../protocol/documents.ts'
import type { ContentDigest } from '../../store/content-digest.ts'
import type { Socket, SocketConstructor } from '../ports/socket.ts'
import type { Timers } from '../ports/timers.ts'
import { createContentCheck } from './content-check.ts'
import { createEarlyEdits } from './early-edits.ts'
import { encodeMissing } from './encode-missing.ts'
import { createOutbox, defaultUploadLimits, type Outbox } from './outbox.ts'
import type { Mark, SavedTracker } from './saved-tracker.ts'
import { createSessionPresence } from './session-presence.ts'
import { hasWaiting } from './waiting-structs.ts'
import { clientFrames, decodeServerFrame, pongFrame, type ServerFrame } from './wire-frames.ts'

/** Told to the server as the provider version. */
const CLIENT_VERSION = 'questlog/1'
const HEARTBEAT_EVERY_MS = 10_000
/** Silence after which the own presence is sent again: the server echoes it to everyone. */
const NUDGE_AFTER_MS = 15_000
const LOST_AFTER_MS = 45_000
/** Platforms wait minutes for a socket to open, and a server that is well answers a token at once. */
const ANSWERED_WITHIN_MS = 20_000

export interface SessionDeps {
  readonly url: string
  readonly WebSocket: SocketConstructor
  readonly documentName: string
  readonly token: string
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly tracker: SavedTracker
  /** The digest of `doc`. */
  readonly openDigest: () => Promise<ContentDigest>
  /** The origin of every transaction that carries what the server has committed. */
  readonly serverOrigin: object
  /** The origin of those that carry what it shows ahead of the commit. */
  readonly earlyOrigin: object
  readonly now: () => number
  readonly timers: Timers
}

/** Why a session is over: the socket failed, or the server said something. */
export type SessionEnd = { readonly kind: 'lost' } | { readonly kind: 'closed'; readonly close: DocumentClose }

export interface SessionListener {
  onAuthenticated(scope: 'read-write' | 'readonly'): void
  onHello(hello: HelloMessage): void
  /** The server holds less than it had acknowledged: it was put back to a backup. */
  onTakenBack(): void
  /**
   * The server has committed more. `isWhole` once it has answered the whole handshake, since no state vector says which
   * deletions it holds, and once it holds the same as this device.
   */
  onAcknowledged(isWhole: boolean): void
  /** The server holds something else than this device, although it has acknowledged everything. */
  onDifferent(): void
  onTokenRequest(): void
  /** Every few seconds. */
  onHeartbeat(): void
  /** Called once, last. */
  onEnd(end: SessionEnd): void
}

export interface SyncSession {
  sendToken(token: string): void
  /** Ends without calling `onEnd`. */
  close(): void
}

/**
 * One handshake and what follows, on a socket of its own: after a refusal or a failing hook the server may keep
 * a socket open and still send acknowledgements of the document it closed, so no socket is used twice.
 *
 * Every step 2 and update sent is answered by exactly one sync-status frame, in order, after the commit. So
 * the n-th answer acknowledges the n-th mark.
 */
export function openSyncSession(deps: SessionDeps, listener: SessionListener): SyncSession {
  const { doc, tracker, timers } = deps
  const frames = clientFrames(deps.documentName, CLIENT_VERSION)
  // Null until the server's step 1 is answered: that answer contains every change made before it.
  let outbox: Outbox | null = null
  let unansweredHandshake: Mark | null = null
  // The server sends its step 1 and the answer to ours at once; any other step 2 is ahead of its commit.
  let isAnswerNext = false
  let isOtherWaiting = false
  let lastHeard = deps.now()
  let isAnswered = false
  let cancelHeartbeat: () => void = () => undefined
  let over = false

  const socket: Socket = new deps.WebSocket(deps.url)
  socket.binaryType = 'arraybuffer'

  const send = (frame: Uint8Array<ArrayBuffer>) => {
    if (!over) socket.send(frame)
  }

  const queue = (update: Uint8Array, mark: Mark) => {
    if (outbox === null) return
    early.queued(mark)
    outbox.add(update, mark)
  }

  const isWhole = () => unansweredHandshake === null && check.isPassed()
  const acknowledge = (mark: Mark) => {
    tracker.acknowledge(mark)
    check.settled()
    listener.onAcknowledged(isWhole())
  }
  const early = createEarlyEdits(acknowledge)
  const check = createContentCheck({
    ...deps,
    isSettled: () => outbox !== null && unansweredHandshake === null && tracker.unsavedChanges() === 0,
    ask: () => send(frames.stateless(DIGEST_REQUEST)),
    onResult: (isEqual) => (isEqual ? listener.onAcknowledged(isWhole()) : listener.onDifferent()),
  })

  const openOutbox = () => {
    let encode = frames.syncStep2
    const sendUpdate = (update: Uint8Array) => {
      send(encode(update))
      encode = frames.update
    }
    return createOutbox({ limits: defaultUploadLimits, now: deps.now, timers, send: sendUpdate })
  }

  const presentDocument = () => send(frames.syncStep1(Y.encodeStateVector(doc)))

  const onDocUpdate = (update: Uint8Array, origin: unknown) => {
    if (origin !== deps.serverOrigin && origin !== deps.earlyOrigin) {
      check.edited()
      return queue(update, tracker.mark())
    }
    // What waited may have landed with it, and be anybody's: only another handshake tells what of it the server lacks.
    if (isOtherWaiting && outbox !== null) presentDocument()
  }

  const presence = createSessionPresence({
    awareness: deps.awareness,
    serverOrigin: deps.serverOrigin,
    isHeld: (client) => tracker.isAcknowledged(client, 0),
    send: (update) => send(frames.awareness(update)),
  })

  const release = () => {
    over = true
    cancelHeartbeat()
    outbox?.stop()
    check.stop()
    doc.off('update', onDocUpdate)
    presence.stop()
    socket.onopen = null
    socket.onmessage = null
    socket.onclose = null
    socket.close()
  }

  const end = (reason: SessionEnd) => {
    if (over) return
    release()
    listener.onEnd(reason)
  }

  const beat = () => {
    const silence = deps.now() - lastHeard
    if (silence >= (isAnswered ? LOST_AFTER_MS : ANSWERED_WITHIN_MS)) return end({ kind: 'lost' })
    if (isAnswered && silence >= NUDGE_AFTER_MS) presence.nudge()
    cancelHeartbeat = timers.after(HEARTBEAT_EVERY_MS, beat)
    listener.onHeartbeat()
  }

  const handleMessage = (payload: string) => {
    const message = parseJson(payload)
    if (isDigestMessage(message)) return check.answered(message.digest)
    if (!isHelloMessage(message)) return
    if (message.tellsDigest === true) check.begin()
    listener.onHello(message)
  }

  const handle = (frame: ServerFrame) => {
    switch (frame.kind) {
      case 'authenticated':
        return listener.onAuthenticated(frame.scope === 'readonly' ? 'readonly' : 'read-write')
      case 'denied':
      case 'close':
        return end({ kind: 'closed', close: parseDocumentClose(frame.reason) })
      case 'token-request':
        return listener.onTokenRequest()
      case 'sync-step-1':
        outbox ??= openOutbox()
        isAnswerNext = true
        if (tracker.lower(frame.stateVector)) listener.onTakenBack()
        unansweredHandshake = tracker.mark()
        return queue(encodeMissing(doc, frame.stateVector), unansweredHandshake)
      case 'update': {
        const isEarly = frame.isStepTwo && !isAnswerNext
        isAnswerNext = false
        isOtherWaiting = hasWaiting(doc)
        Y.applyUpdate(doc, frame.update, isEarly ? deps.earlyOrigin : deps.serverOrigin)
        // Also one that brought nothing new: the server tells of each.
        return isEarly ? early.shown(tracker.mark(), outbox === null) : undefined
      }
      case 'sync-status': {
        // A connection that may only read has its changes answered with "not applied".
        if (!frame.applied) return end({ kind: 'closed', close: { kind: 'refused', reason: 'role' } })
        const mark = outbox?.takeAnswered() ?? null
        if (mark === null) return end({ kind: 'lost' })
        if (mark === unansweredHandshake) unansweredHandshake = null
        acknowledge(mark)
        early.answered(mark)
        presence.acknowledged()
        return outbox?.sendMore()
      }
      case 'awareness':
        return presence.hear(frame.update)
      case 'awareness-query':
        return presence.tell()
      case 'stateless':
        return frame.payload === COMMITTED_MESSAGE ? early.committed() : handleMessage(frame.payload)
      case 'ping':
        return send(pongFrame)
      case 'foreign':
        return undefined
    }
  }

  cancelHeartbeat = timers.after(HEARTBEAT_EVERY_MS, beat)
  socket.onopen = () => {
    lastHeard = deps.now()
    doc.on('update', onDocUpdate)
    presence.start()
    send(frames.token(deps.token))
    presentDocument()
  }
  socket.onmessage = ({ data }) => {
    lastHeard = deps.now()
    isAnswered = true
    if (!(data instanceof ArrayBuffer)) return
    let frame: ServerFrame
    try {
      frame = decodeServerFrame(deps.documentName, new Uint8Array(data))
    } catch {
      return end({ kind: 'lost' })
    }
    handle(frame)
  }
  // A failed attempt closes the socket as well; without this listener some platforms throw.
  socket.onerror = () => undefined
  socket.onclose = ({ code, reason }) => end(endOfSocket(code, reason))

  return {
    sendToken: (token) => send(frames.token(token)),
    close() {
      if (!over) release()
    },
  }
}

/** RFC 6455, section 7.4.1. */
const MESSAGE_TOO_BIG = 1009

function endOfSocket(code: number, reason: string): SessionEnd {
  // The server cannot name the document when the frame itself was too large to read.
  if (code === MESSAGE_TOO_BIG) return { kind: 'closed', close: { kind: 'refused', reason: 'too-large' } }
  if (reason.startsWith('refused:')) return { kind: 'closed', close: parseDocumentClose(reason) }
  return { kind: 'lost' }
}

function parseJson(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    // From a newer server, for somebody else.
    return null
  }
}
