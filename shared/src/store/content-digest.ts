import * as Y from 'yjs'
import { visitAdded, visitDeleted } from './element-list.ts'
import { FirstCount } from './first-count.ts'
import { hashStep, hashText, hashValue, mixBits, unitAt } from './value-hash.ts'

/** Between two looks at the clock. */
const ELEMENTS_PER_STEP = 32

/** Two 32-bit hashes that run beside each other. */
interface Pair {
  readonly low: number
  readonly high: number
}

const SEEDS: Pair = { low: 0x2545f491, high: 0x6c8e9cf5 }
const NOTHING: Pair = { low: 0, high: 0 }

/**
 * A digest of everything in a document that is not deleted: entries by root, Yjs id and value, texts by root and by
 * what stands where under which id. Documents that read alike have the same digest, however Yjs merged, split or
 * encoded their items. Nothing is counted before `advance` is called; then each transaction costs the size of its
 * change.
 */
export class ContentDigest {
  readonly #doc: Y.Doc
  #entries = NOTHING
  #texts = NOTHING
  readonly #textByName = new Map<string, Pair>()
  /** Texts that changed since they were last hashed. */
  readonly #changedTexts = new Set<RootType>()
  readonly #rootSeeds = new WeakMap<object, number>()
  #count: FirstCount | null = null
  #isFollowing = false

  constructor(doc: Y.Doc) {
    this.#doc = doc
  }

  /** Counts until it is time to pause; true once all that the document holds now is counted. */
  advance(isTimeUp: () => boolean): boolean {
    this.#follow()
    while (this.#count !== null) {
      if (isTimeUp()) return false
      this.#countSome(this.#count)
    }
    while (this.#changedTexts.size > 0) {
      if (isTimeUp()) return false
      this.#hashTexts(isTimeUp)
    }
    return true
  }

  /** The digest, after `advance` said that all is counted and before the document changes again; null at other times. */
  read(): string | null {
    if (!this.#isFollowing || this.#count !== null || this.#changedTexts.size > 0) return null
    const lanes = [this.#entries.low, this.#entries.high, this.#texts.low, this.#texts.high]
    return lanes.map((lane) => (lane >>> 0).toString(16)).join('.')
  }

  /** Stops following the document. */
  destroy(): void {
    this.#doc.off('afterTransaction', this.#takeIn)
    this.#isFollowing = false
  }

  #follow(): void {
    if (this.#isFollowing) return
    this.#isFollowing = true
    this.#count = new FirstCount(this.#doc)
    this.#doc.on('afterTransaction', this.#takeIn)
  }

  readonly #takeIn = (transaction: Y.Transaction): void => {
    visitAdded(transaction, (_root, item, from) => this.#toggle(item, from, item.length))
    visitDeleted(transaction, (_root, item, from, to) => {
      const { client, clock } = item.id
      // What came and went within the transaction was never counted.
      const end = Math.min(to, (transaction.beforeState.get(client) ?? 0) - clock)
      if (this.#count === null) return this.#toggle(item, from, end)
      // Nor was what the first count has not reached yet.
      const { counted, until } = this.#count.reach(client)
      this.#toggle(item, from, Math.min(end, counted - clock))
      this.#toggle(item, Math.max(from, until - clock), end)
    })
  }

  // Adding an element and taking it away are the same: an exclusive or.
  #toggle(item: Y.Item, from: number, to: number): void {
    const { content, id } = item
    if (from >= to || content instanceof Y.ContentDeleted) return
    if (content instanceof Y.ContentString) {
      this.#changedTexts.add(item.parent as RootType)
      return
    }
    const values = content instanceof Y.ContentJSON || content instanceof Y.ContentAny ? content.arr : null
    const root = this.#rootSeed(item.parent as RootType)
    let { low, high } = this.#entries
    for (let offset = from; offset < to; offset += 1) {
      const value = values === null ? content.getRef() : values[offset]
      low ^= hashValue(elementSeed(SEEDS.low ^ root, id.client, id.clock + offset), value)
      high ^= hashValue(elementSeed(SEEDS.high ^ root, id.client, id.clock + offset), value)
    }
    this.#entries = { low, high }
  }

  #countSome(count: FirstCount): void {
    const next = count.next(ELEMENTS_PER_STEP)
    if (next === null) this.#count = null
    else if (next.struct instanceof Y.Item && !next.struct.deleted) this.#toggle(next.struct, next.from, next.to)
  }

  #hashTexts(isTimeUp: () => boolean): void {
    for (const [name, type] of this.#doc.share) {
      if (!this.#changedTexts.delete(type as RootType)) continue
      this.#hashRoot(name, type as RootType)
      if (this.#changedTexts.size === 0 || isTimeUp()) return
    }
    // Yjs puts another object in a root's place when it is first asked for as a text.
    const replaced = [...this.#changedTexts]
    this.#changedTexts.clear()
    for (const type of replaced) {
      const current = type._start?.parent
      if (current instanceof Y.AbstractType && current !== type) this.#changedTexts.add(current)
    }
  }

  #hashRoot(name: string, type: RootType): void {
    const seed = hashText(0, name)
    let [low, high, length] = [SEEDS.low ^ seed, SEEDS.high ^ seed, 0]
    for (let item = type._start; item !== null; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentString)) continue
      const { str } = item.content
      const id = item.id.clock + mixBits(clientSeed(item.id.client))
      for (let index = 0; index < str.length; index += 1) {
        const unit = unitAt(str, index) ^ Math.imul(id + index, 0x85157af5)
        low = hashStep(low, unit)
        high = hashStep(high, unit)
      }
      length += str.length
    }
    const before = this.#textByName.get(name) ?? NOTHING
    const after = length === 0 ? NOTHING : { low: mixBits(low), high: mixBits(high) }
    this.#texts = xor(xor(this.#texts, before), after)
    if (length === 0) this.#textByName.delete(name)
    else this.#textByName.set(name, after)
  }

  #rootSeed(type: RootType): number {
    const known = this.#rootSeeds.get(type)
    if (known !== undefined) return known
    const seed = hashText(0, nameOf(this.#doc, type))
    this.#rootSeeds.set(type, seed)
    return seed
  }
}

type RootType = Y.AbstractType<unknown>

function xor(a: Pair, b: Pair): Pair {
  return { low: a.low ^ b.low, high: a.high ^ b.high }
}

function clientSeed(client: number): number {
  return (client | 0) ^ Math.imul(Math.floor(client / 2 ** 32), 0x85157af5)
}

function elementSeed(seed: number, client: number, clock: number): number {
  return mixBits(mixBits(seed ^ clientSeed(client)) ^ clock)
}

function nameOf(doc: Y.Doc, type: RootType): string {
  for (const [name, root] of doc.share) if (root === type) return name
  return ''
}
