import { MAX_VALUE_DEPTH } from '@questlog/shared/store/json-value'
import { type ByteReader, Unreadable } from './byte-reader.ts'

/** A field's value lies in the patch, and that in the entry. */
const MAX_DEPTH = MAX_VALUE_DEPTH + 2
const MAX_VALUE_STRING_BYTES = 1024 * 1024
/** The largest entry the store writes, with every character escaped, and room to spare. */
const MAX_JSON_BYTES = 2 * 1024 * 1024

/** Reads one value that was written as JSON text, within the bounds of `readValue`. */
export function readJson(reader: ByteReader): unknown {
  const text = reader.string(MAX_JSON_BYTES)
  // Yjs' word for undefined.
  if (text === 'undefined') throw new Unreadable('entry-shape')
  const value = parseJson(text)
  if (!isBounded(value, 0)) throw new Unreadable('entry-shape')
  return value
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Yjs would throw here, in every peer.
    throw new Unreadable('malformed')
  }
}

/** Whether a parsed value is one that `readValue` could have read. */
function isBounded(value: unknown, depth: number): boolean {
  // A number beyond all doubles is parsed as infinity, and would be written again as null.
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || value === null) return true
  if (depth >= MAX_DEPTH) return false
  if (Array.isArray(value)) return value.every((element) => isBounded(element, depth + 1))
  return Object.entries(value).every(([key, member]) => key !== '__proto__' && isBounded(member, depth + 1))
}

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
