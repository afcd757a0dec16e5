import { mkdtempSync, rmSync } from 'node:fs'
import { constants, setPriority, tmpdir } from 'node:os'
import { join } from 'node:path'
import { sessionResponseSchema } from '@questlog/shared/protocol/auth'
import { startEmbeddedDatabase } from '@questlog/sync-server/src/embedded-database/start-embedded-database.ts'
import { Device } from '@questlog/sync-server/src/sync/testing/device.ts'
import { pino } from 'pino'
import { z } from 'zod'
import { endChild, nextMessage, pin, startChild } from '../measure/fresh-process.ts'
import { report } from '../measure/report.ts'
import { quantile } from '../measure/statistics.ts'
import { send } from '../rest/client.ts'
import { serverStarted } from '../sync/messages.ts'
import type { FloodName } from './floods.ts'

const TURNS = 3
const WINDOW_MS = 10_000
const WARM_UP_MS = 2_000
const EVERY_MS = 100

interface Person {
  readonly token: string
  readonly document: string
}

/** How long somebody who does little waits, alone and beside another person's flood. */
export async function benchFairShare(flood: FloodName): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'questlog-bench-'))
  const database = await startEmbeddedDatabase({ dataDir, logger: pino({ level: 'fatal' }) })
  const server = startChild(
    new URL('../rest/questlog-child.ts', import.meta.url),
    [database.url],
    process.env.PROF ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof'] : [],
  )
  try {
    const { port } = serverStarted.parse(await nextMessage(server))
    const pinned = pin(server, 0)
    const httpUrl = `http://127.0.0.1:${port}`
    const socketUrl = `ws://127.0.0.1:${port}/sync`
    const ann = await register(httpUrl)
    const hog = await register(httpUrl)
    const devices = [new Device(socketUrl, ann.document), new Device(socketUrl, ann.document)] as const
    for (const device of devices) await device.sync(ann.token)
    await measure(devices, httpUrl, ann.token)
    const alone = noWaits()
    const beside = noWaits()
    for (let turn = 0; turn < TURNS; turn++) {
      add(alone, await measure(devices, httpUrl, ann.token))
      const flooding = startChild(new URL('flood-child.ts', import.meta.url), [
        flood,
        httpUrl,
        socketUrl,
        hog.token,
        hog.document,
      ])
      await nextMessage(flooding)
      if (pinned) pin(flooding, 1)
      // What the flood takes from the client's machine must not count.
      if (flooding.pid !== undefined) setPriority(flooding.pid, constants.priority.PRIORITY_LOW)
      add(beside, await measure(devices, httpUrl, ann.token))
      await endChild(flooding)
    }
    for (const kind of ['seen', 'read'] as const) {
      report({
        bench: `fair-${flood}: ${kind === 'seen' ? 'an edit is seen by the other device' : 'a REST read'}, p95`,
        value: quantile(beside[kind], 0.95),
        unit: 'ms',
        alternative: 'the same person alone',
        alternativeValue: quantile(alone[kind], 0.95),
        budget: { ratioAtMost: 1.5 },
        details: {
          p50: quantile(beside[kind], 0.5),
          aloneP50: quantile(alone[kind], 0.5),
          samples: beside[kind].length,
          lateP95: quantile(beside.late, 0.95),
          pinned,
        },
      })
    }
    for (const device of devices) device.socket.terminate()
  } finally {
    await endChild(server)
    await database.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function register(httpUrl: string): Promise<Person> {
  const body = { email: `${crypto.randomUUID()}@example.org`, password: 'correct horse', displayName: 'Ann' }
  const answer = await send('POST', `${httpUrl}/api/v1/auth/register`, undefined, body)
  const { accessToken: token } = sessionResponseSchema.parse(JSON.parse(answer.text))
  const workspaces = await send('GET', `${httpUrl}/api/v1/workspaces`, token)
  const { items } = z.object({ items: z.array(z.object({ document: z.string() })) }).parse(JSON.parse(workspaces.text))
  const document = items[0]?.document
  if (document === undefined) throw new Error('the account has no workspace')
  return { token, document }
}

/** Milliseconds, one for each time. */
interface Waits {
  /** Until the other device has an edit. */
  readonly seen: number[]
  /** Until a read is answered. */
  readonly read: number[]
  /** How much later than planned the edits were made. */
  readonly late: number[]
}

const noWaits = (): Waits => ({ seen: [], read: [], late: [] })

function add(all: Waits, more: Waits): void {
  for (const kind of ['seen', 'read', 'late'] as const) all[kind].push(...more[kind])
}

/** An edit and a read every few milliseconds, none waiting for the one before. */
async function measure([author, other]: readonly [Device, Device], httpUrl: string, token: string): Promise<Waits> {
  const { seen, read, late } = noWaits()
  const underWay: Promise<void>[] = []
  const startedMs = performance.now()
  const keep = (samples: number[], sinceMs: number) => {
    if (sinceMs - startedMs > WARM_UP_MS) samples.push(performance.now() - sinceMs)
  }
  let n = other.doc.getArray('quests').length
  for (let dueMs = startedMs; dueMs < startedMs + WINDOW_MS; dueMs += EVERY_MS) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())))
    const sinceMs = performance.now()
    late.push(sinceMs - dueMs)
    const expected = ++n
    author.doc.getArray('quests').push([[`mine${n}`, Date.now() * 1024, { title: 'x', createdAt: 1 }]])
    underWay.push(other.until(() => other.doc.getArray('quests').length >= expected).then(() => keep(seen, sinceMs)))
    underWay.push(send('GET', `${httpUrl}/api/v1/quests?limit=20`, token).then(() => keep(read, sinceMs)))
  }
  await Promise.all(underWay)
  return { seen, read, late }
}
