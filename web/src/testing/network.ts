import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** The wire between this device and a server. */
export interface Network {
  /** Where the server is reached. */
  readonly url: string
  /** Nothing gets through from now on, and what was connected is cut. */
  cut(): void
  /** It is there again, and the device is told as a browser tells it. */
  restore(): void
  close(): Promise<void>
}

/** Puts a wire of its own in front of a server. */
export async function openNetwork(serverUrl: string): Promise<Network> {
  const { hostname, port } = new URL(serverUrl)
  const open = new Set<Socket>()
  let isCut = false
  const wire = createServer((near) => {
    if (isCut) return void near.destroy()
    const far = connect(Number(port), hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one)
      one.on('error', () => undefined)
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  })
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    isCut = true
    for (const socket of open) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${(wire.address() as AddressInfo).port}`,
    cut,
    restore() {
      isCut = false
      window.dispatchEvent(new Event('online'))
    },
    async close() {
      cut()
      await new Promise<void>((resolve) => wire.close(() => resolve()))
    },
  }
}
