import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { type WebSocket, WebSocketServer } from 'ws'

export interface SocketUpgradeDeps {
  readonly server: Server
  readonly maxFrameBytes: number
  /** Undefined accepts pages of any origin. */
  readonly allowedOrigins: readonly string[] | undefined
  readonly isDraining: () => boolean
  /** Takes a socket over. Where it throws, that socket alone is closed. */
  readonly onSocket: (socket: WebSocket, request: IncomingMessage) => void
  readonly logger: Pick<Logger, 'error'>
}

/** RFC 6455, section 7.4.1. */
const INTERNAL_ERROR = 1011

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
      try {
        deps.onSocket(socket, request)
      } catch (error) {
        deps.logger.error({ err: error }, 'a socket could not be taken over')
        socket.close(INTERNAL_ERROR)
      }
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
