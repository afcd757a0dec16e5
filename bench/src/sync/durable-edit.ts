import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedDatabase } from '@questlog/sync-server/src/embedded-database/start-embedded-database.ts'
import { pino } from 'pino'
import { report } from '../measure/report.ts'
import { quantile } from '../measure/statistics.ts'
import { alternate, type Side } from './alternate.ts'
import type { LoadWindow } from './messages.ts'
import { type LoadShape, type ServerUnderLoad, startUnderLoad } from './server-under-load.ts'

const ALTERNATIVE = 'stock Hocuspocus with its database extension'

/** An edit, durable on our side, seen by the other device of its document: the wait, and the server's work for it. */
export async function benchDurableEdit(shape: LoadShape, windows: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'questlog-bench-'))
  const database = await startEmbeddedDatabase({ dataDir, logger: pino({ level: 'fatal' }) })
  const started: ServerUnderLoad[] = []
  const start = async (child: string) => {
    const server = await startUnderLoad(new URL(child, import.meta.url), database.url, shape)
    started.push(server)
    return server
  }
  try {
    const theirs = await start('stock-child.ts')
    const ours = await start('questlog-child.ts')
    const [theirSide, ourSide] = await alternate(theirs, ours, windows)
    reportSides(shape, ours.pinned, ourSide, theirSide)
  } finally {
    await Promise.all(started.map((server) => server.end()))
    await database.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function reportSides(shape: LoadShape, pinned: boolean, ours: Side, theirs: Side): void {
  const bench = `sync-${shape.isShared ? 'shared-' : ''}${shape.sockets}`
  const load = { ...shape, windows: ours.windows.length, pinned }
  const total = (count: (window: LoadWindow) => number) => ours.windows.reduce((sum, window) => sum + count(window), 0)
  const wait = (times: (window: LoadWindow) => readonly number[], share: number) => ({
    value: quantile(ours.windows.flatMap(times), share),
    unit: 'ms',
    alternative: ALTERNATIVE,
    alternativeValue: quantile(theirs.windows.flatMap(times), share),
  })
  report({
    bench: `${bench}: seen by the other device, p95`,
    ...wait(({ seenMs }) => seenMs, 0.95),
    budget: { ratioAtMost: 1.5 },
    details: {
      ...load,
      edits: total(({ edits }) => edits),
      unseen: total(({ unseen }) => unseen),
      unacknowledged: total(({ unacknowledged }) => unacknowledged),
      windowP95: p95OfEach(ours),
      alternativeWindowP95: p95OfEach(theirs),
      lateP95: quantile(
        [...ours.windows, ...theirs.windows].flatMap(({ lateMs }) => lateMs),
        0.95,
      ),
    },
  })
  report({
    bench: `${bench}: seen by the other device, p50`,
    ...wait(({ seenMs }) => seenMs, 0.5),
    budget: {},
    details: load,
  })
  report({
    bench: `${bench}: acknowledged, p95`,
    ...wait(({ acknowledgedMs }) => acknowledgedMs, 0.95),
    budget: {},
    details: {
      ...load,
      p50: wait(({ acknowledgedMs }) => acknowledgedMs, 0.5).value,
      durable: true,
      alternativeDurable: false,
    },
  })
  report({
    bench: `${bench}: processor time of the server`,
    value: ours.cpuUsPerEdit,
    unit: 'µs an edit',
    alternative: ALTERNATIVE,
    alternativeValue: theirs.cpuUsPerEdit,
    budget: { ratioAtMost: 1.1 },
    details: { ...load, heapMb: ours.heapMb, alternativeHeapMb: theirs.heapMb },
  })
}

/** How far the windows lie apart: a single slow one is the machine's, slow ones throughout are the side's. */
function p95OfEach({ windows }: Side): string {
  return windows.map(({ seenMs }) => Number(quantile(seenMs, 0.95).toPrecision(3))).join(' ')
}
