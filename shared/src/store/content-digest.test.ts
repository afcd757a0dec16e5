import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { ContentDigest } from './content-digest.ts'
import { appendElements } from './element-list.ts'

const NEVER = () => false

function digestOf(doc: Y.Doc): string | null {
  const digest = new ContentDigest(doc)
  digest.advance(NEVER)
  const read = digest.read()
  digest.destroy()
  return read
}

/** What another device has after it received updates, in as many pieces. */
function received(...updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  return doc
}

function written(change: (doc: Y.Doc) => void, clientID = 7): Y.Doc {
  const doc = Object.assign(new Y.Doc(), { clientID })
  doc.transact(() => change(doc))
  return doc
}

const entry = (title: unknown, table = 'quests') =>
  written((doc) => doc.getArray(table).push([['q1', 1024, { title }]]))
const note = (text: string) => written((doc) => doc.getText('note:q1').insert(0, text))

describe('[R34] documents that read alike have the same digest', () => {
  test('whatever Yjs merged, split or kept of what was deleted', () => {
    const doc = Object.assign(new Y.Doc({ gc: false }), { clientID: 7 })
    const updates: Uint8Array[] = []
    doc.on('update', (update: Uint8Array) => updates.push(update))
    for (let n = 0; n < 20; n += 1) doc.getArray('quests').push([[`q${n}`, 1024 + n, { title: 'x' }]])
    doc.getArray('quests').delete(4, 3)
    doc.getText('note:q1').insert(0, 'Hello world')
    doc.getText('note:q1').insert(5, ', dear')
    doc.getText('note:q1').delete(2, 6)
    const digests = [doc, received(...updates), received(Y.encodeStateAsUpdate(doc))].map(digestOf)
    expect(new Set(digests).size).toBe(1)
  })

  test.each([
    ['keys in another order', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['a minus before zero', -0, 0],
    ['an undefined member', { a: 1, b: undefined }, { a: 1 }],
    ['half a surrogate pair', 'x\ud83d', 'x\ufffd'],
  ])('with %s', (_what, one, other) => {
    expect(digestOf(entry(one))).toBe(digestOf(entry(other)))
  })

  test('as JSON or in the encoding of Yjs', () => {
    const values = [['q1', 2 ** 50 + 1, { title: 'x', done: null, n: 1.5 }]]
    const json = written((doc) =>
      doc.transact((transaction) =>
        appendElements(transaction, doc.getArray('quests'), null, new Y.ContentJSON(structuredClone(values))),
      ),
    )
    const any = written((doc) => doc.getArray('quests').push(values))
    expect(digestOf(received(Y.encodeStateAsUpdate(json)))).toBe(digestOf(received(Y.encodeStateAsUpdate(any))))
  })

  test('also when a root is first asked for by its kind after it was counted', () => {
    const doc = received(Y.encodeStateAsUpdate(note('Hello')))
    const digest = new ContentDigest(doc)
    digest.advance(NEVER)
    doc.getText('note:q1').insert(5, ' world')
    digest.advance(NEVER)
    expect(digest.read()).toBe(digestOf(doc))
    doc.getText('note:q1').delete(0, 11)
    digest.advance(NEVER)
    expect(digest.read()).toBe(digestOf(new Y.Doc()))
  })
})

describe('[R34] documents that read differently have different digests', () => {
  test.each([
    ['an entry', entry('mine'), entry('forged')],
    ['the table of an entry', entry('mine'), entry('mine', 'projects')],
    [
      'the id of an entry',
      entry('mine'),
      written((doc) => doc.getArray('quests').push([['q1', 1024, { title: 'mine' }]]), 8),
    ],
    ['the text of a note', note('mine'), note('fake')],
    ['the quest of a note', note('mine'), written((doc) => doc.getText('note:q2').insert(0, 'mine'))],
    ['a value that is a word', entry(null), entry('null')],
    ['a number as a text', entry(1), entry('1')],
    ['nesting', entry([['a'], 'b']), entry(['a', ['b']])],
  ])('in %s', (_what, one, other) => {
    expect(digestOf(one)).not.toBe(digestOf(other))
  })

  test('where one deleted an element, or a letter', () => {
    for (const doc of [entry('mine'), note('mine')]) {
      const other = received(Y.encodeStateAsUpdate(doc))
      const before = digestOf(doc)
      expect(digestOf(other)).toBe(before)
      if (other.share.has('quests')) other.getArray('quests').delete(0)
      else other.getText('note:q1').delete(1, 1)
      expect(digestOf(other)).not.toBe(before)
    }
  })

  test('where the letters of a note stand in another order', () => {
    const [ab, ba] = [written((doc) => doc.getText('note:q1').insert(0, 'a')), note('a')]
    ab.getText('note:q1').insert(1, 'b')
    ba.getText('note:q1').insert(0, 'b')
    expect(digestOf(ab)).not.toBe(digestOf(ba))
  })
})

test('before all is counted there is no digest, and it can be counted a little at a time', () => {
  const doc = written((it) => it.getArray('quests').push(Array.from({ length: 1000 }, (_, n) => [`q${n}`, n + 1, {}])))
  const digest = new ContentDigest(doc)
  expect(digest.read()).toBeNull()
  let [steps, looks] = [0, 0]
  while (!digest.advance(() => looks++ % 3 === 2)) {
    steps += 1
    expect(digest.read()).toBeNull()
  }
  expect(steps).toBeGreaterThan(5)
  expect(digest.read()).toBe(digestOf(doc))
})
