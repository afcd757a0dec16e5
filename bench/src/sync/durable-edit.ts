import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedDatabase } from '@questlog/sync-server/src/embedded-database/start-embedded-database.ts'
import { pino } from 'pino'
import { report, rounded } from '../measure/report.ts'
import { median } from '../measure/statistics.ts'
import { type Phase, runPhase } from './phase.ts'

const ROUNDS = 2
const ALTERNATIVE = 'stock Hocuspocus with its database extension'

/** An edit, durable on our side, seen by the other device of its document: the wait, and the server's work for it. */
export async function benchDurableEdit(sockets: number): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'questlog-bench-'))
  const database = await startEmbeddedDatabase({ dataDir, logger: pino({ level: 'fatal' }) })
  try {
    const ours: Phase[] = []
    const theirs: Phase[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      theirs.push(await runPhase(new URL('stock-child.ts', import.meta.url), database.url, sockets, []))
      ours.push(await runPhase(new URL('questlog-child.ts', import.meta.url), database.url, sockets, []))
    }
    reportPhases(sockets, ours, theirs)
  } finally {
    await database.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function reportPhases(sockets: number, ours: readonly Phase[], theirs: readonly Phase[]): void {
  const both = (figure: (phase: Phase) => number) => ({
    value: median(ours.map(figure)),
    alternativeValue: median(theirs.map(figure)),
  })
  const details = { sockets, rounds: ROUNDS, pinned: ours.every(({ pinned }) => pinned) }
  const latency = { unit: 'ms', alternative: ALTERNATIVE }
  report({
    bench: `sync-${sockets} edit seen by the other device, p95`,
    ...both((phase) => phase.seenP95),
    ...latency,
    budget: { ratioAtMost: 1.5 },
    details: { ...details, ...loss(ours), lateP95: median(ours.map(({ lateP95 }) => lateP95)) },
  })
  report({
    bench: `sync-${sockets} edit seen by the other device, p50`,
    ...both((phase) => phase.seenP50),
    ...latency,
    budget: {},
    details,
  })
  report({
    bench: `sync-${sockets} edit acknowledged, p95`,
    ...both((phase) => phase.acknowledgedP95),
    ...latency,
    budget: {},
    details: { ...details, meaning: 'committed to Postgres; the alternative acknowledges from memory' },
  })
  report({
    bench: `sync-${sockets} processor time of the server`,
    ...both((phase) => phase.cpuUsPerEdit),
    unit: 'µs an edit',
    alternative: ALTERNATIVE,
    budget: { ratioAtMost: 1.1 },
    details: {
      ...details,
      heapMb: rounded(median(ours.map(({ heapMb }) => heapMb))),
      alternativeHeapMb: rounded(median(theirs.map(({ heapMb }) => heapMb))),
    },
  })
}

function loss(phases: readonly Phase[]): { edits: number; unseen: number; unacknowledged: number } {
  const sum = (figure: (phase: Phase) => number) => phases.reduce((total, phase) => total + figure(phase), 0)
  return {
    edits: sum(({ edits }) => edits),
    unseen: sum(({ unseen }) => unseen),
    unacknowledged: sum(({ unacknowledged }) => unacknowledged),
  }
}
