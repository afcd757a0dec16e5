import { expect, test } from 'vitest'
import { isForLog, isRepeating, keycaps, keymap, matchChord } from './keymap.ts'

test('no chord means two things, and no chord hides the first half of another', () => {
  const chords = keymap.flatMap(({ keys }) => keys)
  expect(new Set(chords).size).toBe(chords.length)
  const starts = chords.filter((chord) => chord.length > 1 && chord.includes(' ')).map((chord) => chord.split(' ')[0])
  expect(chords.filter((chord) => starts.includes(chord))).toEqual([])
})

test('a two-key chord waits for its second key', () => {
  expect(matchChord(null, 'g')).toBe('pending')
  expect(matchChord('g', 't')).toBe('go-today')
  expect(matchChord('g', 'x')).toBe(null)
})

test('Space alone completes and is printed as a word', () => {
  expect(matchChord(null, ' ')).toBe('complete')
  expect(keycaps(' ')).toEqual(['Space'])
  expect(keycaps('g i')).toEqual(['G', 'I'])
})

test('only movement, reordering, undo and redo repeat while their key is held', () => {
  expect(keymap.flatMap(({ action }) => (isRepeating(action) ? [action] : [])).toSorted()).toEqual([
    'next',
    'previous',
    'redo',
    'reorder-down',
    'reorder-up',
    'select-next',
    'select-previous',
    'undo',
  ])
  expect(isRepeating('pending')).toBe(false)
})

test('assigning is offered in parties only, everything else in every log', () => {
  expect(keymap.filter((binding) => !isForLog(binding, 'personal')).map(({ action }) => action)).toEqual(['assign'])
  expect(keymap.filter((binding) => !isForLog(binding, 'party'))).toEqual([])
})
