import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { DocumentClose, HelloMessage, RefusalReason } from '../../protocol/documents.ts'
import type { ContentDigest } from '../../store/content-digest.ts'
import { platformSocket, type SocketConstructor } from '../ports/socket.ts'
import type { Timers } from '../ports/timers.ts'
import { renewalTimeMs } from './access-token.ts'
import type { ConnectOptions } from './connect-options.ts'
import type { SavedTracker } from './saved-tracker.ts'
import { openSyncSession, type SessionEnd, type SyncSession } from './sync-session.ts'
import type { Link } from './sync-status.ts'

/** The document's shape this client reads and writes; a server that asks for more makes it read-only, or stops it. */
const DOCUMENT_VERSION = 1

const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 30_000
const RATE_LIMITED_RETRY_MS = 15_000
/** A document that joined and fell again sooner than this goes on waiting longer and longer. */
const STABLE_AFTER_MS = 10_000
const TOKEN_RETRY_MS = 10_000
/** Without a stable spell between them. */
const MAX_FRESH_TOKENS = 3
/** Timers hold 31 bits. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

export interface ConnectionFacts {
  readonly link: Link
  readonly savedAt: number | null
  readonly readOnly: boolean
  /** By how much the server's clock is ahead of this device's; null until it said its time. */
  readonly serverAheadMs: number | null
}

export interface SyncConnectionDeps {
  readonly documentName: string
  readonly doc: Y.Doc
  readonly awareness: Awareness
  readonly tracker: SavedTracker
  readonly openDigest: () => Promise<ContentDigest>
  readonly serverOrigin: object
  readonly earlyOrigin: object
  readonly now: () => number
  readonly random: () => number
  readonly timers: Timers
  readonly observeServerTime: (serverTimeMs: number) => void
  /**
   * Called when the server has said its time, before anything is sent: stamps too far ahead of it would be refused.
   * Whether there were such.
   */
  readonly restampAhead: () => boolean
  /** Brings the document, and what is known to be saved, to what this device's disk holds. Does not reject. */
  readonly catchUp: () => Promise<void>
  /** Brings the document alone to what this device's disk holds. Does not reject. */
  readonly readDisk: () => Promise<void>
  /** After every change of the facts and every acknowledgement. */
  readonly onChange: () => void
  /** The server keeps this document under a newer epoch. */
  readonly onNewEpoch: (epoch: number) => void
}

export interface SyncConnection {
  facts(): ConnectionFacts
  connect(options: ConnectOptions): void
  /** Tries at once, also after a refusal; does nothing while disconnected. */
  retry(): void
  disconnect(): void
}

/**
 * Keeps a document in sync: joins, renews the token, and joins again after a loss with growing, jittered pauses.
 * What cannot succeed by being tried again stays refused until `connect` is called.
 */
export function createSyncConnection(deps: SyncConnectionDeps): SyncConnection {
  const { tracker, timers } = deps
  let options: (ConnectOptions & { readonly WebSocket: SocketConstructor }) | null = null
  let session: SyncSession | null = null
  let facts: ConnectionFacts = { link: { kind: 'idle' }, savedAt: null, readOnly: false, serverAheadMs: null }
  let attempts = 0
  // Each attempt has a number, so that an answer awaited by an abandoned one changes nothing.
  let run = 0
  let joinedAt: number | null = null
  let rejectedToken: string | undefined
  let hasDiffered = false
  // Two reasons for reading only, each told by a message of its own.
  let isReader = false
  let isTooOld = false
  let cancelRetry: () => void = () => undefined
  let cancelRenewal: () => void = () => undefined

  const change = (next: Partial<ConnectionFacts>) => {
    facts = { ...facts, ...next }
    deps.onChange()
  }

  const tellAccess = () => {
    if (facts.readOnly !== (isReader || isTooOld)) change({ readOnly: isReader || isTooOld })
  }

  const abandon = () => {
    run += 1
    cancelRetry()
    cancelRenewal()
    session?.close()
    session = null
  }

  const refuse = (reason: RefusalReason) => {
    abandon()
    change({ link: { kind: 'refused', reason } })
  }

  const retryAfter = (leastMs: number) => {
    abandon()
    const ceilingMs = Math.max(leastMs, Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** attempts))
    attempts += 1
    // Half fixed, half random: a restarted server is not met by everyone at once.
    cancelRetry = timers.after(ceilingMs / 2 + (deps.random() * ceilingMs) / 2, join)
  }

  const waitAndRetry = () => {
    retryAfter(0)
    change({ link: { kind: 'waiting' } })
  }

  const restampAhead = () => !facts.readOnly && deps.restampAhead()

  const onRefused = (close: Extract<DocumentClose, { kind: 'refused' }>, token: string, wasJoined: boolean) => {
    // A clock that was set while connected, here or in another tab: the server says its time again.
    if (close.reason === 'unsafe-stamp' && (wasJoined || restampAhead())) return void join()
    if (close.reason === 'rate-limited') {
      retryAfter(RATE_LIMITED_RETRY_MS * 2)
      return change({ link: { kind: 'refused', reason: 'rate-limited' } })
    }
    if (close.reason === 'signed-out' && rejectedToken === undefined && attempts < MAX_FRESH_TOKENS) {
      // The token may just be too old, or its key gone: a fresh one is worth a try.
      rejectedToken = token
      attempts += 1
      return void join()
    }
    refuse(close.reason)
    if (close.reason === 'old-epoch' && close.currentEpoch !== undefined) deps.onNewEpoch(close.currentEpoch)
  }

  const onEnd = (end: SessionEnd, token: string) => {
    session = null
    cancelRenewal()
    const wasJoined = joinedAt !== null
    if (joinedAt !== null && deps.now() - joinedAt >= STABLE_AFTER_MS) attempts = 0
    joinedAt = null
    if (end.kind === 'closed' && end.close.kind === 'refused') onRefused(end.close, token, wasJoined)
    else waitAndRetry()
  }

  const onHello = (hello: HelloMessage) => {
    deps.observeServerTime(hello.serverTimeMs)
    change({ serverAheadMs: hello.serverTimeMs - deps.now() })
    isTooOld = hello.writerVersion > DOCUMENT_VERSION || hello.readerVersion > DOCUMENT_VERSION
    tellAccess()
    if (hello.readerVersion > DOCUMENT_VERSION) return refuse('old-client')
    restampAhead()
  }

  const renewToken = async (current: SyncSession, token: string) => {
    const thisRun = run
    let renewed: string | null
    try {
      renewed = (await options?.token()) ?? null
    } catch {
      renewed = token
    }
    if (thisRun !== run) return
    if (renewed === null) return refuse('signed-out')
    if (renewed !== token) current.sendToken(renewed)
    scheduleRenewal(current, renewed, TOKEN_RETRY_MS)
  }

  const scheduleRenewal = (current: SyncSession, token: string, leastMs: number) => {
    const renewAt = renewalTimeMs(token)
    if (renewAt === null) return
    const delayMs = Math.max(leastMs, renewAt - (deps.now() + (facts.serverAheadMs ?? 0)))
    cancelRenewal()
    cancelRenewal = timers.after(Math.min(delayMs, LONGEST_TIMER_MS), () => void renewToken(current, token))
  }

  const onAcknowledged = (isWhole: boolean) => {
    joinedAt ??= deps.now()
    rejectedToken = undefined
    if (isWhole) hasDiffered = false
    const savedAt = isWhole && tracker.unsavedChanges() === 0 ? deps.now() : facts.savedAt
    change({ link: { kind: 'joined' }, savedAt })
  }

  // A second handshake heals what the first one left out. What differs then differs under the same ids.
  const onDifferent = () => {
    if (hasDiffered) return refuse('content-differs')
    hasDiffered = true
    void join()
  }

  const join = async () => {
    if (options === null) return
    abandon()
    const thisRun = run
    const { url, token: askForToken, WebSocket } = options
    // What it acknowledged before, a server put back to a backup holds no longer.
    change({ link: { kind: 'connecting' }, savedAt: null })
    const caughtUp = deps.catchUp()
    let token: string | null
    try {
      token = await askForToken(rejectedToken)
    } catch {
      // Not having reached the server is no answer: offline is not signed out.
      if (thisRun === run) waitAndRetry()
      return
    }
    if (thisRun !== run) return
    if (token === null || token === rejectedToken) return refuse('signed-out')
    await caughtUp
    if (thisRun !== run) return
    const used = token
    const current = openSyncSession(
      { ...deps, url, WebSocket, token: used },
      {
        onAuthenticated(scope) {
          isReader = scope === 'readonly'
          tellAccess()
          scheduleRenewal(current, used, 0)
        },
        onHello(hello) {
          onHello(hello)
          // The token's end is told in the server's time, which was not known before.
          if (thisRun === run) scheduleRenewal(current, used, 0)
        },
        onTakenBack: deps.onChange,
        onAcknowledged,
        onDifferent,
        onTokenRequest: () => void renewToken(current, used),
        // A tab may crash while this one is connected. What it knew to be saved the server may have lost since.
        onHeartbeat: () => void deps.readDisk(),
        onEnd: (end) => onEnd(end, used),
      },
    )
    session = current
  }

  const retry = () => {
    attempts = 0
    rejectedToken = undefined
    hasDiffered = false
    void join()
  }

  return {
    facts: () => facts,
    connect(next) {
      const WebSocket = next.WebSocketPolyfill ?? platformSocket()
      if (WebSocket === null) throw new TypeError('This platform has no WebSocket: give a WebSocketPolyfill.')
      options = { ...next, WebSocket }
      retry()
    },
    retry,
    disconnect() {
      options = null
      abandon()
      change({ link: { kind: 'idle' } })
    },
  }
}
