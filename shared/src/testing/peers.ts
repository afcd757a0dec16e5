import * as Y from 'yjs'
import { compactDocument } from '../store/compact.ts'
import { createHistory, type History } from '../store/history.ts'
import { openQuestDocument, type QuestDocument } from '../store/quest-document.ts'

/** One device: a document, its undo history, and a wall clock that may be wrong. */
export interface Peer {
  readonly document: QuestDocument
  readonly history: History
  /** Added to the true time, in milliseconds. */
  skewMs: number
}

interface Message {
  readonly to: number
  readonly update: Uint8Array
}

const REMOTE = Symbol('remote')

/**
 * Devices on a network that loses, doubles and reorders. Each local update waits as one message per other
 * device; nothing is delivered unless asked. `settle` repairs all losses by state vectors, as a reconnect does.
 */
export class Peers {
  readonly #peers: Peer[] = []
  #messages: Message[] = []
  nowMs = 1_760_000_000_000

  constructor(count: number, state?: Uint8Array) {
    for (let index = 0; index < count; index += 1) this.#peers.push(this.#start(index, 0, state))
  }

  get all(): readonly Peer[] {
    return this.#peers
  }

  /** The peer of a number, counted round. */
  at(number: number): Peer {
    const peer = this.#peers[number % this.#peers.length]
    if (peer === undefined) throw new RangeError(`No peer ${number}`)
    return peer
  }

  /** Delivers a waiting message, out of order; a doubled one stays waiting. */
  deliver(number: number, isDoubled = false): void {
    const message = this.#take(number, isDoubled)
    if (message !== undefined) Y.applyUpdate(this.at(message.to).document.doc, message.update, REMOTE)
  }

  /** Loses a waiting message. */
  drop(number: number): void {
    this.#take(number, false)
  }

  /** Brings two peers to the same state by state vectors, in both directions. */
  sync(first: number, second: number): void {
    const [a, b] = [this.at(first).document.doc, this.at(second).document.doc]
    Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)), REMOTE)
    Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)), REMOTE)
  }

  /** Closes a peer and opens it again from its compacted state, under a new client id and without history. */
  restart(number: number): void {
    const index = number % this.#peers.length
    const { document, skewMs } = this.at(index)
    const state = compactDocument(Y.encodeStateAsUpdate(document.doc))
    document.destroy()
    document.doc.destroy()
    this.#peers[index] = this.#start(index, skewMs, state)
  }

  /** Loses all waiting messages, then syncs everybody with everybody. */
  settle(): void {
    this.#messages = []
    for (let round = 0; round < 2; round += 1) {
      for (let index = 1; index < this.#peers.length; index += 1) this.sync(0, index)
    }
    this.#messages = []
  }

  #start(index: number, skewMs: number, state: Uint8Array | undefined): Peer {
    const doc = new Y.Doc()
    const document = openQuestDocument(doc, { now: () => this.nowMs + peer.skewMs })
    const peer: Peer = { document, history: createHistory(document), skewMs }
    if (state !== undefined) Y.applyUpdate(doc, state, REMOTE)
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === REMOTE) return
      for (let to = 0; to < this.#peers.length; to += 1) if (to !== index) this.#messages.push({ to, update })
    })
    return peer
  }

  #take(number: number, isKept: boolean): Message | undefined {
    const index = number % Math.max(this.#messages.length, 1)
    const message = this.#messages[index]
    if (message !== undefined && !isKept) this.#messages.splice(index, 1)
    return message
  }
}
