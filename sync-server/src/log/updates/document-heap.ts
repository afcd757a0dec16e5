import { isAscii } from 'node:buffer'
import type { LoggedDocument } from '../update-log.ts'
import { listHeap, numberHeap, objectHeap, stringHeap, weight } from './heap-weights.ts'

/** An open document without any content: with its list of connections, its presence, and its timers. */
export const EMPTY_DOCUMENT = 16 * 1024

/** What is reserved for each encoded byte of a document before it is read: what quests and long notes take. */
export const EXPECTED_HEAP_PER_BYTE = 3

/** Bytes of heap of what a document holds, as the log has it. What is deleted along the way counts until it is compacted. */
export function heapOfLogged({ snapshot, tail }: Pick<LoggedDocument, 'snapshot' | 'tail'>): number {
  const held = snapshot === null ? 0 : heapOfUpdate(snapshot)
  return tail.reduce((sum, { bytes }) => sum + heapOfUpdate(bytes), held)
}

/** Field names that everybody's documents share. */
const COMMON_KEYS = 64
/** The most that a byte of an update can come to: lists in lists take two bytes each. Also for bytes that are no update. */
export const MOST_HEAP_PER_BYTE = 100

/**
 * Bytes of heap that an update takes once it is part of a document, told from its encoding alone, without building
 * anything: what a document will take is known before it is loaded. Encoded bytes would not tell: the tiniest entries
 * take thirty times theirs.
 */
export function heapOfUpdate(bytes: Uint8Array): number {
  try {
    return new UpdateScan(bytes).heap()
  } catch (error) {
    if (error instanceof RangeError) return bytes.length * MOST_HEAP_PER_BYTE
    throw error
  }
}

/** By hash of a name, the scan that met it last. */
const namesSeen = new Uint32Array(2 ** 18)
const KEY_SEED = 0x811c9dc5
const ROOT_SEED = 0x2545f491
let scans = 0

const HAS_KEY = 32
const HAS_RIGHT_ORIGIN = 64
const HAS_ORIGIN = 128
const content = { collected: 0, deleted: 1, json: 2, text: 4, any: 8, skip: 10 } as const

class UpdateScan {
  readonly #bytes: Uint8Array
  readonly #scan: number
  #at = 0
  #newKeys = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    scans = (scans + 1) >>> 0
    this.#scan = scans
  }

  heap(): number {
    let heap = 0
    for (let clients = this.#uint(); clients > 0; clients--) {
      let structs = this.#uint()
      this.#uint()
      this.#uint()
      heap += weight.client
      for (; structs > 0; structs--) heap += this.#struct()
    }
    return heap + Math.round(weight.newKey * Math.max(0, distinct(this.#newKeys) - COMMON_KEYS))
  }

  #struct(): number {
    const info = this.#byte()
    const kind = info & 31
    if (kind === content.collected || kind === content.skip) {
      this.#uint()
      return weight.collected
    }
    let heap: number = weight.item
    if ((info & HAS_ORIGIN) !== 0) heap += this.#id()
    if ((info & HAS_RIGHT_ORIGIN) !== 0) heap += this.#id()
    if ((info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) === 0) {
      heap += this.#uint() === 1 ? this.#root() : this.#id()
      if ((info & HAS_KEY) !== 0) heap += this.#string()
    }
    return heap + weight.content + this.#content(kind)
  }

  #content(kind: number): number {
    switch (kind) {
      case content.deleted:
        this.#uint()
        return 0
      case content.text:
        return this.#string()
      case content.json:
      case content.any: {
        const length = this.#uint()
        let heap = listHeap(length)
        for (let left = length; left > 0; left--) heap += kind === content.any ? this.#value() : this.#json()
        return heap
      }
      default:
        throw new RangeError('no content of a document')
    }
  }

  #value(): number {
    switch (this.#byte()) {
      case 125:
        return this.#integer()
      case 124:
        this.#skip(4)
        return weight.number
      case 123:
      case 122:
        this.#skip(8)
        return weight.number
      case 119:
        return this.#string()
      case 118:
        return this.#object()
      case 117: {
        const length = this.#uint()
        let heap = listHeap(length)
        for (let left = length; left > 0; left--) heap += this.#value()
        return heap
      }
      case 116:
        throw new RangeError('no content of a document')
      default:
        return 0
    }
  }

  #object(): number {
    const keys = this.#uint()
    let heap = objectHeap(keys)
    for (let left = keys; left > 0; left--) {
      const length = this.#uint()
      if (this.#isNew(this.#at, this.#skip(length), KEY_SEED)) this.#newKeys++
      heap += this.#value()
    }
    return heap
  }

  // Values written as text are rare: each mark in it begins a value of its own at most.
  #json(): number {
    const start = this.#at
    const length = this.#skipString()
    let heap = stringHeap(length)
    for (let at = start; at < this.#at; at++) {
      const byte = this.#bytes[at]
      if (byte === 0x5b) heap += listHeap(1)
      else if (byte === 0x7b) heap += weight.object
      else if (byte === 0x3a || byte === 0x2c) heap += weight.number
    }
    return heap
  }

  #root(): number {
    const start = this.#at + 1
    const heap = this.#string()
    return this.#isNew(start, this.#at, ROOT_SEED) ? weight.root + heap : 0
  }

  /** Whether a name is met for the first time. Two names that look alike by their hash are taken for one. */
  #isNew(start: number, end: number, seed: number): boolean {
    let hash = seed
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (this.#bytes[at] ?? 0), 0x01000193)
    const slot = (hash ^ (hash >>> 16)) & (namesSeen.length - 1)
    if (namesSeen[slot] === this.#scan) return false
    namesSeen[slot] = this.#scan
    return true
  }

  #id(): number {
    this.#uint()
    this.#uint()
    return weight.id
  }

  #string(): number {
    const length = this.#skipString()
    if (length < 2) return 0
    const text = this.#bytes.subarray(this.#at - length, this.#at)
    if (isAscii(text)) return stringHeap(length)
    let units = 0
    let isWide = false
    for (let at = 0; at < text.length; at++) {
      const byte = text[at] ?? 0
      if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1
      if (byte >= 0xc4) isWide = true
    }
    return stringHeap(units, isWide ? 2 : 1)
  }

  #skipString(): number {
    const length = this.#uint()
    this.#skip(length)
    return length
  }

  #skip(length: number): number {
    this.#at += length
    if (this.#at > this.#bytes.length) throw new RangeError('the update ends early')
    return this.#at
  }

  #byte(): number {
    const byte = this.#bytes[this.#at++]
    if (byte === undefined) throw new RangeError('the update ends early')
    return byte
  }

  #uint(): number {
    let value = 0
    let factor = 1
    for (;;) {
      const byte = this.#byte()
      value += (byte & 127) * factor
      if (byte < 128) return value
      factor *= 128
    }
  }

  #integer(): number {
    let byte = this.#byte()
    let value = byte & 63
    let factor = 64
    while (byte >= 128) {
      byte = this.#byte()
      value += (byte & 127) * factor
      factor *= 128
    }
    return numberHeap(value)
  }
}

/** How many names there are of which so many fell on different slots (linear counting). */
function distinct(slots: number): number {
  const all = namesSeen.length
  return -all * Math.log(Math.max(1 / all, 1 - slots / all))
}
