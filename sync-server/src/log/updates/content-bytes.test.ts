import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { contentBytes } from './content-bytes.ts'

function documentOf(change: (doc: Y.Doc) => void): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = 1
  doc.transact(() => change(doc))
  return doc
}

const bytesOf = (doc: Y.Doc, clock: number, length: number, client = 1) =>
  contentBytes(doc, [{ client, clock, length }])

test('of a text that is deleted in part, only that part counts', () => {
  const doc = documentOf((each) => each.getText('note:q1').insert(0, '€'.repeat(30)))
  expect([bytesOf(doc, 0, 1), bytesOf(doc, 10, 10), bytesOf(doc, 20, 50)]).toEqual([3, 30, 31])
})

test('entries count as they are encoded, over several of them', () => {
  const doc = documentOf((each) => {
    each.getArray('quests').push([['q1', 1, { title: 'x'.repeat(100) }]])
    each.getArray('tags').push([['t1', 1, { name: 'y' }]])
  })
  expect(bytesOf(doc, 0, 2)).toBeGreaterThan(bytesOf(doc, 0, 1) + 10)
  expect(bytesOf(doc, 0, 1)).toBeGreaterThan(100)
})

test('what is deleted already, or not known, counts nothing', () => {
  const doc = documentOf((each) => each.getText('note:q1').insert(0, 'gone and here'))
  doc.getText('note:q1').delete(0, 9)
  expect([bytesOf(doc, 0, 9), bytesOf(doc, 13, 5), bytesOf(doc, 0, 5, 2)]).toEqual([0, 0, 0])
  expect(bytesOf(doc, 0, 13)).toBeGreaterThanOrEqual(4)
})
