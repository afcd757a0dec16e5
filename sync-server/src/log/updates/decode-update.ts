import { ByteReader, Unreadable } from './byte-reader.ts'
import { readJson, readValue } from './read-value.ts'

/** A place in a document: the `clock`-th element that a client made. */
export interface ElementId {
  readonly client: number
  readonly clock: number
}

/** A run of elements of one client, as far as admission cares. */
export interface Struct {
  /** `blank` is content that is gone, `collected` content that is gone with its place in a list. `skip` is a hole. */
  readonly kind: 'entries' | 'text' | 'blank' | 'collected' | 'skip'
  readonly clock: number
  readonly length: number
  /** Where it lies in the update's bytes. */
  readonly from: number
  readonly to: number
  /** The root type named in the frame; null when it is to be taken from `origin` or `rightOrigin`. */
  readonly root: string | null
  readonly origin: ElementId | null
  readonly rightOrigin: ElementId | null
  readonly values: readonly unknown[] | null
}

/** The structs of one client, in clock order without overlap. */
export interface ClientRun {
  readonly client: number
  readonly start: number
  readonly end: number
  readonly structs: readonly Struct[]
}

/** Elements marked as deleted. */
export interface DeletedRange {
  readonly client: number
  readonly clock: number
  readonly length: number
}

/** An update in Yjs' first encoding, read in full. */
export interface DecodedUpdate {
  readonly runs: readonly ClientRun[]
  readonly deleted: readonly DeletedRange[]
  /** Where the deleted ranges start in the bytes. */
  readonly deletedOffset: number
}

/** Beyond these a frame would unfold into more objects than its bytes let expect. */
export const MAX_STRUCTS = 300_000
export const MAX_DELETED_RANGES = 300_000
const MAX_CLIENTS = 20_000
/** A thousand elements a second for thirty years. */
const MAX_CLOCK = 2 ** 40
const MAX_ROOT_NAME_BYTES = 256
const MAX_TEXT_BYTES = 4 * 1024 * 1024

/**
 * Reads an update of Yjs' first encoding in one bounded pass: time and memory are proportional to its bytes. Throws
 * `Unreadable` on anything else, the second encoding included, on content that no document of ours has, and on bytes
 * left over.
 */
export function decodeUpdate(bytes: Uint8Array): DecodedUpdate {
  const reader = new ByteReader(bytes)
  const runs = readRuns(reader)
  const deletedOffset = reader.position
  const deleted = readDeleted(reader)
  if (!reader.isAtEnd) throw new Unreadable('malformed')
  return { runs, deleted, deletedOffset }
}

function readRuns(reader: ByteReader): readonly ClientRun[] {
  const count = reader.uint()
  if (count > MAX_CLIENTS) throw new Unreadable('too-large')
  const runs: ClientRun[] = []
  const seen = new Set<number>()
  let total = 0
  for (let index = 0; index < count; index++) {
    const structCount = reader.length()
    total += structCount
    if (total > MAX_STRUCTS) throw new Unreadable('too-large')
    const client = reader.uint()
    // Yjs would keep the second run and drop the first.
    if (seen.has(client)) throw new Unreadable('malformed')
    if (count > 1) seen.add(client)
    const start = reader.uint()
    const structs: Struct[] = []
    let clock = start
    for (let n = 0; n < structCount; n++) {
      const struct = readStruct(reader, clock)
      structs.push(struct)
      clock += struct.length
      if (clock > MAX_CLOCK) throw new Unreadable('malformed')
    }
    runs.push({ client, start, end: clock, structs })
  }
  return runs
}

/** Bits of a struct's first byte, and the kinds of content, in Yjs' first encoding. */
export const CONTENT_BITS = 31
const HAS_KEY = 32
export const HAS_RIGHT_ORIGIN = 64
export const HAS_ORIGIN = 128
export const content = { collected: 0, deleted: 1, json: 2, text: 4, any: 8, skip: 10 } as const

function readStruct(reader: ByteReader, clock: number): Struct {
  const from = reader.position
  const info = reader.byte()
  const kind = info & CONTENT_BITS
  if (kind === content.collected || kind === content.skip) {
    const length = reader.length()
    const neighbours = { root: null, origin: null, rightOrigin: null, values: null }
    return {
      kind: kind === content.skip ? 'skip' : 'collected',
      clock,
      length,
      from,
      to: reader.position,
      ...neighbours,
    }
  }
  // Keys belong to maps, and no document of ours has any.
  if ((info & HAS_KEY) !== 0) throw new Unreadable(kind > content.skip ? 'malformed' : 'entry-shape')
  const origin = (info & HAS_ORIGIN) === 0 ? null : readId(reader)
  const rightOrigin = (info & HAS_RIGHT_ORIGIN) === 0 ? null : readId(reader)
  const root = origin === null && rightOrigin === null ? readRoot(reader) : null
  const { kind: name, length, values } = readContent(reader, kind)
  return { kind: name, clock, length, from, to: reader.position, root, origin, rightOrigin, values }
}

function readContent(reader: ByteReader, kind: number): Pick<Struct, 'kind' | 'length' | 'values'> {
  if (kind === content.deleted) return { kind: 'blank', length: reader.length(), values: null }
  if (kind === content.text) {
    const text = reader.string(MAX_TEXT_BYTES)
    if (text.length === 0) throw new Unreadable('malformed')
    return { kind: 'text', length: text.length, values: null }
  }
  if (kind === content.json || kind === content.any) {
    const length = reader.length()
    const values: unknown[] = []
    const readElement = kind === content.json ? readJson : readValue
    for (let index = 0; index < length; index++) values.push(readElement(reader))
    return { kind: 'entries', length, values }
  }
  throw new Unreadable(kind > content.skip ? 'malformed' : 'entry-shape')
}

function readId(reader: ByteReader): ElementId {
  return { client: reader.uint(), clock: reader.uint() }
}

function readRoot(reader: ByteReader): string {
  const isRoot = reader.uint()
  if (isRoot === 1) return reader.string(MAX_ROOT_NAME_BYTES)
  // A parent given by its id is a nested type.
  throw new Unreadable(isRoot === 0 ? 'entry-shape' : 'malformed')
}

function readDeleted(reader: ByteReader): readonly DeletedRange[] {
  const clientCount = reader.uint()
  const deleted: DeletedRange[] = []
  const seen = new Set<number>()
  for (let index = 0; index < clientCount; index++) {
    const client = reader.uint()
    if (seen.has(client)) throw new Unreadable('malformed')
    if (clientCount > 1) seen.add(client)
    const count = reader.length()
    let previousEnd = 0
    for (let n = 0; n < count; n++) {
      const clock = reader.uint()
      const length = reader.length()
      // Yjs writes them sorted and merged. Overlapping ones would make it walk the same elements again and again.
      if (clock < previousEnd || clock + length > MAX_CLOCK) throw new Unreadable('malformed')
      previousEnd = clock + length
      if (deleted.push({ client, clock, length }) > MAX_DELETED_RANGES) throw new Unreadable('too-large')
    }
  }
  return deleted
}
