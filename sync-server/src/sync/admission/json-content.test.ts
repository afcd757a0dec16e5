import { MAX_VALUE_DEPTH } from '@questlog/shared/store/json-value'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { jsonUpdate } from '../testing/entries.ts'
import { admitUpdate, readUpdate } from './admit-update.ts'

const bounds = { nowMs: 1_800_000_000_000, stampAheadMs: 0 }

/** What becomes of an update in an empty document: `new`, or why it is refused. */
function verdict(update: Uint8Array): string {
  const decoded = readUpdate(update)
  if (!decoded.ok) return decoded.error
  const admission = admitUpdate(decoded.value, update, new Y.Doc(), bounds)
  return admission.ok ? admission.value.kind : admission.error
}

const entry = (value: string) => `["q",1024,{"title":${value}}]`
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

test.each([
  ['an entry', [entry('"x"')], 'new'],
  ['two entries, spaced and with escapes', [entry(' "\\u00e9" '), entry('{"a":[1.5,-2,null,true]}')], 'new'],
  ['the deepest value the store takes', [entry(nested(MAX_VALUE_DEPTH))], 'new'],
  ['a deeper one', [entry(nested(MAX_VALUE_DEPTH + 1))], 'entry-shape'],
  ['one so deep that walking it would overflow the stack', [entry(nested(200_000))], 'entry-shape'],
  ['a prototype as a key', [entry('{"__proto__":{"isAdmin":true}}')], 'entry-shape'],
  ['a prototype as a key, escaped', [entry('{"\\u005f_proto__":1}')], 'entry-shape'],
  ['a prototype behind the entry', ['["q",1024,{"title":"x"},"1",{"__proto__":1}]'], 'entry-shape'],
  ['a number beyond all doubles', [entry('1e999')], 'entry-shape'],
  ['the word for undefined', [entry('"x"'), 'undefined'], 'entry-shape'],
  ['a value that is no entry', ['{"title":"x"}'], 'entry-shape'],
  ['no text', [''], 'malformed'],
  ['half an entry', ['["q",1024,{"title":'], 'malformed'],
  ['two values in one text', ['[][]'], 'malformed'],
  ['a value of another language', [entry('NaN')], 'malformed'],
  ['a text beyond all bounds', [entry(`"${'x'.repeat(2 * 1024 * 1024)}"`)], 'too-large'],
  ['a stamp in the far future', ['["q",9007199254740991,{"title":"x"}]'], 'unsafe-stamp'],
])('%s, as JSON (case %#)', (_what, texts, expected) => {
  expect(verdict(jsonUpdate(...texts))).toBe(expected)
})

test('an element without a length is refused', () => {
  expect(verdict(jsonUpdate())).toBe('malformed')
})

test('the largest entry the store takes is admitted, were every character of it escaped', () => {
  const doc = new Y.Doc()
  const title = '\u0001'.repeat(256 * 1024 - 16)
  openQuestDocument(doc, { now: () => 0 }).write([{ table: 'quests', id: 'q', patch: { title } }])
  expect(verdict(Y.encodeStateAsUpdate(doc))).toBe('new')
})
