import type { WebSocket } from 'ws'

const PING_MS = 25_000

/** Ends a socket whose peer is gone: it did not answer the ping before. */
export class Heartbeat {
  readonly #socket: WebSocket
  #isAlive = true
  #pingedMs: number

  // Each socket counts from its own opening: pings to all at once, and all their answers, would keep everybody waiting.
  constructor(socket: WebSocket, openedMs: number) {
    this.#socket = socket
    this.#pingedMs = openedMs
    socket.on('pong', () => {
      this.#isAlive = true
    })
  }

  /** Pings when it is time; a socket that is not being read cannot hear the answer. */
  check(nowMs: number, isRead: boolean): void {
    if (nowMs - this.#pingedMs < PING_MS) return
    this.#pingedMs = nowMs
    if (!isRead) return
    if (!this.#isAlive) this.#socket.terminate()
    else if (this.#socket.readyState === this.#socket.OPEN) {
      this.#isAlive = false
      this.#socket.ping()
    }
  }
}
