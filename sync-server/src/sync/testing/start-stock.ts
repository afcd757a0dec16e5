import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Configuration, Hocuspocus } from '@hocuspocus/server'
import { WebSocketServer } from 'ws'
import { Device } from './device.ts'

/** Hocuspocus as it comes, behind a real socket: the ground that the sync core stands on. */
export interface StockServer {
  readonly hocuspocus: Hocuspocus
  device(document: string): Device
  stop(): Promise<void>
}

/** Starts a stock server with the given hooks. */
export async function startStock(configuration: Partial<Configuration>): Promise<StockServer> {
  const hocuspocus = new Hocuspocus({ quiet: true, ...configuration })
  const server = createServer()
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => {
    const client = hocuspocus.handleConnection(socket, new Request('http://stock.invalid/'))
    socket.on('message', (data: Buffer) => client.handleMessage(data))
    socket.on('close', (code, reason) => client.handleClose({ code, reason: reason.toString() }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
  const devices: Device[] = []
  return {
    hocuspocus,
    device(document) {
      const device = new Device(url, document)
      devices.push(device)
      return device
    },
    async stop() {
      for (const device of devices) device.socket.terminate()
      sockets.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
