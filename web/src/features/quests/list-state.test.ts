import { newId, type QuestId } from '@questlog/shared/domain/kernel/ids'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { inHand, moveActive, targetIds, useUi } from './list-state.ts'

const [a, b, elsewhere] = [newId<QuestId>(), newId<QuestId>(), newId<QuestId>()]

beforeEach(() => {
  vi.stubGlobal('location', { search: '' })
  useUi.setState({ visibleIds: [a, b], activeId: a, selection: new Set() })
})
afterEach(() => vi.unstubAllGlobals())

test('keys act on the active row', () => {
  expect(targetIds()).toEqual([a])
})

test('keys act on the selection rather than the active row, and only on what of it is on screen', () => {
  useUi.setState({ selection: new Set([b, elsewhere]) })
  expect(targetIds()).toEqual([b])
})

test('keys act on nothing once the active row is no longer on screen', () => {
  useUi.setState({ visibleIds: [] })
  expect(inHand()).toBe(null)
  expect(targetIds()).toEqual([])
})

test('keys act on the quest in the editor on a page that does not list it', () => {
  useUi.setState({ visibleIds: [], activeId: elsewhere })
  vi.stubGlobal('location', { search: `?quest=${elsewhere}` })
  expect(targetIds()).toEqual([elsewhere])
})

test('moving through the rows stops at the last, and does nothing where there are none', () => {
  expect(moveActive(5)).toBe(true)
  expect(inHand()).toBe(b)
  useUi.setState({ visibleIds: [] })
  expect(moveActive(1)).toBe(false)
})
