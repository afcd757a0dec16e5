import * as Y from 'yjs'
import { EPOCH_NOTES_CLIENT, isEpochClient } from './epoch-clients.ts'
import type { FlatNotes } from './flat-notes.ts'
import { MERGED_CLIENT } from './note-stream.ts'
import { itemsOf, noteRoots } from './note-text.ts'

/** Characters that the final state shows, by their place in the next epoch. */
interface Kept {
  readonly kind: 'kept'
  readonly clock: number
  readonly length: number
}

/** Characters that the final state lacks, and the ids they have in the next epoch. */
interface Unsent {
  readonly kind: 'unsent'
  readonly root: string
  /** Where it lies among the pieces of its note. */
  readonly place: number
  readonly item: Y.Item
  /** The clock of its first character in the old document. */
  readonly from: number
  readonly length: number
  readonly client: number
  clock: number
  /** Its number among its client's characters. */
  index: number
}

type Piece = Kept | Unsent

/** What an author had seen: for each client of the next epoch, the last of its characters. */
type Seen = ReadonlyMap<number, number>

/**
 * What an old document's notes hold beyond the final state of its epoch, as an update (V1) for the document of the next
 * epoch (R33). The old document must hold the final state. Each character gets the place that its author would have
 * given it in the next epoch, having seen the final state and what the character builds on. Its id follows from its old
 * one, so it does not matter who carries it, or how often.
 */
export function carryNotes(old: Y.Doc, final: FlatNotes): Uint8Array {
  const scratch = new Y.Doc({ gc: true })
  scratch.transact((transaction) => final.writeTo(transaction))
  const start = Y.encodeStateVector(scratch)
  const notes = new Map(noteRoots(old).map((root) => [root, [] as Piece[]]))
  const deleted: Kept[] = []
  for (const [root, pieces] of notes) {
    for (const item of itemsOf(old, root)) takePieces(final, root, item, pieces, deleted)
  }
  const queues = numberedByClient([...notes.values()].flat())
  scratch.transact((transaction) => {
    new Placing(transaction, notes, queues).placeAll()
    for (const { clock, length } of deleted) deleteRange(transaction, clock, length)
  })
  const update = Y.encodeStateAsUpdate(scratch, start)
  scratch.destroy()
  return update
}

/** Cuts an element of an old note into what the final state shows and what it lacks; the rest is gone already. */
function takePieces(final: FlatNotes, root: string, item: Y.Item, pieces: Piece[], deleted: Kept[]): void {
  const { client, clock } = item.id
  const end = clock + item.length
  const known = Math.max(clock, Math.min(final.endOf(client), end))
  for (let run = final.shownIn(client, clock, known); run !== null; ) {
    const kept: Kept = { kind: 'kept', clock: run.flat, length: run.length }
    pieces.push(kept)
    if (item.deleted) deleted.push(kept)
    run = final.shownIn(client, run.clock + run.length, known)
  }
  // What an epoch started with is in its final state, unless that belongs to another epoch.
  if (known === end || isEpochClient(client)) return
  const carried = client < MERGED_CLIENT ? client + MERGED_CLIENT : client
  const place = pieces.length
  pieces.push({
    kind: 'unsent',
    root,
    place,
    item,
    from: known,
    length: end - known,
    client: carried,
    clock: 0,
    index: 0,
  })
}

/** Numbers the characters of each client in the order it wrote them, those deleted since included. */
function numberedByClient(pieces: readonly Piece[]): ReadonlyMap<number, readonly Unsent[]> {
  const unsent = pieces.filter((piece) => piece.kind === 'unsent')
  const queues = Map.groupBy(unsent, ({ client }) => client)
  for (const queue of queues.values()) {
    let clock = 0
    for (const [index, piece] of queue.sort((a, b) => a.from - b.from).entries()) {
      piece.index = index
      piece.clock = clock
      clock += piece.length
    }
  }
  return queues
}

/** Places unsent characters in a document that holds the flattened notes, each after what it builds on. */
class Placing {
  readonly #transaction: Y.Transaction
  readonly #notes: ReadonlyMap<string, readonly Piece[]>
  readonly #queues: ReadonlyMap<number, readonly Unsent[]>
  readonly #placed = new Map<number, number>()
  readonly #seen = new Map<Unsent, Map<number, number>>()

  constructor(
    transaction: Y.Transaction,
    notes: ReadonlyMap<string, readonly Piece[]>,
    queues: ReadonlyMap<number, readonly Unsent[]>,
  ) {
    this.#transaction = transaction
    this.#notes = notes
    this.#queues = queues
  }

  placeAll(): void {
    for (let isMore = true; isMore; ) {
      isMore = false
      for (const [client, queue] of this.#queues) {
        for (let next = this.#nextOf(client, queue); next !== null; next = this.#nextOf(client, queue)) {
          this.#place(next, queue)
          isMore = true
        }
      }
    }
  }

  /** The next of a client, if all that it builds on is placed. */
  #nextOf(client: number, queue: readonly Unsent[]): Unsent | null {
    const next = queue[this.#placed.get(client) ?? 0]
    if (next === undefined) return null
    const isReady = this.#neighbours(next).every(({ piece }) => (this.#placed.get(piece.client) ?? 0) > piece.index)
    return isReady ? next : null
  }

  #place(piece: Unsent, queue: readonly Unsent[]): void {
    const index = this.#placed.get(piece.client) ?? 0
    const seen = new Map<number, number>()
    const before = queue[index - 1]
    if (before !== undefined) addSeen(seen, this.#seen.get(before), before.client, before.clock + before.length - 1)
    for (const { piece: other, clock } of this.#neighbours(piece)) {
      addSeen(seen, this.#seen.get(other), other.client, clock)
    }
    this.#integrate(piece, this.#leftOf(piece, seen), seen)
    this.#seen.set(piece, seen)
    this.#placed.set(piece.client, index + 1)
  }

  /** The nearest character to its left that its author had seen. */
  #leftOf(piece: Unsent, seen: Seen): Y.ID | null {
    const pieces = this.#notes.get(piece.root) ?? []
    for (let place = piece.place - 1; place >= 0; place -= 1) {
      const other = pieces[place]
      if (other?.kind === 'kept') return Y.createID(EPOCH_NOTES_CLIENT, other.clock + other.length - 1)
      if (other === undefined) continue
      const last = Math.min(seen.get(other.client) ?? -1, other.clock + other.length - 1)
      if (last >= other.clock) return Y.createID(other.client, last)
    }
    return null
  }

  #integrate(piece: Unsent, origin: Y.ID | null, seen: Seen): void {
    const transaction = this.#transaction
    const { doc } = transaction
    const parent = doc.getText(piece.root)
    const left = origin === null ? null : Y.getItemCleanEnd(transaction, doc.store, origin)
    let right = left === null ? parent._start : left.right
    while (right !== null && !isSeen(right.id, seen)) right = right.right
    const id = Y.createID(piece.client, piece.clock)
    const item = new Y.Item(id, left, origin, right, right?.id ?? null, parent, null, contentOf(piece))
    item.integrate(transaction, 0)
  }

  /** The unsent characters between which it was written, in the old document. */
  #neighbours({ item, from }: Unsent): readonly { readonly piece: Unsent; readonly clock: number }[] {
    const left = from > item.id.clock ? Y.createID(item.id.client, from - 1) : item.origin
    return [left, item.rightOrigin].flatMap((id) => {
      const piece = id === null ? undefined : this.#find(id)
      return id === null || piece === undefined ? [] : [{ piece, clock: piece.clock + id.clock - piece.from }]
    })
  }

  #find({ client, clock }: Y.ID): Unsent | undefined {
    const queue = this.#queues.get(client < MERGED_CLIENT ? client + MERGED_CLIENT : client) ?? []
    let [low, high] = [0, queue.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const piece = queue[middle]
      if (piece !== undefined && piece.from + piece.length <= clock) low = middle + 1
      else high = middle
    }
    const found = queue[low]
    return found !== undefined && found.from <= clock ? found : undefined
  }
}

/** Everybody had seen what the next epoch started with. */
function isSeen({ client, clock }: Y.ID, seen: Seen): boolean {
  return isEpochClient(client) || clock <= (seen.get(client) ?? -1)
}

function addSeen(seen: Map<number, number>, more: Seen | undefined, client: number, clock: number): void {
  for (const [each, last] of [...(more ?? []), [client, clock] as const]) {
    if (last > (seen.get(each) ?? -1)) seen.set(each, last)
  }
}

function contentOf({ item, from, length }: Unsent): Y.ContentString | Y.ContentDeleted {
  if (item.deleted || !(item.content instanceof Y.ContentString)) return new Y.ContentDeleted(length)
  return new Y.ContentString(item.content.str.slice(from - item.id.clock))
}

function deleteRange(transaction: Y.Transaction, clock: number, length: number): void {
  const { store } = transaction.doc
  let item: Y.Item | null = Y.getItemCleanStart(transaction, Y.createID(EPOCH_NOTES_CLIENT, clock))
  Y.getItemCleanEnd(transaction, store, Y.createID(EPOCH_NOTES_CLIENT, clock + length - 1))
  for (let left = length; item !== null && left > 0; ) {
    item.delete(transaction)
    left -= item.length
    const next: number = item.id.clock + item.length
    item = left > 0 ? Y.getItemCleanStart(transaction, Y.createID(EPOCH_NOTES_CLIENT, next)) : null
  }
}
