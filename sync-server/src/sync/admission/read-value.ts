import { type ByteReader, Unreadable } from './byte-reader.ts'

const MAX_DEPTH = 16
const MAX_VALUE_STRING_BYTES = 1024 * 1024

/** Reads one value of lib0's `any` encoding as JSON. What JSON has no word for is no content of an entry. */
export function readValue(reader: ByteReader, depth = 0): unknown {
  if (depth > MAX_DEPTH) throw new Unreadable('entry-shape')
  const tag = reader.byte()
  switch (tag) {
    case 126:
      return null
    case 125:
      return reader.signedInt()
    case 124:
      return reader.float(4)
    case 123:
      return reader.float(8)
    case 121:
      return false
    case 120:
      return true
    case 119:
      return reader.string(MAX_VALUE_STRING_BYTES)
    case 118:
      return readObject(reader, depth)
    case 117:
      return readArray(reader, depth)
    // Undefined, bigint and bytes are valid there, yet no part of an entry.
    case 127:
    case 122:
    case 116:
      throw new Unreadable('entry-shape')
    default:
      throw new Unreadable('malformed')
  }
}

function readObject(reader: ByteReader, depth: number): unknown {
  const count = reader.uint()
  const value: Record<string, unknown> = {}
  for (let index = 0; index < count; index++) {
    const key = reader.string(MAX_VALUE_STRING_BYTES)
    // Yjs would assign it, which sets the prototype instead of a field.
    if (key === '__proto__') throw new Unreadable('entry-shape')
    value[key] = readValue(reader, depth + 1)
  }
  return value
}

function readArray(reader: ByteReader, depth: number): unknown {
  const count = reader.uint()
  const value: unknown[] = []
  for (let index = 0; index < count; index++) value.push(readValue(reader, depth + 1))
  return value
}
