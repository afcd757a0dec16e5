import { afterEach, expect, test, vi } from 'vitest'
import { createCommitQueue } from './commit-queue.ts'
import type { AppendOutcome, PendingUpdate, UpdateLog } from './update-log.ts'

function update(document: string, userId = 'ann'): PendingUpdate {
  return { document, bytes: new Uint8Array(10), userId, clientId: null, claims: [] }
}

/** A log whose statements are answered by the test. */
function fakeLog(answer: (updates: readonly PendingUpdate[]) => AppendOutcome) {
  const batches: (readonly PendingUpdate[])[] = []
  const seqs = new Map<string, number>()
  const log = {
    async commitBatch(updates: readonly PendingUpdate[]) {
      batches.push(updates)
      const outcome = answer(updates)
      if (outcome.kind !== 'committed') return updates.map(() => outcome)
      return updates.map(({ document }) => {
        const seq = (seqs.get(document) ?? 0) + 1
        seqs.set(document, seq)
        return { kind: 'committed', seq } as const
      })
    },
  } as unknown as UpdateLog
  const clock = { ms: 0 }
  return {
    log,
    batches,
    clock,
    queue: createCommitQueue(
      log,
      () => undefined,
      () => clock.ms,
    ),
  }
}

afterEach(() => vi.useRealTimers())

/** Lets everything run that waits for no timer. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve))
}

function stopTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
}

const committed: AppendOutcome = { kind: 'committed', seq: 0 }

test('updates of one turn of the event loop commit together, whatever their document', async () => {
  const { queue, batches } = fakeLog(() => committed)
  const outcomes = await Promise.all([
    queue.append(update('a'), 'now'),
    queue.append(update('b'), 'now'),
    queue.append(update('a'), 'now'),
  ])
  expect(outcomes).toEqual([
    { kind: 'committed', seq: 1 },
    { kind: 'committed', seq: 1 },
    { kind: 'committed', seq: 2 },
  ])
  expect(batches).toHaveLength(1)
})

test('what queues while a statement runs is the next batch', async () => {
  const later: Promise<AppendOutcome>[] = []
  const { queue, batches } = fakeLog(() => {
    if (later.length === 0) later.push(queue.append(update('b'), 'now'), queue.append(update('c'), 'now'))
    return committed
  })
  await queue.append(update('a'), 'now')
  await Promise.all(later)
  expect(batches.map((batch) => batch.length)).toEqual([1, 2])
})

test('one update that the database objects to fails alone', async () => {
  const isBad = (one: PendingUpdate) => one.userId === 'eve'
  const { queue } = fakeLog((updates) =>
    updates.some(isBad) ? { kind: 'failed', cause: { code: '22021' } } : committed,
  )
  const outcomes = await Promise.all([
    queue.append(update('a'), 'now'),
    queue.append(update('b', 'eve'), 'now'),
    queue.append(update('b'), 'now'),
    queue.append(update('c'), 'now'),
  ])
  expect(outcomes.map((outcome) => outcome.kind)).toEqual(['committed', 'failed', 'failed', 'committed'])
})

test('a lost connection fails the whole batch and nothing is written a second time', async () => {
  for (const cause of [{ code: 'ECONNRESET' }, { code: 'EPIPE' }, { code: '57P01' }, new Error('terminated')]) {
    const { queue, batches } = fakeLog(() => ({ kind: 'failed', cause }))
    const outcomes = await Promise.all([queue.append(update('a'), 'now'), queue.append(update('b'), 'now')])
    expect(outcomes).toEqual([
      { kind: 'failed', cause },
      { kind: 'failed', cause },
    ])
    expect(batches).toHaveLength(1)
    expect(queue.isHealthy).toBe(false)
  }
})

test('an update appended by whoever hears of the last outcome is committed too', async () => {
  const { queue } = fakeLog(() => committed)
  await queue.append(update('a'), 'now')
  expect(await queue.append(update('a'), 'now')).toEqual({ kind: 'committed', seq: 2 })
})

test('a failure makes the queue unhealthy until a commit succeeds or the failure is old', async () => {
  let outcome: AppendOutcome = { kind: 'failed', cause: { code: 'ECONNRESET' } }
  const { queue, clock } = fakeLog(() => outcome)
  await queue.append(update('a'), 'now')
  expect(queue.isHealthy).toBe(false)
  clock.ms = 5_001
  expect(queue.isHealthy).toBe(true)

  await queue.append(update('a'), 'now')
  expect(queue.isHealthy).toBe(false)
  outcome = committed
  await queue.append(update('a'), 'now')
  expect(queue.isHealthy).toBe(true)
})

test('a deadlock victim is tried once more', async () => {
  let attempts = 0
  const { queue } = fakeLog(() => (attempts++ === 0 ? { kind: 'failed', cause: { code: '40P01' } } : committed))
  expect(await queue.append(update('a'), 'now')).toEqual({ kind: 'committed', seq: 1 })
})

test('edits that are seen already share a statement with those of the next milliseconds, a lone one waits for nothing', async () => {
  stopTimers()
  const { queue, batches } = fakeLog(() => committed)
  await queue.append(update('a'), 'soon')
  const second = queue.append(update('a'), 'soon')
  await settle()
  const third = queue.append(update('b'), 'soon')
  await settle()
  expect(batches).toHaveLength(1)
  vi.advanceTimersByTime(40)
  await Promise.all([second, third])
  expect(batches.map((batch) => batch.length)).toEqual([1, 2])
})

test('an edit that somebody waits to see takes what waits along at once, and so does the end', async () => {
  stopTimers()
  const { queue, batches } = fakeLog(() => committed)
  await queue.append(update('a'), 'soon')
  const second = queue.append(update('a'), 'soon')
  await settle()
  await queue.append(update('b'), 'now')
  await second
  const last = queue.append(update('a'), 'soon')
  await settle()
  await queue.drain()
  await last
  expect(batches.map((batch) => batch.length)).toEqual([1, 2, 1])
})

test('what waits behind a failed update of its document fails with it, other documents go on', async () => {
  const waiting: Promise<AppendOutcome>[] = []
  let isFailing = true
  const { queue, batches } = fakeLog(() => {
    if (!isFailing) return committed
    isFailing = false
    waiting.push(queue.append(update('a'), 'now'), queue.append(update('b'), 'now'))
    return { kind: 'failed', cause: { code: 'ECONNRESET' } }
  })
  await queue.append(update('a'), 'now')
  const outcomes = await Promise.all(waiting)
  expect(outcomes.map((outcome) => outcome.kind)).toEqual(['failed', 'committed'])
  expect(batches[1]).toEqual([update('b')])
  expect(queue.queuedBytes).toBe(0)
})
