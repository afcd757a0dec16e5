import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createPresencePacer } from './presence-pacer.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('the first message goes at once, then all that wait together, the last of each only', () => {
  const pacer = createPresencePacer({ everyMs: 50 })
  const handed: string[] = []
  const pass = (key: string, what: string) => pacer.pass('w', key, () => handed.push(what))
  pass('ann', 'ann 1')
  for (let n = 2; n < 100; n++) pass('ann', `ann ${n}`)
  pass('ben', 'ben 1')
  expect(handed).toEqual(['ann 1'])
  vi.advanceTimersByTime(50)
  expect(handed).toEqual(['ann 1', 'ann 99', 'ben 1'])
  pass('ann', 'ann 100')
  expect(handed).toHaveLength(3)
  vi.advanceTimersByTime(50)
  expect(handed.at(-1)).toBe('ann 100')
})

test('a document that was quiet waits for nothing, and no document for another', () => {
  const pacer = createPresencePacer({ everyMs: 50 })
  const handed: string[] = []
  const pass = (document: string) => pacer.pass(document, 'ann', () => handed.push(document))
  pass('a')
  pass('b')
  vi.advanceTimersByTime(51)
  pass('a')
  expect(handed).toEqual(['a', 'b', 'a'])
})
