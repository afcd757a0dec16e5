import { afterEach, expect, test } from 'vitest'
import { createWorkShares, type WorkShares } from './work-shares.ts'

const limits = { personWorkShare: 0.25, documentWorkShare: 0.5, workBurstMs: 10 }
const MS = 1_000
let nowMs = 0
let shares: WorkShares

function open(): WorkShares {
  nowMs = 0
  shares = createWorkShares({ limits, monotonicMs: () => nowMs })
  beAtWork()
  return shares
}

afterEach(() => shares.stop())

/** Somebody else wants a share. */
function beAtWork(): void {
  shares.take('other', 'other', 0)
}

/** Lets everything run that may, for a while of the shares' clock. */
async function pass(ms: number): Promise<void> {
  for (let step = 0; step < ms; step++) {
    nowMs += 1
    beAtWork()
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
}

/** Asks for many turns at once and notes who gets one. */
function ask(turns: string[], person: string, count: number, price = MS, document = person): void {
  for (let n = 0; n < count; n++) {
    const turn = shares.take(person, document, price)
    if (turn === true) turns.push(person)
    else void turn.then(() => turns.push(person))
  }
}

test('who asks for little never waits, whatever others ask for', async () => {
  open()
  const turns: string[] = []
  ask(turns, 'hog', 1_000)
  for (let n = 0; n < 100; n++) {
    expect(shares.take('ann', 'a', MS)).toBe(true)
    nowMs += 4
  }
})

test('beyond the burst a person gets their share of the time', async () => {
  open()
  const turns: string[] = []
  ask(turns, 'hog', 1_000)
  expect(turns).toHaveLength(11)
  await pass(80)
  expect(turns.length).toBeGreaterThanOrEqual(11 + 18)
  expect(turns.length).toBeLessThanOrEqual(11 + 22)
})

test('turns go round over people, however many connections one of them has', async () => {
  open()
  const turns: string[] = []
  for (const person of ['hog', 'ann']) shares.spend(person, person, 11 * MS)
  ask(turns, 'hog', 100)
  ask(turns, 'ann', 5)
  await pass(40)
  const last = turns.lastIndexOf('ann')
  expect(turns.filter((person) => person === 'ann')).toHaveLength(5)
  expect(turns.slice(0, last).filter((person) => person === 'hog').length).toBeLessThanOrEqual(6)
})

test('a document has a share as well, and work on it keeps no other work of the same people waiting', async () => {
  open()
  const turns: string[] = []
  for (const person of ['ann', 'ben', 'cyd', 'dan']) ask(turns, person, 100, MS, 'shared')
  expect(turns).toHaveLength(11)
  await pass(20)
  expect(turns.length).toBeLessThanOrEqual(11 + 12)
  const other = shares.take('ann', 'own', MS)
  let isDone = other === true
  if (other !== true)
    void other.then(() => {
      isDone = true
    })
  await pass(10)
  // Its turn is due by the shares' clock, which stands still from here on; the timer is the machine's.
  await expect.poll(() => isDone).toBe(true)
})

test('work that took more than its price is paid for before more is done', async () => {
  open()
  expect(shares.take('ann', 'a', MS)).toBe(true)
  shares.spend('ann', 'a', 29 * MS)
  const turn = shares.take('ann', 'a', MS)
  expect(turn).not.toBe(true)
  let isDone = false
  void Promise.resolve(turn).then(() => {
    isDone = true
  })
  await pass(70)
  expect(isDone).toBe(false)
  await pass(30)
  expect(isDone).toBe(true)
})

test('who is alone at work has all the time, until somebody else is at work, and pays for none of it then', async () => {
  open()
  nowMs = 1_001
  const turns: string[] = []
  ask(turns, 'hog', 1_000)
  expect(turns).toHaveLength(1_000)
  beAtWork()
  ask(turns, 'hog', 10)
  expect(turns.length).toBeLessThanOrEqual(1_001)
  await pass(50)
  expect(turns.length).toBeGreaterThan(1_005)
})

test('who waits goes on once they are alone', async () => {
  open()
  const turns: string[] = []
  ask(turns, 'hog', 100)
  expect(turns.length).toBeLessThan(20)
  nowMs = 1_001
  while (turns.length < 100) await new Promise((resolve) => setTimeout(resolve, 1))
})
