import { newId } from '@questlog/shared/domain/kernel/ids'
import { type Guard, isEither, isOneOf, isShape, isString } from '@questlog/shared/domain/kernel/value-shape'
import * as Y from 'yjs'

type TabMessage =
  /** A tab asks for what it misses and says what it has. */
  | { readonly type: 'hello'; readonly from: string; readonly stateVector: Uint8Array }
  /** The answer: what the asker misses, and what the answerer has, so that the asker can give back. */
  | { readonly type: 'welcome'; readonly to: string; readonly update: Uint8Array; readonly stateVector: Uint8Array }
  | { readonly type: 'update'; readonly update: Uint8Array }

const isBytes: Guard<Uint8Array> = (value) => value instanceof Uint8Array
const isTabMessage: Guard<TabMessage> = isEither(
  isShape({ type: isOneOf(['update']), update: isBytes }),
  isEither(
    isShape({ type: isOneOf(['hello']), from: isString, stateVector: isBytes }),
    isShape({ type: isOneOf(['welcome']), to: isString, update: isBytes, stateVector: isBytes }),
  ),
)

export interface TabsDeps {
  /** Resolves when the document's updates so far are committed to this device's store. */
  readonly written: () => Promise<void>
  /** Applies what other tabs wrote to the store and could not say: they crashed, or this page was frozen. */
  readonly catchUp: () => Promise<void>
}

export interface Tabs {
  /** Resolves once all edits made here are sent, or their store has failed; then nothing is sent or received. */
  leave(): Promise<void>
}

/** Marks updates that came from another tab; that tab had written them before it sent them. */
export class FromOtherTab {
  readonly documentName: string

  constructor(documentName: string) {
    this.documentName = documentName
  }
}

/**
 * Keeps one document equal in all tabs of this browser, with or without a network. Nothing is sent before it is
 * written, so a tab never builds an edit on another's that a crash could still take away; what comes in is therefore
 * not written a second time (its origin is a `FromOtherTab`).
 */
export function joinTabs(documentName: string, doc: Y.Doc, { written, catchUp }: TabsDeps): Tabs {
  const channel = new BroadcastChannel(`questlog/tabs/${documentName}`)
  const origin = new FromOtherTab(documentName)
  // Not randomUUID: browsers keep that from pages by plain http, as in a home network.
  const self: string = newId()
  const unsent: Uint8Array[] = []
  let sending: Promise<void> | null = null
  let left = false

  function post(message: TabMessage): void {
    if (!left) channel.postMessage(message)
  }

  function sayHello(): void {
    post({ type: 'hello', from: self, stateVector: Y.encodeStateVector(doc) })
  }

  /** Runs once the store has all updates; a store that cannot write reports that itself, and nothing is sent. */
  async function onceWritten(send: () => void): Promise<void> {
    try {
      await written()
    } catch {
      return
    }
    send()
  }

  async function sendAll(): Promise<void> {
    // The store may observe the document after this module does: let it see the update first.
    await Promise.resolve()
    let isSent = true
    // What a store that cannot write kept back waits for the next edit, by when it may have recovered.
    while (isSent && unsent.length > 0 && !left) {
      const count = unsent.length
      isSent = false
      await onceWritten(() => {
        // None are left if the page was about to go away meanwhile.
        const batch = unsent.splice(0, count)
        if (batch.length > 0) post({ type: 'update', update: Y.mergeUpdates(batch) })
        isSent = true
      })
    }
    // In the same step as the last look at what is unsent: an edit a moment later starts a run of its own.
    sending = null
  }

  function observeUpdate(update: Uint8Array, from: unknown): void {
    if (from === origin) return
    unsent.push(update)
    sending ??= sendAll()
  }

  /** A page that goes away cannot wait: its writes are with the browser already, which finishes them. */
  function sendAtOnce(): void {
    const batch = unsent.splice(0)
    if (batch.length > 0) post({ type: 'update', update: Y.mergeUpdates(batch) })
  }

  function comeBack(): void {
    sayHello()
    // A store that cannot read reports that itself.
    catchUp().catch(() => {})
  }

  function receive(message: TabMessage): void {
    switch (message.type) {
      case 'update':
        Y.applyUpdate(doc, message.update, origin)
        return
      case 'hello': {
        const { from, stateVector } = message
        void onceWritten(() =>
          post({
            type: 'welcome',
            to: from,
            update: Y.encodeStateAsUpdate(doc, stateVector),
            stateVector: Y.encodeStateVector(doc),
          }),
        )
        return
      }
      case 'welcome': {
        if (message.to !== self) return
        Y.applyUpdate(doc, message.update, origin)
        const { stateVector } = message
        void onceWritten(() => {
          const missing = Y.encodeStateAsUpdate(doc, stateVector)
          if (Y.decodeUpdate(missing).structs.length > 0) post({ type: 'update', update: missing })
        })
      }
    }
  }

  channel.onmessage = (event) => {
    // A tab of another version may speak otherwise; disk and server still bring its edits here.
    if (isTabMessage(event.data)) receive(event.data)
  }
  // A page that was frozen or kept in the back-forward cache has missed messages.
  const listening = new AbortController()
  const { signal } = listening
  if (typeof window !== 'undefined') {
    window.addEventListener('pagehide', sendAtOnce, { signal })
    window.addEventListener('pageshow', (event) => event.persisted && comeBack(), { signal })
    document.addEventListener('resume', comeBack, { signal })
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && comeBack(), {
      signal,
    })
  }
  doc.on('update', observeUpdate)
  sayHello()

  return {
    async leave() {
      doc.off('update', observeUpdate)
      listening.abort()
      await sending
      left = true
      channel.close()
    },
  }
}
