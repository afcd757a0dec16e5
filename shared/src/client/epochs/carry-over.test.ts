import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { rebaseDocument } from '../../store/compact.ts'
import { createCarryOver } from './carry-over.ts'
import { MoveDelayed } from './move-delayed.ts'

const [OLD, NEXT] = ['w:01K00000000000000000000000:1', 'w:01K00000000000000000000000:2']

function makeOld() {
  const doc = new Y.Doc()
  doc.getText('note:q1').insert(0, 'final')
  const final = Y.encodeStateAsUpdate(doc)
  const asked: string[] = []
  let answer: () => Promise<Uint8Array | null> = async () => final
  const findWay = createCarryOver({
    doc,
    documentName: OLD,
    fetchFinal(name) {
      asked.push(name)
      return answer()
    },
    takeFinal: (update) => Y.applyUpdate(doc, update),
    isAcknowledged: () => false,
  })
  return {
    doc,
    asked,
    findWay,
    answerWith(next: () => Promise<Uint8Array | null>) {
      answer = next
    },
  }
}

function carried(next: Y.Doc, old: Y.Doc, notes: (transaction: Y.Transaction, other: Y.Doc) => number): string {
  next.transact((transaction) => notes(transaction, old))
  return next.getText('note:q1').toString()
}

test('[R33] nothing is carried before the new document is here, and the final state is asked for once', async () => {
  const { doc, asked, findWay } = makeOld()
  const next = new Y.Doc()
  await expect(findWay(NEXT, next, false)).rejects.toThrow(MoveDelayed)
  await expect(findWay(NEXT, next, true)).rejects.toThrow(MoveDelayed)
  Y.applyUpdate(next, Y.encodeStateAsUpdate(rebaseDocument(doc)))
  doc.getText('note:q1').insert(5, ' and more')
  expect(carried(next, doc, await findWay(NEXT, next, true))).toBe('final and more')
  expect(asked).toEqual([OLD])
})

test('[R33] a question that fails is asked again', async () => {
  const { asked, findWay, answerWith } = makeOld()
  answerWith(() => Promise.reject(new Error('away')))
  await expect(findWay(NEXT, new Y.Doc(), true)).rejects.toThrow(MoveDelayed)
  answerWith(async () => null)
  await findWay(NEXT, new Y.Doc(), true)
  expect(asked).toEqual([OLD, OLD])
})

test('[R33] into a document that began with something else, text is carried as text', async () => {
  const { doc, findWay } = makeOld()
  const other = new Y.Doc()
  other.getText('note:q1').insert(0, 'something else')
  const next = rebaseDocument(other)
  expect(carried(next, doc, await findWay(NEXT, next, true))).toBe('something else\nfinal')
})
