import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as syncProtocol from 'y-protocols/sync'
import * as Y from 'yjs'

/** Message kinds of the Hocuspocus protocol that a device sends or hears. */
const messageKind = { sync: 0, auth: 2, syncReply: 4, stateless: 5, close: 7, syncStatus: 8 } as const
const authentication = { token: 0, denied: 1, accepted: 2 } as const

/**
 * A device reduced to the wire: one document, one socket at a time, and an exact account of which
 * of its updates the server acknowledged.
 */
export interface WireClient {
  readonly doc: Y.Doc
  /** Labels of the edits that the server acknowledged as committed. */
  readonly acknowledged: ReadonlySet<string>
  /** Reasons with which the server closed or denied the document, oldest first. */
  readonly refusals: readonly string[]
  /** Connects and resolves when the first handshake is over; rejects when it is denied or the socket fails. */
  connect(): Promise<void>
  /** Makes a local change under a label; it is sent when connected and otherwise with the next handshake. */
  edit(label: string, change: (doc: Y.Doc) => void): void
  /** Sends raw bytes as an update of the document. */
  sendUpdate(update: Uint8Array): void
  /** Sends bytes as they are. */
  sendRaw(frame: Uint8Array): void
  /** Resolves when every edit made so far is acknowledged; rejects when the socket closes before. */
  settled(): Promise<void>
  /** Resolves when a measure of the document has reached the wanted number. */
  sees(wanted: number, measure: () => number): Promise<void>
  /** Resolves when the document is refused or the socket closes. */
  refused(): Promise<string>
  disconnect(): void
}

export interface WireClientOptions {
  readonly socketUrl: string
  readonly document: string
  readonly token: string
  readonly doc?: Y.Doc
}

/** Opens nothing yet: call `connect`. */
export function createWireClient(options: WireClientOptions): WireClient {
  const doc = options.doc ?? new Y.Doc()
  const labels: string[] = []
  const acknowledged = new Set<string>()
  const refusals: string[] = []
  const waiting = new Set<() => void>()
  /** For each sync message in flight, how many labels it and its predecessors cover. */
  let inFlight: number[] = []
  let acknowledgedCount = 0
  let socket: WebSocket | null = null
  /** The server has this device's edits in hand: later ones are sent as they are made. */
  let open = false
  /** This device has what the server held at connect; the server asks before it tells. */
  let caughtUp = false

  const changed = () => {
    for (const wake of waiting) wake()
  }
  const until = async (condition: () => boolean) => {
    if (condition()) return
    await new Promise<void>((resolve) => {
      const wake = () => {
        if (!condition()) return
        waiting.delete(wake)
        resolve()
      }
      waiting.add(wake)
    })
  }
  const send = (write: (encoder: encoding.Encoder) => void) => {
    const encoder = encoding.createEncoder()
    encoding.writeVarString(encoder, options.document)
    write(encoder)
    socket?.send(encoding.toUint8Array(encoder))
  }
  const sendUpdate = (update: Uint8Array) => {
    inFlight.push(labels.length)
    send((encoder) => {
      encoding.writeVarUint(encoder, messageKind.sync)
      syncProtocol.writeUpdate(encoder, update)
    })
  }

  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server' && open) sendUpdate(update)
    changed()
  })

  function receive(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame)
    decoding.readVarString(decoder)
    const kind = decoding.readVarUint(decoder)
    if (kind === messageKind.sync || kind === messageKind.syncReply) receiveSync(decoder)
    else if (kind === messageKind.auth) receiveAuth(decoder)
    else if (kind === messageKind.syncStatus) receiveStatus(decoding.readVarUint(decoder) === 1)
    else if (kind === messageKind.close) refuse(decoding.readVarString(decoder))
  }
  function receiveSync(decoder: decoding.Decoder): void {
    const encoder = encoding.createEncoder()
    encoding.writeVarString(encoder, options.document)
    encoding.writeVarUint(encoder, messageKind.syncReply)
    const before = encoding.length(encoder)
    const kind = syncProtocol.readSyncMessage(decoder, encoder, doc, 'server')
    if (kind === syncProtocol.messageYjsSyncStep1 && encoding.length(encoder) > before) {
      inFlight.push(labels.length)
      socket?.send(encoding.toUint8Array(encoder))
      open = true
    }
    // One that answers nothing, before ours is answered, shows an edit ahead of its commit.
    if (kind === syncProtocol.messageYjsSyncStep2 && open) caughtUp = true
    changed()
  }
  function receiveAuth(decoder: decoding.Decoder): void {
    const verdict = decoding.readVarUint(decoder)
    if (verdict === authentication.denied) refuse(decoding.readVarString(decoder))
    if (verdict !== authentication.accepted) return
    send((encoder) => {
      encoding.writeVarUint(encoder, messageKind.sync)
      syncProtocol.writeSyncStep1(encoder, doc)
    })
  }
  function receiveStatus(applied: boolean): void {
    const covered = inFlight.shift() ?? 0
    if (applied) {
      for (const label of labels.slice(acknowledgedCount, covered)) acknowledged.add(label)
      acknowledgedCount = Math.max(acknowledgedCount, covered)
    }
    changed()
  }
  function refuse(reason: string): void {
    refusals.push(reason)
    closed()
  }
  function closed(): void {
    open = false
    inFlight = []
    changed()
  }

  return {
    doc,
    acknowledged,
    refusals,
    async connect() {
      const before = refusals.length
      socket?.terminate()
      const opening = new WebSocket(options.socketUrl)
      opening.binaryType = 'arraybuffer'
      socket = opening
      inFlight = []
      caughtUp = false
      let failure: Error | null = null
      // A socket whose document the server closed stays open and may still bring an answer to what was sent on it.
      opening.on('message', (data: ArrayBuffer) => socket === opening && receive(new Uint8Array(data)))
      opening.on('error', (error) => {
        failure = error
      })
      opening.on('close', () => {
        failure ??= new Error('the socket closed')
        if (socket === opening) closed()
      })
      opening.on('open', () =>
        send((encoder) => {
          encoding.writeVarUint(encoder, messageKind.auth)
          encoding.writeVarUint(encoder, authentication.token)
          encoding.writeVarString(encoder, options.token)
        }),
      )
      await until(() => (open && caughtUp) || failure !== null || refusals.length > before)
      if (refusals.length > before) throw new Error(`refused: ${refusals.at(-1)}`)
      if (failure) throw failure
    },
    edit(label, change) {
      labels.push(label)
      doc.transact(() => change(doc))
    },
    sendUpdate,
    sendRaw: (frame) => socket?.send(frame),
    async settled() {
      await until(() => acknowledgedCount >= labels.length || !open)
      if (acknowledgedCount < labels.length) throw new Error('the socket closed before the edits were acknowledged')
    },
    sees: (wanted, measure) => until(() => measure() >= wanted),
    async refused() {
      await until(() => !open)
      return refusals.at(-1) ?? 'the socket closed'
    },
    disconnect() {
      socket?.terminate()
      closed()
    },
  }
}
