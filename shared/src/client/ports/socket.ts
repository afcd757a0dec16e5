/** The part of the browsers' WebSocket the client uses; `shared` is compiled without the DOM's types. */
export interface Socket {
  binaryType: string
  readonly readyState: number
  onopen: ((event: never) => void) | null
  onmessage: ((event: { readonly data: unknown }) => void) | null
  onclose: ((event: { readonly code: number; readonly reason: string }) => void) | null
  onerror: ((event: never) => void) | null
  send(data: Uint8Array<ArrayBuffer>): void
  close(code?: number, reason?: string): void
}

export type SocketConstructor = new (url: string) => Socket

/** The platform's own WebSocket, or null where there is none. */
export function platformSocket(): SocketConstructor | null {
  const platform: { readonly WebSocket?: SocketConstructor } = globalThis as never
  return platform.WebSocket ?? null
}
