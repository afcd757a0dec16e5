import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedDatabase } from '@questlog/sync-server/src/embedded-database/start-embedded-database.ts'
import { pino } from 'pino'
import { nextMessage, pin, startChild } from '../measure/fresh-process.ts'
import { report } from '../measure/report.ts'
import { median } from '../measure/statistics.ts'
import { serverStarted } from '../sync/messages.ts'
import { filled, type LoadOrder, type LoadWindow, loadWindow } from './messages.ts'

const WINDOWS = 3
const LOAD = { requestsPerSecond: 200, seconds: 10, warmUpSeconds: 3 }
const ALTERNATIVE = 'a bare Fastify route that reads one row of the same Postgres'

/** 200 requests a second of a realistic mix over 10,000 quests in 100 workspaces: how long reads and writes take. */
export async function benchRest(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'questlog-bench-'))
  const database = await startEmbeddedDatabase({
    dataDir,
    logger: pino({ level: 'fatal' }),
    settings: { max_connections: '60' },
  })
  const load = startChild(new URL('load-child.ts', import.meta.url), [])
  const servers = ['questlog-child.ts', 'bare-child.ts'].map((script) =>
    startChild(new URL(script, import.meta.url), [database.url]),
  )
  const ask = async (order: LoadOrder) => {
    load.send(order)
    return nextMessage(load)
  }
  try {
    const [questlogUrl = '', bareUrl = ''] = await Promise.all(
      servers.map(async (server) => `http://127.0.0.1:${serverStarted.parse(await nextMessage(server)).port}`),
    )
    const pinned = servers.every((server) => pin(server, 0)) && pin(load, 1)
    const { quests } = filled.parse(await ask({ kind: 'fill', url: questlogUrl }))
    const turns = { questlog: [] as LoadWindow[], bare: [] as LoadWindow[] }
    for (let seed = 0; seed < WINDOWS; seed += 1) {
      const turn = { kind: 'load', ...LOAD, seed } as const
      turns.bare.push(loadWindow.parse(await ask({ ...turn, target: 'bare', url: bareUrl })))
      turns.questlog.push(loadWindow.parse(await ask({ ...turn, target: 'questlog', url: questlogUrl })))
    }
    reportTurns(turns, { quests, pinned, ...LOAD })
  } finally {
    for (const child of [load, ...servers]) child.kill()
    await database.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

function reportTurns(
  turns: { readonly questlog: readonly LoadWindow[]; readonly bare: readonly LoadWindow[] },
  details: Readonly<Record<string, number | boolean>>,
): void {
  const alternativeValue = median(turns.bare.map(({ reads }) => reads.p95))
  const lateP95 = median(turns.questlog.map((window) => window.lateP95))
  const failures = turns.questlog.reduce((sum, window) => sum + window.failures, 0)
  for (const [kind, atMost] of [
    ['reads', 20],
    ['writes', 30],
  ] as const) {
    report({
      bench: `rest: ${kind}, p95`,
      value: median(turns.questlog.map((window) => window[kind]?.p95 ?? Number.NaN)),
      unit: 'ms',
      alternative: ALTERNATIVE,
      alternativeValue,
      budget: { atMost },
      details: {
        p50: median(turns.questlog.map((window) => window[kind]?.p50 ?? Number.NaN)),
        alternativeP50: median(turns.bare.map(({ reads }) => reads.p50)),
        failures,
        lateP95,
        ...details,
      },
    })
  }
}
