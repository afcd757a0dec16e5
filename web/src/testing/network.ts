import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** The wire between this device and a server. */
export interface Network {
  /** Where the server is reached. */
  readonly url: string
  /** Nothing gets through from now on, and what was connected is cut. */
  cut(): void
  /** It is there again, and the device is told as a browser tells it. */
  restore(): void
  /** Nothing more reaches the server, though all stays connected, until the function returned is called. */
  hold(): () => void
  close(): Promise<void>
}

/** Puts a wire of its own in front of a server. */
export async function openNetwork(serverUrl: string): Promise<Network> {
  const { hostname, port } = new URL(serverUrl)
  const open = new Set<Socket>()
  let isCut = false
  let isHeld = false
  const wires = new Map<Socket, Socket>()
  const wire = createServer((near) => {
    if (isCut) return void near.destroy()
    const far = connect(Number(port), hostname)
    wires.set(near, far)
    near.on('close', () => wires.delete(near))
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
      if (one === far || !isHeld) one.pipe(other)
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
    hold() {
      isHeld = true
      for (const near of wires.keys()) near.unpipe()
      return () => {
        isHeld = false
        for (const [near, far] of wires) near.pipe(far)
      }
    },
    async close() {
      cut()
      await new Promise<void>((resolve) => wire.close(() => resolve()))
    },
  }
}
