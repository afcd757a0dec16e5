import { setTimeout as delay } from 'node:timers/promises'
import { sendToParent } from '../measure/in-child.ts'
import { seededRandom } from '../measure/random.ts'
import { quantile } from '../measure/statistics.ts'
import { send } from './client.ts'
import { type Author, fillLog } from './filled-log.ts'
import { type LoadOrder, type LoadWindow, loadOrder } from './messages.ts'
import { type MixedRequest, nextRequest } from './mix.ts'

/** Loads a server over HTTP at a steady mean rate, never waiting for an answer before the next request. */
let authors: readonly Author[] = []

interface Timed {
  readonly kind: 'read' | 'write'
  readonly lateMs: number
  readonly tookMs: number
  readonly isFailure: boolean
}

process.on('message', (message) => void take(loadOrder.parse(message)))
process.on('disconnect', () => process.exit())

async function take(order: LoadOrder): Promise<void> {
  if (order.kind === 'fill') {
    authors = await fillLog(order.url)
    const quests = authors.flatMap(({ workspaces }) => workspaces.flatMap(({ questIds }) => questIds)).length
    sendToParent({ quests })
  } else sendToParent(await load(order))
}

async function load(order: LoadOrder & { kind: 'load' }): Promise<LoadWindow> {
  const random = seededRandom(order.seed)
  const sent: Promise<Timed>[] = []
  const beginMs = performance.now()
  let dueMs = 0
  let warmUp = 0
  while (dueMs < order.seconds * 1_000) {
    const earlyMs = beginMs + dueMs - performance.now()
    if (earlyMs > 1) await delay(earlyMs)
    if (dueMs < order.warmUpSeconds * 1_000) warmUp += 1
    sent.push(timed(order, random, beginMs + dueMs))
    // Requests arrive independently of each other (Poisson).
    dueMs += (-Math.log(1 - random()) * 1_000) / order.requestsPerSecond
  }
  return summary((await Promise.all(sent)).slice(warmUp))
}

async function timed(
  { target, url }: LoadOrder & { kind: 'load' },
  random: () => number,
  dueMs: number,
): Promise<Timed> {
  const request: MixedRequest =
    target === 'questlog'
      ? nextRequest(authors, random)
      : { kind: 'read', method: 'GET', path: `/rows/${Math.floor(random() * 10_000)}`, token: 'none' }
  const startMs = performance.now()
  const { status } = await send(request.method, `${url}${request.path}`, request.token, request.body)
  // Completing what is done, or opening what is open, is refused: that is an answer.
  const isFailure = status >= 300 && status !== 409
  return { kind: request.kind, lateMs: startMs - dueMs, tookMs: performance.now() - startMs, isFailure }
}

function summary(window: readonly Timed[]): LoadWindow {
  const of = (kind: Timed['kind']) => {
    const times = window.filter((one) => one.kind === kind).map(({ tookMs }) => tookMs)
    return { count: times.length, p50: quantile(times, 0.5), p95: quantile(times, 0.95) }
  }
  const writes = of('write')
  return {
    reads: of('read'),
    writes: writes.count === 0 ? null : writes,
    failures: window.filter(({ isFailure }) => isFailure).length,
    lateP95: quantile(
      window.map(({ lateMs }) => lateMs),
      0.95,
    ),
  }
}
