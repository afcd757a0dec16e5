import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { type WebSocket, WebSocketServer } from 'ws'
import { sendToParent } from '../measure/in-child.ts'

/** Takes a socket that just opened. */
export type AcceptSocket = (socket: WebSocket, request: IncomingMessage) => void

/**
 * The part of a server process that both sides share: a port, `ws`, and answers about its own cost.
 * Sends `{port}` once it listens; each message from the parent is answered with `{cpuUs, heapMb}`.
 */
export async function serve(accept: AcceptSocket): Promise<void> {
  const http = createServer()
  const sockets = new WebSocketServer({ server: http, path: '/sync', perMessageDeflate: false, maxPayload: 1_048_576 })
  sockets.on('connection', accept)
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    const { heapUsed } = process.memoryUsage()
    sendToParent({ cpuUs: user + system, heapMb: heapUsed / 1_048_576 })
  })
  // The parent is gone: so is the bench.
  process.on('disconnect', () => process.exit())
  http.listen(0, '127.0.0.1', 4_096)
  await once(http, 'listening')
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  sendToParent({ port: address.port })
}
