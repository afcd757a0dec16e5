import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
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

test('a server that stops takes no new socket', async () => {
  isDraining = true
  const socket = open()
  socket.on('error', () => undefined)
  const [, response] = await once(socket, 'unexpected-response')
  expect(response.statusCode).toBe(503)
})
