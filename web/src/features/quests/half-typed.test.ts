import { memoryKeyValues } from '@questlog/shared/client/testing/memory-key-value'
import { expect, test } from 'vitest'
import { forgetHalfTyped, halfTyped, keepHalfTyped } from './half-typed.ts'

const memory = memoryKeyValues().open()

test('what is half typed is kept by log and place, until it is emptied', () => {
  keepHalfTyped(memory, 'log', 'inbox', 'Buy mil')
  keepHalfTyped(memory, 'log', 'today', 'Call')
  expect([
    halfTyped(memory, 'log', 'inbox'),
    halfTyped(memory, 'log', 'today'),
    halfTyped(memory, 'other', 'inbox'),
  ]).toEqual(['Buy mil', 'Call', ''])
  keepHalfTyped(memory, 'log', 'inbox', '')
  expect(halfTyped(memory, 'log', 'inbox')).toBe('')
})

test('where the browser keeps nothing, what is half typed outlives a change of view', () => {
  const device = memoryKeyValues()
  device.fill(true)
  keepHalfTyped(device.open(), 'log', 'inbox', 'Buy mil')
  expect(halfTyped(device.open(), 'log', 'inbox')).toBe('Buy mil')
})

test('a log that is removed leaves nothing half typed behind', () => {
  keepHalfTyped(memory, 'gone', 'inbox', 'Secret')
  keepHalfTyped(memory, 'kept', 'inbox', 'Mine')
  forgetHalfTyped(memory, 'gone')
  expect([halfTyped(memory, 'gone', 'inbox'), halfTyped(memory, 'kept', 'inbox')]).toEqual(['', 'Mine'])
})
