import { expect, test } from 'vitest'
import { NONE_DELETED } from './deleted-elements.ts'
import { createEarlyEdits } from './early-edits.ts'
import type { Mark } from './saved-tracker.ts'

function openEarlyEdits() {
  const saved: Mark[] = []
  const edits = createEarlyEdits((mark) => saved.push(mark))
  const mark = (): Mark => ({ clocks: new Map(), ownDeletions: NONE_DELETED })
  return { edits, saved, mark }
}

test('edits shown are committed in the order in which they were shown', () => {
  const { edits, saved, mark } = openEarlyEdits()
  const [first, second] = [mark(), mark()]
  edits.shown(first, false)
  edits.shown(second, false)
  expect(saved).toEqual([])
  edits.committed()
  expect(saved).toEqual([first])
  edits.committed()
  expect(saved).toEqual([first, second])
})

test('an own change that was made before waits for its own answer', () => {
  const { edits, saved, mark } = openEarlyEdits()
  const [own, shown] = [mark(), mark()]
  edits.queued(own)
  edits.shown(shown, false)
  edits.committed()
  expect(saved).toEqual([])
  edits.answered(own)
  expect(saved).toEqual([shown])
})

test('an own change that was made after keeps nobody waiting', () => {
  const { edits, saved, mark } = openEarlyEdits()
  const shown = mark()
  edits.shown(shown, false)
  edits.queued(mark())
  edits.committed()
  expect(saved).toEqual([shown])
})

test('what is shown during the handshake waits for the answer to it', () => {
  const { edits, saved, mark } = openEarlyEdits()
  const [shown, handshake] = [mark(), mark()]
  edits.shown(shown, true)
  edits.committed()
  expect(saved).toEqual([])
  edits.queued(handshake)
  edits.answered(handshake)
  expect(saved).toEqual([shown])
})

test('a piece of a change answers nothing, and a word of nothing shown says nothing', () => {
  const { edits, saved, mark } = openEarlyEdits()
  const [own, shown] = [mark(), mark()]
  edits.committed()
  edits.queued(own)
  edits.shown(shown, false)
  edits.committed()
  edits.answered(mark())
  expect(saved).toEqual([])
  edits.answered(own)
  expect(saved).toEqual([shown])
})
