import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { upgradeSockets } from './socket-upgrade.ts'

let server: Server
let isDraining: boolean
let logLines: string[]
let stop: () => void
beforeEach(async () => {
  isDraining = false
  logLines = []
  server = createServer()
  const upgrade = upgradeSockets({
    server,
    maxFrameBytes: 1_000,
    allowedOrigins: undefined,
    isDraining: () => isDraining,
    onSocket(socket, request) {
      if (request.headers['x-trouble'] !== undefined) throw new Error('a bug')
      socket.on('message', (data) => socket.send(data))
    },
    logger: pino({}, { write: (line: string) => logLines.push(line) }),
  })
  stop = upgrade.terminateAll
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterEach(() => {
  stop()
  server.close()
})

const open = (headers: Record<string, string> = {}) =>
  new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/sync`, { headers })

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

test('a socket that cannot be taken over is closed and logged, and the next one is served', async () => {
  const troubled = open({ 'x-trouble': 'yes' })
  expect((await once(troubled, 'close'))[0]).toBe(1011)
  expect(logLines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 50, msg: 'a socket could not be taken over', err: { message: 'a bug' } },
  ])
  const socket = open()
  await once(socket, 'open')
  socket.send('still there')
  expect(String((await once(socket, 'message'))[0])).toBe('still there')
})
