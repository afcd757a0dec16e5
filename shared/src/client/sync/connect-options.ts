import type { SocketConstructor } from '../ports/socket.ts'

/** How to reach the server. */
export interface ConnectOptions {
  /** `ws(s)://…/sync`. */
  readonly url: string
  /**
   * The access token: null when signed out, a rejection when it cannot be had now (offline). `rejected` is a
   * token the server has just refused, which must not be handed out again.
   */
  readonly token: (rejected?: string) => Promise<string | null>
  /** The platform's own `WebSocket` unless given. */
  readonly WebSocketPolyfill?: SocketConstructor
}
