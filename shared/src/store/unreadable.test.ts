import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { openTestDocument, receive, VISIBLE, writeQuest } from '../testing/open-test-document.ts'
import { findUnreadable, removeUnreadable } from './unreadable.ts'

const NOTHING_SENT = () => false

/** A document with everything that can be wrong, under one client id. */
function damaged(gc: boolean): Y.Doc {
  const doc = new Y.Doc({ gc })
  doc.clientID = 7
  doc.getArray('quests').push([['q', 1, VISIBLE], { title: 'No entry' }, ['q', -1, {}], ['r', 2, VISIBLE]])
  doc.getArray('quests').push([new Y.Map([['nested', 1]]), new Uint8Array([1, 2])])
  doc.getArray('unknownTable').push([
    ['u', 3, { name: 'x' }],
    ['u', 3, { name: 10n }],
  ])
  doc.getArray('note:q').push([['q', 4, VISIBLE]])
  doc.getText('note:r').insert(0, 'Kept')
  return doc
}

test.each([true, false])(
  '[R14] finds what is no entry and no note text, and what is removed is sent as deleted (collecting: %s)',
  (gc) => {
    const doc = damaged(gc)
    const found = findUnreadable(doc, NOTHING_SENT)
    expect(found.map(({ root, value }) => [root, value])).toEqual([
      ['note:q', ['q', 4, VISIBLE]],
      ['unknownTable', ['u', 3, { name: '10' }]],
      ['quests', [1, 2]],
      ['quests', { nested: 1 }],
      ['quests', { title: 'No entry' }],
      ['quests', ['q', -1, {}]],
    ])
    removeUnreadable(doc, found)
    expect(findUnreadable(doc, NOTHING_SENT)).toEqual([])
    const sent = new Y.Doc({ gc: false })
    Y.applyUpdate(sent, Y.encodeStateAsUpdate(doc))
    expect(
      JSON.stringify([...sent.store.clients.values()].flat().map((struct) => 'content' in struct && struct.content)),
    ).not.toMatch(/No entry|nested/)
    expect(doc.getArray('quests').toArray()).toEqual([
      ['q', 1, VISIBLE],
      ['r', 2, VISIBLE],
    ])
    expect(doc.getArray('unknownTable').toArray()).toEqual([['u', 3, { name: 'x' }]])
    expect(doc.getText('note:r').toString()).toBe('Kept')
  },
)

test('[R14] what was sent is left alone, in whole and in part', () => {
  const doc = damaged(true)
  expect(findUnreadable(doc, () => true)).toEqual([])
  const isBeforeSecond = (_client: number, clock: number) => clock < 2
  const left = findUnreadable(doc, isBeforeSecond).filter(({ root }) => root === 'quests')
  expect(left.map(({ clock }) => clock).sort()).toEqual([2, 4, 6])
})

test('[R14] an open document no longer reports what was removed, and its records stay the same objects', () => {
  const document = openTestDocument()
  writeQuest(document, 'q', VISIBLE)
  receive(document, 'quests', { title: 'No entry' })
  const before = document.record('quests', 'q')
  expect(document.problems()).toHaveLength(1)
  removeUnreadable(document.doc, findUnreadable(document.doc, NOTHING_SENT))
  expect(document.problems()).toEqual([])
  expect(document.record('quests', 'q')).toBe(before)
})
