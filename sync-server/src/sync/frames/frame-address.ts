import { createDecoder, readVarString, readVarUint, readVarUint8Array } from 'lib0/decoding'

/** Message kinds of the Hocuspocus protocol that a device may send. */
export const messageKind = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  syncReply: 4,
  stateless: 5,
  close: 7,
} as const

/** A frame's envelope. */
export interface FrameAddress {
  /** The document's name, or `name\0session`. */
  readonly key: string
  readonly kind: number
  /** What follows the kind. */
  readonly body: Uint8Array
}

const MAX_KEY_LENGTH = 512
const MAX_TOPIC_CLIENTS = 8

/** Reads the envelope of a frame; null when it has none. */
export function readFrameAddress(frame: Uint8Array): FrameAddress | null {
  try {
    const decoder = createDecoder(frame)
    const key = readVarString(decoder)
    const kind = readVarUint(decoder)
    return key.length > 0 && key.length <= MAX_KEY_LENGTH ? { key, kind, body: frame.subarray(decoder.pos) } : null
  } catch {
    return null
  }
}

/** Whom a presence message is about: a later one about the same replaces it. */
export function presenceTopic(body: Uint8Array): string {
  try {
    const decoder = createDecoder(body)
    const states = createDecoder(readVarUint8Array(decoder))
    const clients: number[] = []
    for (let left = Math.min(readVarUint(states), MAX_TOPIC_CLIENTS); left > 0; left--) {
      clients.push(readVarUint(states))
      readVarUint(states)
      readVarString(states)
    }
    return clients.join(' ')
  } catch {
    return ''
  }
}

/** The document's name in a key. */
export function documentOfKey(key: string): string {
  const end = key.indexOf('\0')
  return end === -1 ? key : key.slice(0, end)
}
