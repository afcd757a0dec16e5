import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding'
import { createEncoder, toUint8Array, writeVarString, writeVarUint } from 'lib0/encoding'
import { refused } from '../refusals/refusal.ts'

const SYNC = 0

/** What a sync frame is, of the protocol of Yjs. */
export const step = { one: 0, two: 1, update: 2 } as const

/** Whether a frame asks what is missing at the other end. */
export function isStepOne(frame: Uint8Array): boolean {
  return frame[0] === step.one
}

/** The step and the update or state vector of a sync frame, after its message type. Throws `DocumentClosed` for none. */
export function parseFrame(frame: Uint8Array): { kind: number; payload: Uint8Array } {
  try {
    const decoder = createDecoder(frame)
    const kind = readVarUint(decoder)
    const payload = readVarUint8Array(decoder)
    if (kind <= step.update) return { kind, payload }
  } catch {
    // Refused below, like any other frame that is none.
  }
  throw refused('malformed')
}

/** A sync frame of a document, as a device hears it. */
export function syncMessage(address: string, write: (encoder: ReturnType<typeof createEncoder>) => void): Uint8Array {
  const encoder = createEncoder()
  writeVarString(encoder, address)
  writeVarUint(encoder, SYNC)
  write(encoder)
  return toUint8Array(encoder)
}
