import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedDatabase } from '@questlog/sync-server/src/embedded-database/start-embedded-database.ts'
import { pino } from 'pino'
import { report } from '../measure/report.ts'
import { median } from '../measure/statistics.ts'
import { alternate, type Side } from './alternate.ts'
import type { LoadWindow } from './messages.ts'
import { type LoadShape, type ServerUnderLoad, startUnderLoad } from './server-under-load.ts'

const ALTERNATIVE = 'stock Hocuspocus with its database extension'

/** An edit, durable on our side, seen by the other device of its document: the wait, and the server's work for it. */
export async function benchDurableEdit(shape: LoadShape): Promise<void> {
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
    const [theirSide, ourSide] = await alternate(theirs, ours)
    reportSides(shape, ours.pinned, ourSide, theirSide)
  } finally {
    await Promise.all(started.map((server) => server.end()))
    await database.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function reportSides(shape: LoadShape, pinned: boolean, ours: Side, theirs: Side): void {
  const both = (figure: (window: LoadWindow) => number) => ({
    value: median(ours.windows.map(figure)),
    alternativeValue: median(theirs.windows.map(figure)),
  })
  const total = (figure: (window: LoadWindow) => number) =>
    ours.windows.reduce((sum, window) => sum + figure(window), 0)
  const bench = `sync-${shape.isShared ? 'shared-' : ''}${shape.sockets}`
  const load = { ...shape, windows: ours.windows.length, pinned }
  const latency = { unit: 'ms', alternative: ALTERNATIVE }
  report({
    bench: `${bench}: seen by the other device, p95`,
    ...both((window) => window.seenP95),
    ...latency,
    budget: { ratioAtMost: 1.5 },
    details: {
      ...load,
      edits: total((window) => window.edits),
      unseen: total((window) => window.unseen),
      unacknowledged: total((window) => window.unacknowledged),
      lateP95: median([...ours.windows, ...theirs.windows].map(({ lateP95 }) => lateP95)),
    },
  })
  report({
    bench: `${bench}: seen by the other device, p50`,
    ...both((window) => window.seenP50),
    ...latency,
    budget: {},
    details: load,
  })
  report({
    bench: `${bench}: acknowledged, p95`,
    ...both((window) => window.acknowledgedP95),
    ...latency,
    budget: {},
    details: {
      ...load,
      p50: median(ours.windows.map(({ acknowledgedP50 }) => acknowledgedP50)),
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
