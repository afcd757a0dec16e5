import fc from 'fast-check'
import type { QuestId } from '../domain/kernel/ids.ts'
import type { FieldValue, RecordWrite, TableName } from '../domain/kernel/record-write.ts'
import type { Peers } from './peers.ts'
import type { WriteOracle } from './write-oracle.ts'

/** Something that happens on one of several devices or on the network between them. */
export type StoreAction =
  | { readonly kind: 'write'; readonly peer: number; readonly writes: readonly RecordWrite[] }
  | { readonly kind: 'undo' | 'redo' | 'restart' | 'correctClock'; readonly peer: number }
  | { readonly kind: 'deliver' | 'double' | 'drop'; readonly message: number }
  | { readonly kind: 'sync'; readonly peer: number; readonly other: number }
  | { readonly kind: 'tick'; readonly ms: number }
  | { readonly kind: 'skew'; readonly peer: number; readonly ms: number }
  | { readonly kind: 'type' | 'erase'; readonly peer: number; readonly note: number; readonly at: number }

export const TABLES: readonly TableName[] = ['quests', 'tags', 'focus']
export const RECORD_IDS = ['q1', 'q2', 'q3']
export const NOTE_IDS = ['q1', 'q2'] as QuestId[]
const PATHS = ['title', 'createdAt', 'name', 'priority', 'tags/a', 'tags/b', 'steps/k1']

const value: fc.Arbitrary<FieldValue> = fc.oneof(
  fc.constantFrom<FieldValue>(null, true, 0, 1, 'a', 'b', ''),
  fc.constantFrom<FieldValue>({ text: 'x', done: false }, { done: false, text: 'x' }, [1, null], '\ud800'),
)
const patch = fc.dictionary(fc.constantFrom(...PATHS), value, { minKeys: 1, maxKeys: 5, noNullPrototype: true })
/** A write of up to five fields of one record. */
export const recordWrite: fc.Arbitrary<RecordWrite> = fc.record({
  table: fc.constantFrom(...TABLES),
  id: fc.constantFrom(...RECORD_IDS),
  patch,
})
const peer = fc.nat({ max: 2 })
const place = fc.nat({ max: 40 })

/** Random actions, weighted towards writes and deliveries. */
export const storeAction: fc.Arbitrary<StoreAction> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('write' as const),
      peer,
      writes: fc.array(recordWrite, { minLength: 1, maxLength: 2 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constantFrom('undo', 'undo', 'redo', 'restart', 'correctClock'), peer }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constantFrom('deliver', 'deliver', 'double', 'drop'), message: place }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('sync' as const), peer, other: peer }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('tick' as const), ms: fc.constantFrom(0, 1, 60_000) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('skew' as const),
      peer,
      ms: fc.constantFrom(-86_400_000, -1, 0, 1, 3_600_000, 1e15),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('type', 'type', 'erase'), peer, note: fc.nat({ max: 1 }), at: place }),
  },
)

/** Note text in which every character is typed only once, so that loss and doubling show. */
export class NoteLedger {
  #next = 0x4e00
  readonly #alive = NOTE_IDS.map(() => new Set<string>())

  /** Types a character not used before. */
  type(peers: Peers, peer: number, note: number, at: number): void {
    const text = peers.at(peer).document.note(noteId(note))
    const character = String.fromCharCode(this.#next)
    this.#next += 1
    text.insert(at % (text.length + 1), character)
    this.#alive[note]?.add(character)
  }

  /** Deletes up to two characters. */
  erase(peers: Peers, peer: number, note: number, at: number): void {
    const text = peers.at(peer).document.note(noteId(note))
    if (text.length === 0) return
    const start = at % text.length
    const length = Math.min(2, text.length - start)
    for (const character of text.toString().slice(start, start + length)) this.#alive[note]?.delete(character)
    text.delete(start, length)
  }

  /** The characters a note must hold once all devices have met, sorted. */
  characters(note: number): string {
    return [...(this.#alive[note] ?? [])].sort().join('')
  }
}

/** Carries an action out, telling the oracle and the ledger. */
export function runAction(peers: Peers, oracle: WriteOracle, ledger: NoteLedger, action: StoreAction): void {
  switch (action.kind) {
    case 'write': {
      const { document, history } = peers.at(action.peer)
      const receipt = document.write(action.writes)
      oracle.saw(receipt)
      history.push(receipt)
      break
    }
    case 'undo':
    case 'redo':
      oracle.saw(peers.at(action.peer).history[action.kind]())
      break
    case 'restart':
      peers.restart(action.peer)
      break
    case 'correctClock':
      peers.at(action.peer).document.observeServerTime(peers.nowMs)
      break
    case 'deliver':
    case 'double':
      peers.deliver(action.message, action.kind === 'double')
      break
    case 'drop':
      peers.drop(action.message)
      break
    case 'sync':
      peers.sync(action.peer, action.other)
      break
    case 'tick':
      peers.nowMs += action.ms
      break
    case 'skew':
      peers.at(action.peer).skewMs = action.ms
      break
    case 'type':
    case 'erase':
      ledger[action.kind](peers, action.peer, action.note, action.at)
      break
  }
}

function noteId(note: number): QuestId {
  const id = NOTE_IDS[note]
  if (id === undefined) throw new RangeError(`No note ${note}`)
  return id
}
