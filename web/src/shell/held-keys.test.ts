import { expect, test } from 'vitest'
import { createHeldKeys } from './held-keys.ts'

const [first, second] = [new EventTarget(), new EventTarget()]

function pressOf(target: EventTarget, repeat: boolean, key = 'Backspace') {
  return { code: key, key, repeat, target }
}

test('a held key is meant for the element it was pressed on, and for no other', () => {
  const held = createHeldKeys()
  expect(held.press(pressOf(first, false))).toBe(false)
  expect(held.press(pressOf(first, true))).toBe(false)
  expect(held.press(pressOf(second, true))).toBe(true)
  held.release(pressOf(second, false))
  expect(held.press(pressOf(second, false))).toBe(false)
  expect(held.press(pressOf(second, true))).toBe(false)
})

test('each held key is followed by itself', () => {
  const held = createHeldKeys()
  held.press(pressOf(first, false, 'x'))
  held.press(pressOf(second, false, 'y'))
  expect(held.press(pressOf(second, true, 'x'))).toBe(true)
  expect(held.press(pressOf(second, true, 'y'))).toBe(false)
})

test('a key that was held before the page had the focus is meant for nothing in it', () => {
  const held = createHeldKeys()
  expect(held.press(pressOf(first, true))).toBe(true)
  held.press(pressOf(first, false))
  held.release(pressOf(first, false))
  expect(held.press(pressOf(first, true))).toBe(true)
})
