import { createDecoder, readVarString, readVarUint } from 'lib0/decoding'

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

const UPDATE = 2
const STEP_TWO = 1

/**
 * Turns a frame that carries an update into a step 2, in place: any client applies both alike, and ours knows a step 2
 * that answers nothing for an edit which is shown ahead of its commit.
 */
export function markEarly(frame: Uint8Array): void {
  const decoder = createDecoder(frame)
  const length = readVarUint(decoder)
  const kindAt = decoder.pos + length
  if (frame[kindAt] === messageKind.sync && frame[kindAt + 1] === UPDATE) frame[kindAt + 1] = STEP_TWO
}

/** The document's name in a key. */
export function documentOfKey(key: string): string {
  const end = key.indexOf('\0')
  return end === -1 ? key : key.slice(0, end)
}
