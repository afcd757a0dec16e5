import { createEncoder, toUint8Array, writeUint8, writeUint8Array, writeVarString, writeVarUint } from 'lib0/encoding'
import { ByteReader, Unreadable } from '../../log/updates/byte-reader.ts'
import {
  CONTENT_BITS,
  content,
  type ElementId,
  HAS_ORIGIN,
  HAS_RIGHT_ORIGIN,
  type Struct,
} from '../../log/updates/decode-update.ts'
import { readJson, readValue } from '../../log/updates/read-value.ts'

/** A struct without its first elements. */
export interface CutStruct {
  readonly struct: Struct
  readonly encoded: Uint8Array
}

/**
 * A struct without its first `length` elements, which the document has: the rest follows the last of them, as Yjs
 * itself would place it. Throws `Unreadable` if that would cut a character in two.
 */
export function cutStruct(bytes: Uint8Array, client: number, struct: Struct, length: number): CutStruct {
  const { kind, rightOrigin } = struct
  const clock = struct.clock + length
  const left = struct.length - length
  const origin: ElementId | null = kind === 'collected' ? null : { client, clock: clock - 1 }
  const encoder = createEncoder()
  const contentKind = (bytes[struct.from] ?? 0) & CONTENT_BITS
  writeUint8(encoder, contentKind | (origin ? HAS_ORIGIN : 0) | (rightOrigin ? HAS_RIGHT_ORIGIN : 0))
  for (const id of [origin, rightOrigin]) {
    if (id === null) continue
    writeVarUint(encoder, id.client)
    writeVarUint(encoder, id.clock)
  }
  writeRest(encoder, startOfContent(bytes, struct), contentKind, struct, length)
  const values = struct.values?.slice(length) ?? null
  return { struct: { ...struct, clock, length: left, root: null, origin, values }, encoded: toUint8Array(encoder) }
}

function startOfContent(bytes: Uint8Array, { from, to, origin, rightOrigin, kind }: Struct): ByteReader {
  const reader = new ByteReader(bytes.subarray(0, to))
  reader.position = from + 1
  for (const id of [origin, rightOrigin]) {
    if (id === null) continue
    reader.uint()
    reader.uint()
  }
  if (origin === null && rightOrigin === null && kind !== 'collected') {
    reader.uint()
    reader.string(to - from)
  }
  return reader
}

function writeRest(
  encoder: ReturnType<typeof createEncoder>,
  reader: ByteReader,
  contentKind: number,
  struct: Struct,
  length: number,
): void {
  if (contentKind === content.text) {
    const text = reader.string(struct.to - struct.from)
    if (isLowSurrogate(text.charCodeAt(length))) throw new Unreadable('malformed')
    writeVarString(encoder, text.slice(length))
    return
  }
  writeVarUint(encoder, struct.length - length)
  if (struct.values === null) return
  reader.length()
  for (let index = 0; index < length; index++) {
    if (contentKind === content.json) readJson(reader)
    else readValue(reader)
  }
  writeUint8Array(encoder, reader.bytes.subarray(reader.position, struct.to))
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000
}
