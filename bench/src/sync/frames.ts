import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as syncProtocol from 'y-protocols/sync'
import type * as Y from 'yjs'

const kind = { sync: 0, auth: 2, syncReply: 4, close: 7, syncStatus: 8 } as const
const authentication = { token: 0, denied: 1, accepted: 2 } as const

/** A frame as a device of the load hears it; whatever it has no use for is `other`. */
export type Heard =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'asked'; readonly stateVector: Uint8Array }
  | { readonly kind: 'update'; readonly update: Uint8Array }
  | { readonly kind: 'acknowledged'; readonly applied: boolean }
  | { readonly kind: 'other' }

/** Reads a frame of the Hocuspocus protocol; an answer to a question is an update like any other. */
export function readFrame(frame: Uint8Array): Heard {
  const decoder = decoding.createDecoder(frame)
  decoding.readVarString(decoder)
  const type = decoding.readVarUint(decoder)
  if (type === kind.sync || type === kind.syncReply) {
    const step = decoding.readVarUint(decoder)
    if (step === syncProtocol.messageYjsSyncStep1) {
      return { kind: 'asked', stateVector: decoding.readVarUint8Array(decoder) }
    }
    return { kind: 'update', update: decoding.readVarUint8Array(decoder) }
  }
  if (type === kind.syncStatus) return { kind: 'acknowledged', applied: decoding.readVarUint(decoder) === 1 }
  if (type === kind.close) return { kind: 'refused', reason: decoding.readVarString(decoder) }
  if (type !== kind.auth) return { kind: 'other' }
  const verdict = decoding.readVarUint(decoder)
  if (verdict === authentication.denied) return { kind: 'refused', reason: decoding.readVarString(decoder) }
  return { kind: verdict === authentication.accepted ? 'accepted' : 'other' }
}

/** The first frame of a device: its token. */
export function authenticationFrame(document: string, token: string): Uint8Array {
  return frame(document, kind.auth, (encoder) => {
    encoding.writeVarUint(encoder, authentication.token)
    encoding.writeVarString(encoder, token)
    encoding.writeVarString(encoder, '4.8.0')
  })
}

/** Asks for what the server has and this device has not. */
export function questionFrame(document: string, doc: Y.Doc): Uint8Array {
  return frame(document, kind.sync, (encoder) => syncProtocol.writeSyncStep1(encoder, doc))
}

/** Answers the server's question with what it lacks. */
export function answerFrame(document: string, doc: Y.Doc, stateVector: Uint8Array): Uint8Array {
  return frame(document, kind.syncReply, (encoder) => syncProtocol.writeSyncStep2(encoder, doc, stateVector))
}

/** One update. */
export function updateFrame(document: string, update: Uint8Array): Uint8Array {
  return frame(document, kind.sync, (encoder) => syncProtocol.writeUpdate(encoder, update))
}

function frame(document: string, type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarString(encoder, document)
    encoding.writeVarUint(encoder, type)
    write(encoder)
  })
}
