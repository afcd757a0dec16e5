import { afterEach, expect, test } from 'vitest'
import { type AppendBudget, createAppendBudget } from './append-budget.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const MIB = 1024 * 1024
let nowMs = 0
let budget: AppendBudget

function open(): AppendBudget {
  nowMs = 0
  budget = createAppendBudget({
    limits: { appendBurstBytes: 40 * MIB, appendDailyBytes: 32 * MIB },
    monotonicMs: () => nowMs,
  })
  return budget
}

afterEach(() => budget.stop())

test('a full workspace that is rewritten again and again stops growing on disk', () => {
  open()
  let taken = 0
  for (let n = 0; n < 300; n++) {
    nowMs += 100
    if (budget.take('hog', 'w', MIB)) taken++
  }
  expect(taken).toBe(40)
  expect(budget.take('hog', 'another', MIB)).toBe(false)
  expect(budget.take('ann', 'hers', MIB)).toBe(true)
})

test('many people together write no more to one document', () => {
  open()
  const taken = Array.from({ length: 100 }, (_, n) => budget.take(`member ${n}`, 'w', MIB))
  expect(taken.filter(Boolean)).toHaveLength(39)
})

test('a person who types all day, every day, is never told to wait', () => {
  open()
  const PER_SECOND = 3
  for (let day = 0; day < 30; day++) {
    for (let minute = 0; minute < 10 * 60; minute++) {
      nowMs += 60_000
      for (let n = 0; n < PER_SECOND * 60; n++)
        if (!budget.take('ann', 'w', 60)) throw new Error(`refused on day ${day}`)
    }
    nowMs += DAY_MS - 10 * 60 * 60_000
  }
})
