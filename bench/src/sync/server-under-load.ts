import { endChild, nextMessage, pin, startChild } from '../measure/fresh-process.ts'
import {
  type LoadOrder,
  type LoadWindow,
  loadConnected,
  loadWindow,
  type ServerCost,
  serverCost,
  serverStarted,
} from './messages.ts'

export interface LoadShape {
  readonly sockets: number
  /** Whether the two devices of each document are two people's. */
  readonly isShared: boolean
}

/** A server in a process of its own, and the process that loads it, both connected and idle. */
export interface ServerUnderLoad {
  readonly pinned: boolean
  /** Edits at a steady mean rate, and waits for the answers. */
  edit(edits: Omit<LoadOrder & { kind: 'edit' }, 'kind'>): Promise<LoadWindow>
  cost(): Promise<ServerCost>
  end(): Promise<void>
}

/** Starts both processes, on a processor each where that can be arranged, and connects all sockets. */
export async function startUnderLoad(
  server: URL,
  databaseUrl: string,
  shape: LoadShape,
  nodeArguments: readonly string[] = [],
): Promise<ServerUnderLoad> {
  const serverProcess = startChild(server, [databaseUrl], nodeArguments)
  const load = startChild(new URL('load-child.ts', import.meta.url), [])
  const end = async () => {
    await Promise.all([load, serverProcess].map(endChild))
  }
  const ask = async (order: LoadOrder) => {
    load.send(order)
    return nextMessage(load)
  }
  try {
    const { port } = serverStarted.parse(await nextMessage(serverProcess))
    const url = `ws://127.0.0.1:${port}/sync`
    loadConnected.parse(await ask({ kind: 'connect', url, devicesPerDocument: 2, ...shape }))
    const pinned = pin(serverProcess, 0) && pin(load, 1)
    return {
      pinned,
      edit: async (edits) => loadWindow.parse(await ask({ kind: 'edit', ...edits })),
      async cost() {
        serverProcess.send('cost')
        return serverCost.parse(await nextMessage(serverProcess))
      },
      end,
    }
  } catch (error) {
    await end()
    throw error
  }
}
