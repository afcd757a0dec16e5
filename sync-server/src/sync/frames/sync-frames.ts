import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding'
import { type Encoder, encode, writeVarString, writeVarUint } from 'lib0/encoding'
import { refused } from '../refusals/refusal.ts'
import { messageKind } from './frame-address.ts'

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
export function syncMessage(address: string, write: (encoder: Encoder) => void): Uint8Array {
  return message(address, messageKind.sync, write)
}

/** A sync frame that carries an update. */
export function updateMessage(address: string, kind: number, update: Uint8Array): Uint8Array {
  return Buffer.concat([updateHead(address, kind, update.length), update])
}

/** What goes before an update of some bytes in its frame. */
export function updateHead(address: string, kind: number, length: number): Uint8Array {
  return syncMessage(address, (encoder) => {
    writeVarUint(encoder, kind)
    writeVarUint(encoder, length)
  })
}

/** A frame that carries a message of our own. */
export function statelessMessage(address: string, payload: string): Uint8Array {
  return message(address, messageKind.stateless, (encoder) => writeVarString(encoder, payload))
}

function message(address: string, kind: number, write: (encoder: Encoder) => void): Uint8Array {
  return encode((encoder) => {
    writeVarString(encoder, address)
    writeVarUint(encoder, kind)
    write(encoder)
  })
}
