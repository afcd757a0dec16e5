import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { messageYjsSyncStep1, messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync'

/** Hocuspocus 4 frame types: each frame is the document's name, one of these, and the payload. */
const FRAME = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  stateless: 5,
  close: 7,
  syncStatus: 8,
  ping: 9,
  pong: 10,
} as const

const AUTH = { token: 0, denied: 1, authenticated: 2 } as const

/** What the server may say about one document. */
export type ServerFrame =
  | { readonly kind: 'sync-step-1'; readonly stateVector: Uint8Array }
  /** A step 2 answers a step 1, or shows an edit ahead of its commit. */
  | { readonly kind: 'update'; readonly update: Uint8Array; readonly isStepTwo: boolean }
  | { readonly kind: 'sync-status'; readonly applied: boolean }
  | { readonly kind: 'awareness'; readonly update: Uint8Array }
  | { readonly kind: 'awareness-query' }
  | { readonly kind: 'token-request' }
  | { readonly kind: 'denied'; readonly reason: string }
  | { readonly kind: 'authenticated'; readonly scope: string }
  | { readonly kind: 'stateless'; readonly payload: string }
  | { readonly kind: 'close'; readonly reason: string }
  | { readonly kind: 'ping' }
  /** Another document's, or of a type a newer server may send. */
  | { readonly kind: 'foreign' }

/** Reads a frame; throws where the bytes end early. */
export function decodeServerFrame(documentName: string, bytes: Uint8Array): ServerFrame {
  // A ping is the type alone, without a document's name.
  if (bytes.length === 1 && bytes[0] === FRAME.ping) return { kind: 'ping' }
  const decoder = decoding.createDecoder(bytes)
  if (decoding.readVarString(decoder) !== documentName) return { kind: 'foreign' }
  switch (decoding.readVarUint(decoder)) {
    case FRAME.sync:
      return decodeSync(decoder)
    case FRAME.awareness:
      return { kind: 'awareness', update: decoding.readVarUint8Array(decoder) }
    case FRAME.auth:
      return decodeAuth(decoder)
    case FRAME.queryAwareness:
      return { kind: 'awareness-query' }
    case FRAME.stateless:
      return { kind: 'stateless', payload: decoding.readVarString(decoder) }
    case FRAME.close:
      return { kind: 'close', reason: decoding.readVarString(decoder) }
    case FRAME.syncStatus:
      return { kind: 'sync-status', applied: decoding.readVarUint(decoder) === 1 }
    default:
      return { kind: 'foreign' }
  }
}

function decodeSync(decoder: decoding.Decoder): ServerFrame {
  const type = decoding.readVarUint(decoder)
  const payload = decoding.readVarUint8Array(decoder)
  switch (type) {
    case messageYjsSyncStep1:
      return { kind: 'sync-step-1', stateVector: payload }
    case messageYjsSyncStep2:
    case messageYjsUpdate:
      return { kind: 'update', update: payload, isStepTwo: type === messageYjsSyncStep2 }
    default:
      return { kind: 'foreign' }
  }
}

function decodeAuth(decoder: decoding.Decoder): ServerFrame {
  switch (decoding.readVarUint(decoder)) {
    case AUTH.token:
      return { kind: 'token-request' }
    case AUTH.denied:
      return { kind: 'denied', reason: decoding.readVarString(decoder) }
    case AUTH.authenticated:
      return { kind: 'authenticated', scope: decoding.readVarString(decoder) }
    default:
      return { kind: 'foreign' }
  }
}

/** The frames a client sends about one document. */
export interface ClientFrames {
  /** Opens the document, or renews the token of an open one. */
  token(token: string): Uint8Array<ArrayBuffer>
  /** Asks for what a state vector lacks; the server answers with its own step 1 and a step 2. */
  syncStep1(stateVector: Uint8Array): Uint8Array<ArrayBuffer>
  /** Answers the server's step 1. Acknowledged by one sync-status frame. */
  syncStep2(update: Uint8Array): Uint8Array<ArrayBuffer>
  /** One change. Acknowledged by one sync-status frame. */
  update(update: Uint8Array): Uint8Array<ArrayBuffer>
  awareness(update: Uint8Array): Uint8Array<ArrayBuffer>
  stateless(payload: string): Uint8Array<ArrayBuffer>
}

/** Encoders for one document; `clientVersion` is told to the server beside the token. */
export function clientFrames(documentName: string, clientVersion: string): ClientFrames {
  const frame = (type: number, write: (encoder: encoding.Encoder) => void) => {
    const encoder = encoding.createEncoder()
    encoding.writeVarString(encoder, documentName)
    encoding.writeVarUint(encoder, type)
    write(encoder)
    return encoding.toUint8Array(encoder)
  }
  const sync = (type: number, payload: Uint8Array) =>
    frame(FRAME.sync, (encoder) => {
      encoding.writeVarUint(encoder, type)
      encoding.writeVarUint8Array(encoder, payload)
    })
  return {
    token: (token) =>
      frame(FRAME.auth, (encoder) => {
        encoding.writeVarUint(encoder, AUTH.token)
        encoding.writeVarString(encoder, token)
        encoding.writeVarString(encoder, clientVersion)
      }),
    syncStep1: (stateVector) => sync(messageYjsSyncStep1, stateVector),
    syncStep2: (update) => sync(messageYjsSyncStep2, update),
    update: (update) => sync(messageYjsUpdate, update),
    awareness: (update) => frame(FRAME.awareness, (encoder) => encoding.writeVarUint8Array(encoder, update)),
    stateless: (payload) => frame(FRAME.stateless, (encoder) => encoding.writeVarString(encoder, payload)),
  }
}

/** The answer to a ping. */
export const pongFrame: Uint8Array<ArrayBuffer> = Uint8Array.of(FRAME.pong)
