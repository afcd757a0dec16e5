import { setTimeout as delay } from 'node:timers/promises'
import type { LoadWindow } from './messages.ts'
import type { ServerUnderLoad } from './server-under-load.ts'

const EDITS_PER_SECOND = 500
const WINDOW_SECONDS = 10
/** Until a stock server begins to store what it put off: what follows is its steady state. */
const WARM_UP_SECONDS = 2.5
/** Long enough for the stores still put off when a window ends: they are part of the cost of its edits. */
const AFTERMATH_MS = 2_400

/** What one side showed over all its windows. */
export interface Side {
  readonly windows: readonly LoadWindow[]
  /** Processor time of the server process from the first edit to the end of the last aftermath, idle time included. */
  readonly cpuUsPerEdit: number
  readonly heapMb: number
}

/** Loads two servers in turns, window by window, so that both see the same weather on this machine. */
export async function alternate(
  first: ServerUnderLoad,
  second: ServerUnderLoad,
  windows: number,
): Promise<readonly [Side, Side]> {
  const firstTurns: Turn[] = []
  const secondTurns: Turn[] = []
  for (let seed = 0; seed < windows; seed += 1) {
    firstTurns.push(await takeTurn(first, seed))
    secondTurns.push(await takeTurn(second, seed))
  }
  return [sideOf(firstTurns), sideOf(secondTurns)]
}

interface Turn {
  readonly window: LoadWindow
  readonly cpuUs: number
  readonly heapMb: number
}

async function takeTurn(server: ServerUnderLoad, seed: number): Promise<Turn> {
  const before = await server.cost()
  const window = await server.edit({
    editsPerSecond: EDITS_PER_SECOND,
    seconds: WINDOW_SECONDS,
    warmUpSeconds: WARM_UP_SECONDS,
    seed,
  })
  await delay(AFTERMATH_MS)
  const after = await server.cost()
  return { window, cpuUs: after.cpuUs - before.cpuUs, heapMb: before.heapMb }
}

function sideOf(turns: readonly Turn[]): Side {
  const cpuUs = turns.reduce((sum, turn) => sum + turn.cpuUs, 0)
  const edits = turns.reduce((sum, turn) => sum + turn.window.edits, 0)
  return {
    windows: turns.map(({ window }) => window),
    cpuUsPerEdit: cpuUs / edits,
    heapMb: turns[0]?.heapMb ?? Number.NaN,
  }
}
