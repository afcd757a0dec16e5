import type { SocketOwnerEvents } from '@questlog/shared/client/ports/socket-owner'
import { type Guard, isAnything, isEither, isOneOf, isShape } from '@questlog/shared/domain/kernel/value-shape'

type OwnerMessage =
  /** A tab that waits asks whether the owner lives; only a running page can answer. */
  | { readonly type: 'ping' }
  /** The owner lives and says what it knows. */
  | { readonly type: 'status'; readonly status?: unknown }

const isOwnerMessage: Guard<OwnerMessage> = isEither(
  isShape({ type: isOneOf(['ping']) }),
  isShape({ type: isOneOf(['status']), status: isAnything }),
)

export interface SocketOwnerOptions {
  /** How often a waiting tab asks the owner for a sign of life. */
  readonly pingEveryMs: number
  /** How many pings in a row may stay unanswered before the owner counts as frozen and is replaced. */
  readonly patience: number
}

const defaults: SocketOwnerOptions = { pingEveryMs: 4000, patience: 3 }

/** Locks that this tab gave up and the browser has not taken yet. */
const givenUp = new Map<string, Promise<unknown>>()

/** Whether no tab of this browser owns a document's socket now, or waits for it. */
export async function isSocketFree(documentName: string): Promise<boolean> {
  if (globalThis.navigator?.locks === undefined) return true
  await givenUp.get(lockNameOf(documentName))
  return navigator.locks.request(lockNameOf(documentName), { ifAvailable: true }, (lock) => lock !== null)
}

/**
 * Makes exactly one tab of this browser the owner of a document's socket, by a Web Lock; returns the way to give it
 * up, or to stop waiting. A tab that closes, crashes or is put aside loses it by itself; one that stops answering is
 * replaced, and disconnects as soon as it runs again. Where there are no Web Locks each tab owns a socket of its own.
 */
export function holdSocket(
  documentName: string,
  events: SocketOwnerEvents,
  options: Partial<SocketOwnerOptions> = {},
): () => void {
  const { pingEveryMs, patience } = { ...defaults, ...options }
  const lockName = lockNameOf(documentName)
  const channel = new BroadcastChannel(lockName)
  const listening = new AbortController()
  let owned: { readonly giveUp: () => void } | null = null
  let published: unknown
  let request: AbortController | null = null
  let requested: Promise<unknown> = Promise.resolve()
  let unanswered = 0

  function post(message: OwnerMessage): void {
    channel.postMessage(message)
  }

  function ask(steal: boolean): void {
    request?.abort()
    const current = new AbortController()
    request = current
    if (globalThis.navigator?.locks === undefined) {
      void own()
      return
    }
    // A stealing request is granted at once, and the standard allows it no signal.
    const lockOptions: LockOptions = steal ? { steal } : { signal: current.signal }
    requested = navigator.locks
      .request(lockName, lockOptions, () => (request === current ? own() : undefined))
      .catch((reason: unknown) => {
        if (request !== current) return
        owned?.giveUp()
        // Stolen. Anything else means that this page is allowed no locks.
        if (reason instanceof Error && reason.name === 'AbortError') ask(false)
        else void own()
      })
    post({ type: 'ping' })
  }

  /** Holds the lock for as long as the promise is pending. */
  function own(): Promise<void> {
    return new Promise((resolve) => {
      let disconnect = () => {}
      owned = {
        giveUp() {
          owned = null
          published = undefined
          disconnect()
          resolve()
        },
      }
      disconnect = events.onOwned((status) => {
        if (owned === null) return
        published = status
        post({ type: 'status', status })
      })
    })
  }

  function stepAside(): void {
    request?.abort()
    request = null
    owned?.giveUp()
  }

  function comeBack(): void {
    if (request !== null) return
    unanswered = 0
    ask(false)
  }

  function watchOwner(): void {
    if (owned !== null || request === null) return
    if (unanswered < patience) {
      unanswered += 1
      post({ type: 'ping' })
      return
    }
    unanswered = 0
    ask(true)
  }

  channel.onmessage = (event) => {
    const message: unknown = event.data
    if (!isOwnerMessage(message)) return
    if (message.type === 'ping') {
      if (owned !== null) post({ type: 'status', status: published })
      return
    }
    if (owned !== null) return
    unanswered = 0
    if (message.status !== undefined) events.onStatus(message.status)
  }

  const { signal } = listening
  const timer = setInterval(watchOwner, pingEveryMs)
  signal.addEventListener('abort', () => clearInterval(timer))
  if (typeof window !== 'undefined') {
    window.addEventListener('pagehide', stepAside, { signal })
    window.addEventListener('pageshow', comeBack, { signal })
    document.addEventListener('freeze', stepAside, { signal })
    document.addEventListener('resume', comeBack, { signal })
  }
  ask(false)

  return () => {
    listening.abort()
    stepAside()
    channel.close()
    const left = requested
    givenUp.set(lockName, left)
    void left.finally(() => givenUp.get(lockName) === left && givenUp.delete(lockName))
  }
}

function lockNameOf(documentName: string): string {
  return `questlog/socket/${documentName}`
}
