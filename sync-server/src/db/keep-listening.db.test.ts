import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../testing/database.ts'
import { keepListening } from './keep-listening.ts'

let database: TestDatabase
let wire: Server
let sockets: Set<Socket>
/** How many connections are cut at the moment when they ask to listen. */
let cuts: number
beforeEach(async () => {
  database = await createTestDatabase()
  const { hostname, port } = new URL(database.url)
  sockets = new Set()
  cuts = 0
  wire = createServer((socket) => {
    const upstream = connect(Number(port), hostname)
    sockets.add(socket)
    for (const [from, to] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      from.on('error', () => undefined).on('close', () => to.destroy())
    }
    socket.on('close', () => sockets.delete(socket))
    upstream.pipe(socket)
    socket.on('data', (bytes) => {
      if (cuts === 0 || !bytes.includes('listen')) upstream.write(bytes)
      else {
        cuts -= 1
        socket.destroy()
      }
    })
  })
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve))
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(async () => {
  vi.useRealTimers()
  for (const socket of sockets) socket.destroy()
  wire.close()
  await database.drop()
})

async function listen() {
  const heard: string[] = []
  const url = new URL(database.url)
  url.port = String((wire.address() as AddressInfo).port)
  const listening = await keepListening({
    connectionString: url.href,
    channel: 'letters',
    onNotification: (payload) => heard.push(payload),
    onLost: () => heard.push('lost'),
    onBack: () => heard.push('back'),
  })
  return { heard, listening }
}

const notify = (payload: string) => database.pool.query("select pg_notify('letters', $1)", [payload])

function cutAll(): void {
  for (const socket of sockets) socket.destroy()
}

test('what is notified is heard, once again after the connection was lost, and no more once it is closed', async () => {
  const { heard, listening } = await listen()
  await notify('one')
  await expect.poll(() => heard).toEqual(['one'])
  cutAll()
  await expect.poll(() => heard).toEqual(['one', 'lost'])
  vi.advanceTimersByTime(5_000)
  await expect.poll(() => heard).toEqual(['one', 'lost', 'back'])
  await notify('two')
  await expect.poll(() => heard).toEqual(['one', 'lost', 'back', 'two'])
  await listening.close()
  await expect.poll(() => sockets.size).toBe(0)
  expect(heard).toHaveLength(4)
})

test('a connection that is lost before it listens is made up for by one other', async () => {
  const { heard, listening } = await listen()
  cuts = 1
  cutAll()
  await expect.poll(() => heard).toEqual(['lost'])
  vi.advanceTimersByTime(5_000)
  await expect.poll(() => [cuts, sockets.size, vi.getTimerCount()]).toEqual([0, 0, 1])
  vi.advanceTimersByTime(5_000)
  await expect.poll(() => heard).toEqual(['lost', 'back'])
  expect([sockets.size, vi.getTimerCount()]).toEqual([1, 0])
  await listening.close()
})

test('a connection that is under way when it is closed is given up', async () => {
  const { heard, listening } = await listen()
  cutAll()
  await expect.poll(() => heard).toEqual(['lost'])
  vi.advanceTimersByTime(5_000)
  await listening.close()
  await expect.poll(() => sockets.size).toBe(0)
  expect([vi.getTimerCount(), heard]).toEqual([0, ['lost']])
})

test('a database that does not let the first connection in is told', async () => {
  cuts = 1
  await expect(listen()).rejects.toThrow('Connection terminated')
  expect(vi.getTimerCount()).toBe(0)
})
