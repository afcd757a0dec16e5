import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'

export interface SocketUpgradeDeps {
  readonly server: Server
  readonly maxFrameBytes: number
  /** Undefined accepts pages of any origin. */
  readonly allowedOrigins: readonly string[] | undefined
  readonly isDraining: () => boolean
  readonly onSocket: (socket: WebSocket, request: IncomingMessage) => void
}

/** Upgrades `/sync` on the HTTP server's own port; everything else asking for an upgrade is refused in HTTP. */
export function upgradeSockets(deps: SocketUpgradeDeps): { terminateAll(): void } {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: deps.maxFrameBytes,
    perMessageDeflate: false,
    clientTracking: true,
  })
  deps.server.on('upgrade', (request, stream, head) => {
    stream.on('error', () => stream.destroy())
    const refusal = refusalOf(deps, request)
    if (refusal !== undefined) return refuse(stream, refusal)
    sockets.handleUpgrade(request, stream, head, (socket) => {
      // Without a listener a protocol error of one client would end the process.
      socket.on('error', () => undefined)
      deps.onSocket(socket, request)
    })
  })
  return {
    terminateAll() {
      for (const socket of sockets.clients) socket.terminate()
    },
  }
}

function refusalOf(deps: SocketUpgradeDeps, request: IncomingMessage): string | undefined {
  const path = (request.url ?? '').split('?', 1)[0]
  if (path !== '/sync') return '404 Not Found'
  if (deps.isDraining()) return '503 Service Unavailable'
  const { origin } = request.headers
  if (deps.allowedOrigins !== undefined && origin !== undefined && !deps.allowedOrigins.includes(origin)) {
    return '403 Forbidden'
  }
  return undefined
}

function refuse(stream: Duplex, status: string): void {
  // Node keeps its half open for a client that never closes its own.
  stream.once('finish', () => stream.destroy())
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
