import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { Outbox } from './outbox.ts'

let server: WebSocketServer
let reader: WebSocket
let sender: WebSocket
let heard: Buffer[]

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, perMessageDeflate: false })
  await once(server, 'listening')
  const accepted = once(server, 'connection')
  reader = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`)
  heard = []
  reader.on('message', (data: Buffer) => heard.push(data))
  ;[sender] = (await accepted) as [WebSocket]
})

afterEach(() => {
  reader.terminate()
  server.close()
})

const bytes = (length: number, value: number) => new Uint8Array(length).fill(value)

async function untilHeard(count: number): Promise<void> {
  while (heard.length < count) await once(reader, 'message')
}

test('messages arrive whole and in order, whatever their length and parts', async () => {
  const outbox = new Outbox(sender, () => undefined)
  const sent = [[bytes(10, 1)], [bytes(5, 2), bytes(300_000, 3)], [bytes(3, 4)], [bytes(65_536, 5)], [bytes(0, 6)]]
  for (const parts of sent) outbox.send(...parts)
  await untilHeard(sent.length)
  expect(heard.map((message) => Buffer.compare(message, Buffer.concat(sent[heard.indexOf(message)] ?? [])))).toEqual([
    0, 0, 0, 0, 0,
  ])
  expect(outbox.bufferedAmount).toBe(0)
})

test('other work runs while a long message is written', async () => {
  let flushed = 0
  const outbox = new Outbox(sender, () => {
    flushed++
  })
  let turns = 0
  const count = () => {
    turns++
    if (heard.length === 0) setImmediate(count)
  }
  outbox.send(bytes(2_000_000, 1))
  expect(outbox.bufferedAmount).toBeGreaterThan(1_900_000)
  setImmediate(count)
  await untilHeard(1)
  expect(flushed).toBe(30)
  expect(turns).toBeGreaterThan(20)
})

test('a socket that is to be closed first sends what waits', async () => {
  const outbox = new Outbox(sender, () => undefined)
  outbox.send(bytes(1_000_000, 1))
  outbox.send(bytes(10, 2))
  outbox.close(4_429, 'too much')
  const [code, reason] = (await once(reader, 'close')) as [number, Buffer]
  expect([heard.map(({ length }) => length), code, reason.toString()]).toEqual([[1_000_000, 10], 4_429, 'too much'])
})

test('a reader that takes nothing leaves what waits counted, and all goes out when it reads', async () => {
  const outbox = new Outbox(sender, () => undefined)
  reader.pause()
  for (let n = 0; n < 8; n++) outbox.send(bytes(4_000_000, n))
  await new Promise((resolve) => setTimeout(resolve, 100))
  const waiting = outbox.bufferedAmount
  expect(waiting).toBeGreaterThan(1_000_000)
  expect(waiting).toBeLessThanOrEqual(32_000_000)
  reader.resume()
  await untilHeard(8)
  expect(heard.map(([first]) => first)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
})
