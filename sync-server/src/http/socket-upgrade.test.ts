import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { upgradeSockets } from './socket-upgrade.ts'

let server: Server
let isDraining: boolean
let stop: () => void
beforeEach(async () => {
  isDraining = false
  server = createServer()
  const upgrade = upgradeSockets({
    server,
    maxFrameBytes: 1_000,
    allowedOrigins: undefined,
    isDraining: () => isDraining,
    onSocket: (socket) => socket.on('message', (data) => socket.send(data)),
  })
  stop = upgrade.terminateAll
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(() => {
  stop()
  server.close()
})

const open = () => new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/sync`)

test('a frame above the limit closes its socket before it is read', async () => {
  const socket = open()
  await once(socket, 'open')
  socket.send(new Uint8Array(1_000))
  await once(socket, 'message')
  socket.send(new Uint8Array(1_001))
  expect((await once(socket, 'close'))[0]).toBe(1009)
})

test('open sockets can be ended at once', async () => {
  const socket = open()
  await once(socket, 'open')
  stop()
  expect((await once(socket, 'close'))[0]).toBe(1006)
})

test('a client that breaks off while it is refused harms nothing', () => {
  const stream = new PassThrough()
  server.emit('upgrade', { url: '/else', headers: {} }, stream, Buffer.alloc(0))
  stream.emit('error', new Error('read ECONNRESET'))
  expect(stream.destroyed).toBe(true)
})

test('a server that stops takes no new socket', async () => {
  isDraining = true
  const socket = open()
  socket.on('error', () => undefined)
  const [, response] = await once(socket, 'unexpected-response')
  expect(response.statusCode).toBe(503)
})
