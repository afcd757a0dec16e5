import { newId, type QuestId } from '@questlog/shared/domain/kernel/ids'
import { expect, test } from 'vitest'
import { keepInPlace } from './use-settled-ids.ts'

const [a, b, c, d] = [newId<QuestId>(), newId<QuestId>(), newId<QuestId>(), newId<QuestId>()]

test('a quest completed a moment ago keeps its place between its old neighbours', () => {
  expect(keepInPlace([a, b, c], [a, c], new Set([b]))).toEqual([a, b, c])
})

test('two neighbours completed at once keep their order', () => {
  expect(keepInPlace([a, b, c, d], [d], new Set([a, b]))).toEqual([a, b, d])
})

test('a quest that left the list for another reason is gone at once', () => {
  expect(keepInPlace([a, b, c], [a, c], new Set([d]))).toEqual([a, c])
})

test('with nothing held the new list is used as it is', () => {
  const next = [c, a]
  expect(keepInPlace([a, b, c], next, new Set())).toBe(next)
})
