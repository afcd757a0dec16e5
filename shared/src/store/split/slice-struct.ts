import * as Y from 'yjs'
import type { Struct } from './causal-order.ts'

/** How much may go into a piece: bytes, as an upper bound, and characters of text. */
export interface Room {
  readonly bytes: number
  readonly text: number
}

/** A part of a struct, and what it takes of a piece at most. */
export interface Slice extends Room {
  readonly struct: Struct
}

const ID_BYTES = 16
/** A type tag and a length. */
const HEAD_BYTES = 6
const NUMBER_BYTES = 10
const UTF8_BYTES_PER_UNIT = 3

/**
 * The longest part of a struct from `offset` on that there is room for, or null when there is none. With `force` at
 * least one element is taken. Entries are cut between each other, text between characters, other contents not at all.
 */
export function sliceStruct(struct: Struct, offset: number, room: Room, force: boolean): Slice | null {
  if (!(struct instanceof Y.Item)) return force || ID_BYTES <= room.bytes ? { struct, bytes: ID_BYTES, text: 0 } : null
  const head = headBytes(struct)
  const { content } = struct
  if (content instanceof Y.ContentJSON || content instanceof Y.ContentAny) {
    const isJson = content instanceof Y.ContentJSON
    const sizeOf = isJson ? jsonBytes : valueBytes
    const { end, bytes } = fittingEntries(content.arr, offset, { sizeOf, bytes: room.bytes - head, force })
    if (end === offset) return null
    const entries = content.arr.slice(offset, end)
    const cut = isJson ? new Y.ContentJSON(entries) : new Y.ContentAny(entries)
    return { struct: part(struct, offset, cut), bytes: head + bytes, text: 0 }
  }
  if (content instanceof Y.ContentString) {
    const end = fittingText(content.str, offset, Math.min(room.text, (room.bytes - head) / UTF8_BYTES_PER_UNIT), force)
    if (end === offset) return null
    const text = content.str.slice(offset, end)
    const bytes = head + text.length * UTF8_BYTES_PER_UNIT
    return { struct: part(struct, offset, new Y.ContentString(text)), bytes, text: text.length }
  }
  const bytes = head + contentBytes(struct)
  return force || bytes <= room.bytes ? { struct, bytes, text: 0 } : null
}

function headBytes({ parent }: Y.Item): number {
  return 3 * ID_BYTES + (typeof parent === 'string' ? textBytes(parent) : 0)
}

function fittingEntries(
  entries: readonly unknown[],
  start: number,
  room: { readonly sizeOf: (entry: unknown) => number; readonly bytes: number; readonly force: boolean },
) {
  let end = start
  let bytes = 0
  while (end < entries.length) {
    const entryBytes = room.sizeOf(entries[end])
    if (bytes + entryBytes > room.bytes && !(room.force && end === start)) break
    bytes += entryBytes
    end += 1
  }
  return { end, bytes }
}

function fittingText(text: string, start: number, room: number, force: boolean): number {
  const end = Math.min(text.length, start + Math.max(0, Math.floor(room)))
  // Half a surrogate pair is no text.
  const whole = end < text.length && isHighSurrogate(text.charCodeAt(end - 1)) ? end - 1 : end
  if (whole > start || !force) return Math.max(start, whole)
  return start + (isHighSurrogate(text.charCodeAt(start)) ? 2 : 1)
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}

function part(item: Y.Item, offset: number, content: Y.ContentJSON | Y.ContentAny | Y.ContentString): Y.Item {
  const { client, clock } = item.id
  const origin = offset === 0 ? item.origin : Y.createID(client, clock + offset - 1)
  const id = Y.createID(client, clock + offset)
  return new Y.Item(id, null, origin, null, item.rightOrigin, item.parent, item.parentSub, content)
}

function contentBytes({ content }: Y.Item): number {
  const encoder = new Y.UpdateEncoderV1()
  content.write(encoder, 0)
  return encoder.toUint8Array().length
}

/** An upper bound of a value's bytes as JSON text, which Yjs gives each element of its own. */
function jsonBytes(value: unknown): number {
  return textBytes(JSON.stringify(value) ?? 'undefined')
}

/** An upper bound of a value's bytes in lib0's `any` encoding. */
function valueBytes(value: unknown): number {
  if (typeof value === 'string') return textBytes(value)
  if (typeof value !== 'object' || value === null) return NUMBER_BYTES
  if (value instanceof Uint8Array) return HEAD_BYTES + value.length
  let bytes = HEAD_BYTES
  if (Array.isArray(value)) for (const element of value) bytes += valueBytes(element)
  else for (const [key, field] of Object.entries(value)) bytes += textBytes(key) + valueBytes(field)
  return bytes
}

function textBytes(text: string): number {
  return HEAD_BYTES + text.length * UTF8_BYTES_PER_UNIT
}
