import { createEncoder, toUint8Array, writeUint8Array, writeVarString, writeVarUint } from 'lib0/encoding'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { openTestDocument, receive, VISIBLE, writeQuest } from '../testing/open-test-document.ts'
import { NotJsonError } from './json-value.ts'

/** The update of a peer that pushes one element for each text, each text taken for JSON unseen. */
function jsonUpdate(...texts: readonly string[]): Uint8Array {
  const encoder = createEncoder()
  writeUint8Array(encoder, Uint8Array.of(1, 1, 7, 0, 2, 1))
  writeVarString(encoder, 'quests')
  writeVarUint(encoder, texts.length)
  for (const text of texts) writeVarString(encoder, text)
  writeVarUint(encoder, 0)
  return toUint8Array(encoder)
}

test('[R3] entries are written as JSON, and what a peer pushed in another encoding is read and overridden alike', () => {
  const document = openTestDocument()
  writeQuest(document, 'q1', { ...VISIBLE, title: 'ours' })
  receive(document, 'quests', ['q2', 5, { ...VISIBLE, energy: 'deep' }], ['q1', 5, { title: 'older', priority: 1 }])
  writeQuest(document, 'q2', { ...VISIBLE, energy: 'low' })
  const reopened = openTestDocument({ state: Y.encodeStateAsUpdate(document.doc) })
  expect(reopened.record('quests', 'q1')).toEqual({ ...VISIBLE, title: 'ours', priority: 1 })
  expect(reopened.record('quests', 'q2')).toEqual({ ...VISIBLE, energy: 'low' })
  expect(reopened.doc.getArray('quests').length).toBe(3)
  const contents = new Set<unknown>()
  for (let item = reopened.doc.getArray('quests')._start; item !== null; item = item.right) {
    if (!item.deleted) contents.add(item.content.constructor)
  }
  expect(contents).toEqual(new Set([Y.ContentJSON, Y.ContentAny]))
})

test('[R14] an element that is undefined in JSON is skipped alone, and stays behind in a merge', () => {
  const document = openTestDocument()
  Y.applyUpdate(document.doc, jsonUpdate('undefined', '["q1",5,{"title":"x","createdAt":1}]'))
  expect([...document.ids('quests')]).toEqual(['q1'])
  expect(document.problems()).toEqual([{ table: 'quests', client: 7, clock: 0, fault: 'not-an-entry' }])
  expect(openTestDocument().mergeFrom(document.doc)).toEqual({ entries: 1, notes: 0, leftBehind: 1 })
})

test('[R14] text that is no JSON throws, and leaves the document as it was and able to go on', () => {
  const document = openTestDocument()
  writeQuest(document, 'q1', VISIBLE)
  const before = Y.encodeStateAsUpdate(document.doc)
  expect(() => Y.applyUpdate(document.doc, jsonUpdate('["q2",5,{"title":"x","createdAt":1}]', '["q3",'))).toThrow(
    SyntaxError,
  )
  expect(Y.encodeStateAsUpdate(document.doc)).toEqual(before)
  Y.applyUpdate(document.doc, jsonUpdate('["q2",5,{"title":"x","createdAt":1}]'))
  expect([...document.ids('quests')].sort()).toEqual(['q1', 'q2'])
})

test('[R14] a merge copies unreadable elements of either encoding once, and unchanged', () => {
  const old = openTestDocument()
  Y.applyUpdate(old.doc, jsonUpdate('{"a":{"__proto__":1}}', '["later",{"b":1.5}]'))
  receive(old, 'quests', ['q1', 5, { title: 7n }], 'text', ['q1', 5, { title: undefined }])
  const document = openTestDocument()
  document.mergeFrom(old.doc)
  const reopened = openTestDocument({ state: Y.encodeStateAsUpdate(document.doc) })
  reopened.mergeFrom(old.doc)
  const elements = reopened.doc.getArray('quests').toArray()
  expect(elements).toHaveLength(5)
  expect(elements).toEqual(expect.arrayContaining(old.doc.getArray('quests').toArray()))
})

test('[R3] a value with a prototype for a key is refused to the writer, as it is to readers', () => {
  const document = openTestDocument()
  const value = JSON.parse('{"__proto__":1}')
  expect(() => writeQuest(document, 'q1', { ...VISIBLE, due: value })).toThrow(NotJsonError)
  Y.applyUpdate(document.doc, jsonUpdate('["q1",5,{"title":{"__proto__":1}}]'))
  expect(document.problems().map(({ fault }) => fault)).toEqual(['value'])
})

test('[R3] the writer holds the very values its peers read', () => {
  const document = openTestDocument()
  writeQuest(document, 'q1', { ...VISIBLE, title: 'lone \ud800', estimateMin: -0, due: { d: [0.1, 1e21, -0] } })
  const peer = openTestDocument({ state: Y.encodeStateAsUpdate(document.doc) })
  expect(peer.record('quests', 'q1')).toStrictEqual(document.record('quests', 'q1'))
})
