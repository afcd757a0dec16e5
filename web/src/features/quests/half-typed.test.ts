import { afterEach, expect, test, vi } from 'vitest'
import { forgetHalfTyped, halfTyped, keepHalfTyped } from './half-typed.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

test('what is half typed is kept by log and place, until it is emptied', () => {
  keepHalfTyped('log', 'inbox', 'Buy mil')
  keepHalfTyped('log', 'today', 'Call')
  expect([halfTyped('log', 'inbox'), halfTyped('log', 'today'), halfTyped('other', 'inbox')]).toEqual([
    'Buy mil',
    'Call',
    '',
  ])
  keepHalfTyped('log', 'inbox', '')
  expect(halfTyped('log', 'inbox')).toBe('')
})

test('where the browser keeps nothing, what is half typed outlives a change of view', () => {
  const forbidden = () => {
    throw new DOMException('forbidden', 'SecurityError')
  }
  vi.stubGlobal('sessionStorage', { getItem: forbidden, setItem: forbidden, removeItem: forbidden })
  keepHalfTyped('log', 'inbox', 'Buy mil')
  expect(halfTyped('log', 'inbox')).toBe('Buy mil')
})

test('a log that is removed leaves nothing half typed behind', () => {
  keepHalfTyped('gone', 'inbox', 'Secret')
  keepHalfTyped('kept', 'inbox', 'Mine')
  forgetHalfTyped('gone')
  expect([halfTyped('gone', 'inbox'), halfTyped('kept', 'inbox')]).toEqual(['', 'Mine'])
})
