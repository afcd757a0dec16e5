import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import type { z } from 'zod'
import { failure, pin, startChild } from '../measure/fresh-process.ts'
import { type LoadOrder, type LoadResult, loadResult, serverCost, serverStarted } from './messages.ts'

const EDITS_PER_SECOND = 500
const EDIT_SECONDS = 10
const WARM_UP_SECONDS = 2
/** Long enough for what a stock server puts off: its cost belongs to its edits. */
const AFTERMATH_MS = 3_000

export interface Phase extends LoadResult {
  /** Processor time of the server process for all its work from the first edit to the aftermath, by edit. */
  readonly cpuUsPerEdit: number
  readonly heapMb: number
  readonly rssMb: number
  readonly pinned: boolean
}

/** Runs one fresh server with one fresh load against it, and ends both. */
export async function runPhase(
  server: URL,
  databaseUrl: string,
  sockets: number,
  nodeArguments: readonly string[],
): Promise<Phase> {
  const serverProcess = startChild(server, [databaseUrl], nodeArguments)
  const load = startChild(new URL('load-child.ts', import.meta.url), [])
  try {
    const pinned = pin(serverProcess, 0) && pin(load, 1)
    const { port } = serverStarted.parse(await answer(serverProcess))
    await ask(load, { kind: 'connect', url: `ws://127.0.0.1:${port}/sync`, sockets, devicesPerDocument: 2 })
    await delay(1_000)
    const before = await cost(serverProcess)
    const edited = loadResult.parse(
      await ask(load, {
        kind: 'edit',
        editsPerSecond: EDITS_PER_SECOND,
        seconds: EDIT_SECONDS,
        warmUpSeconds: WARM_UP_SECONDS,
      }),
    )
    await delay(AFTERMATH_MS)
    const after = await cost(serverProcess)
    const cpuUsPerEdit = (after.cpuUs - before.cpuUs) / edited.edits
    return { ...edited, cpuUsPerEdit, heapMb: before.heapMb, rssMb: before.rssMb, pinned }
  } finally {
    await Promise.all([load, serverProcess].map(end))
  }
}

async function cost(server: ChildProcess): Promise<z.infer<typeof serverCost>> {
  server.send('cost')
  return serverCost.parse(await answer(server))
}

async function ask(load: ChildProcess, order: LoadOrder): Promise<unknown> {
  load.send(order)
  return answer(load)
}

async function answer(child: ChildProcess): Promise<unknown> {
  const [message] = await Promise.race([once(child, 'message'), failure(child)])
  return message
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'exit')
}
