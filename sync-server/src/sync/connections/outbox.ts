import type { WebSocket } from 'ws'

type Socket = Pick<WebSocket, 'send' | 'close' | 'bufferedAmount'>

interface Fragment {
  readonly bytes: Uint8Array
  readonly isLast: boolean
}

/** Writing so much to a socket takes about half a millisecond. */
const FRAGMENT_BYTES = 64 * 1024

/**
 * What goes out on a socket, in order. A long message goes in fragments, as WebSocket has them, each when the one before
 * was taken: writing megabytes at once would keep the event loop for as long as it takes to copy them to the other end.
 */
export class Outbox {
  readonly #socket: Socket
  readonly #onFlushed: () => void
  #fragments: Fragment[] = []
  #waitingBytes = 0
  #isSending = false
  #closing: Parameters<WebSocket['close']> | null = null

  /** `onFlushed` hears of each fragment of a long message that the system has taken. */
  constructor(socket: Socket, onFlushed: () => void) {
    this.#socket = socket
    this.#onFlushed = onFlushed
  }

  /** Bytes that the system has not taken yet. */
  get bufferedAmount(): number {
    return this.#waitingBytes + this.#socket.bufferedAmount
  }

  /** Sends one message of several parts. None of them may be changed afterwards: long ones are not copied. */
  send(...parts: readonly Uint8Array[]): void {
    const length = parts.reduce((sum, part) => sum + part.length, 0)
    if (!this.#isSending && length <= FRAGMENT_BYTES) {
      this.#socket.send(parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts))
      return
    }
    const pieces = parts.flatMap(inPieces)
    this.#waitingBytes += length
    for (const [index, bytes] of pieces.entries()) {
      this.#fragments.push({ bytes, isLast: index === pieces.length - 1 })
    }
    if (!this.#isSending) this.#sendNext()
  }

  /** Closes the socket when all that was to be sent is sent. */
  close(code?: number, reason?: string): void {
    if (this.#isSending) this.#closing ??= [code, reason]
    else this.#socket.close(code, reason)
  }

  #sendNext(): void {
    this.#isSending = true
    let sentBytes = 0
    for (let fragment = this.#fragments.shift(); fragment !== undefined; fragment = this.#fragments.shift()) {
      const { bytes, isLast } = fragment
      this.#waitingBytes -= bytes.length
      sentBytes += bytes.length
      if (sentBytes < FRAGMENT_BYTES) this.#socket.send(bytes, { fin: isLast })
      else {
        this.#socket.send(bytes, { fin: isLast }, (error) => this.#taken(error))
        return
      }
    }
    this.#isSending = false
    if (this.#closing !== null) this.#socket.close(...this.#closing)
  }

  #taken(error: Error | null | undefined): void {
    if (error) return
    this.#onFlushed()
    setImmediate(() => this.#sendNext())
  }
}

function inPieces(part: Uint8Array): Uint8Array[] {
  if (part.length <= FRAGMENT_BYTES) return [part]
  const pieces: Uint8Array[] = []
  for (let start = 0; start < part.length; start += FRAGMENT_BYTES) {
    pieces.push(part.subarray(start, start + FRAGMENT_BYTES))
  }
  return pieces
}
