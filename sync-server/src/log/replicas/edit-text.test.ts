import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { editText } from './edit-text.ts'

function edited(from: string, to: string): { readonly text: string; readonly delta: unknown } {
  const doc = new Y.Doc()
  const text = doc.getText('note:q')
  text.insert(0, from)
  let delta: unknown = []
  text.observe((event) => {
    delta = event.delta
  })
  doc.transact(() => editText(text, to))
  return { text: text.toString(), delta }
}

test.each([
  ['one two three', 'one 2 three', [{ retain: 4 }, { delete: 3 }, { insert: '2' }]],
  ['aaa', 'aaaa', [{ retain: 3 }, { insert: 'a' }]],
  ['aaaa', 'aaa', [{ retain: 3 }, { delete: 1 }]],
  ['', 'new', [{ insert: 'new' }]],
  ['gone', '', [{ delete: 4 }]],
  ['same', 'same', []],
])('from %j to %j takes the smallest edit', (from, to, delta) => {
  expect(edited(from, to)).toEqual({ text: to, delta })
})

test.each([
  ['a😀b', 'a😁b'],
  ['😀', '😀😀'],
  ['\u{1f600}x', '\u{1fa00}x'],
  ['😀😀', '😁😀'],
])('from %j to %j no character is torn apart', (from, to) => {
  const { text, delta } = edited(from, to)
  expect(text).toBe(to)
  const inserted = (delta as readonly { insert?: string }[]).map((part) => part.insert ?? '')
  expect(inserted.every((part) => part.isWellFormed())).toBe(true)
})
