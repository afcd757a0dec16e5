import type { AddressInfo } from 'node:net'
import { HocuspocusProvider, HocuspocusProviderWebsocket } from '@hocuspocus/provider'
import { type Configuration, Hocuspocus } from '@hocuspocus/server'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { expect, test, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import * as Y from 'yjs'
import { createSavedTracker } from './saved-tracker.ts'

const MESSAGE_UPDATE = 2

/** A socket to a server that accepts every token and then has nothing to say. */
function quietServer() {
  const opened: object[] = []
  class QuietSocket extends EventTarget {
    binaryType = 'arraybuffer'
    readyState = 0
    constructor() {
      super()
      opened.push(this)
      setTimeout(() => {
        this.readyState = 1
        this.dispatchEvent(new Event('open'))
      })
    }
    send(frame: Uint8Array): void {
      const decoder = decoding.createDecoder(frame)
      const name = decoding.readVarString(decoder)
      const kind = decoding.readVarUint(decoder)
      if (kind !== 2) return
      const accepted = encoding.createEncoder()
      encoding.writeVarString(accepted, name)
      for (const part of [2, 2]) encoding.writeVarUint(accepted, part)
      encoding.writeVarString(accepted, 'read-write')
      this.#answer(encoding.toUint8Array(accepted))
    }
    close(): void {
      if (this.readyState === 3) return
      this.readyState = 3
      this.dispatchEvent(new Event('close'))
    }
    #answer(frame: Uint8Array): void {
      setTimeout(() => this.dispatchEvent(new MessageEvent('message', { data: frame.slice().buffer })))
    }
  }
  return { opened, QuietSocket }
}

test('HocuspocusProvider without presence gives up a connection on which nobody writes', async () => {
  const { opened, QuietSocket } = quietServer()
  const options = { url: 'ws://127.0.0.1:9', autoConnect: false, WebSocketPolyfill: QuietSocket }
  const usual = new HocuspocusProviderWebsocket(options)
  expect(usual.configuration.messageReconnectTimeout).toBe(30_000)
  usual.destroy()

  const socket = new HocuspocusProviderWebsocket({
    ...options,
    autoConnect: true,
    messageReconnectTimeout: 100,
    delay: 1,
    minDelay: 1,
  })
  const provider = new HocuspocusProvider({
    name: 'w:01K00000000000000000000000:1',
    token: 'any',
    awareness: null,
    websocketProvider: socket,
  })
  provider.attach()
  await expect.poll(() => opened.length).toBeGreaterThan(1)
  provider.destroy()
  socket.destroy()
})

// Why there is an own protocol client. When this fails, an upgrade has changed the ground.
test("HocuspocusProvider reports nothing unsynced at a cold start with offline edits; the client's tracker does", () => {
  const doc = new Y.Doc()
  doc.getArray('quests').push(['written offline'])
  const socket = new HocuspocusProviderWebsocket({ url: 'ws://127.0.0.1:9', autoConnect: false })
  const provider = new HocuspocusProvider({
    name: 'w:01K00000000000000000000000:1',
    document: doc,
    websocketProvider: socket,
  })
  expect(provider.hasUnsyncedChanges).toBe(false)
  expect(createSavedTracker(doc, null, () => false).unsavedChanges()).toBe(1)
  provider.destroy()
  socket.destroy()
})

/** A provider that is synced with a stock server. */
async function stockProvider(configuration: Partial<Configuration>) {
  const hocuspocus = new Hocuspocus({ quiet: true, ...configuration })
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  server.on('connection', (socket) => {
    const client = hocuspocus.handleConnection(socket as never, new Request('http://localhost/sync'))
    socket.on('message', (bytes: Buffer) => client.handleMessage(new Uint8Array(bytes)))
    socket.on('close', (code, reason) => client.handleClose({ code, reason: reason.toString() }))
  })
  const { port } = server.address() as AddressInfo
  const socket = new HocuspocusProviderWebsocket({ url: `ws://127.0.0.1:${port}`, WebSocketPolyfill: WebSocket })
  const doc = new Y.Doc()
  const provider = new HocuspocusProvider({ name: 'doc', token: 'any', document: doc, websocketProvider: socket })
  provider.attach()
  await expect.poll(() => [provider.isSynced, provider.unsyncedChanges]).toEqual([true, 0])
  const stop = async () => {
    provider.destroy()
    socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  return { doc, provider, held: () => hocuspocus.documents.get('doc')?.getMap('map').size, stop }
}

test('HocuspocusProvider counts what a reader wrote as unsynced for ever', async () => {
  const { doc, provider, held, stop } = await stockProvider({
    async onAuthenticate({ connectionConfig }) {
      connectionConfig.readOnly = true
    },
  })
  const answered = vi.fn()
  provider.on('message', answered)
  doc.getMap('map').set('key', 1)
  await expect.poll(() => answered).toHaveBeenCalled()
  expect([provider.unsyncedChanges, held()]).toEqual([1, 0])
  await stop()
})

test('HocuspocusProvider never authenticates again for a document that a throwing hook closed, whose edits stay here', async () => {
  const logins: string[] = []
  let isFailing = true
  const stock = await stockProvider({
    async onAuthenticate({ documentName }) {
      logins.push(documentName)
    },
    async beforeSync({ type }) {
      if (isFailing && type === MESSAGE_UPDATE) throw new Error('not now')
    },
  })
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const closed = new Promise((resolve) => stock.provider.on('close', resolve))
  stock.doc.getMap('map').set('stalled', 1)
  await closed
  isFailing = false
  stock.doc.getMap('map').set('later', 1)

  // The socket is open, and all that was sent through it before has been heard once this is answered.
  const { websocketProvider } = stock.provider.configuration
  const other = new HocuspocusProvider({ name: 'other', token: 'any', websocketProvider })
  other.attach()
  await expect.poll(() => other.isSynced).toBe(true)
  expect([logins, stock.held() ?? 0]).toEqual([['doc', 'other'], 0])
  other.destroy()
  await stock.stop()
  vi.restoreAllMocks()
})

test('HocuspocusProvider with forceSync says synced while the server holds one key of four', async () => {
  const held: (() => void)[] = []
  const stock = await stockProvider({
    async beforeSync({ type }) {
      if (type === MESSAGE_UPDATE) await new Promise<void>((resolve) => held.push(resolve))
    },
  })
  for (const key of ['a', 'b', 'c', 'd']) stock.doc.getMap('map').set(key, 1)
  stock.provider.forceSync()
  await expect.poll(() => held).toHaveLength(1)
  held[0]?.()
  await expect.poll(() => held).toHaveLength(2)
  await expect.poll(() => stock.provider.hasUnsyncedChanges).toBe(false)
  expect(stock.held()).toBe(1)
  await stock.stop()
})
