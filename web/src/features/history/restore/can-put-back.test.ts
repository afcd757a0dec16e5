import type { HistoryItem } from '@questlog/shared/client/changes/merge-activity'
import { expect, test } from 'vitest'
import { asOneStep, isRemoval, momentOf, putBackRequest } from './can-put-back.ts'

function item(fields: Partial<HistoryItem>): HistoryItem {
  const about = {
    key: 'k',
    at: 0,
    change: 'changed',
    table: 'quests',
    id: 'q1',
    questId: 'q1',
    path: null,
    seq: 7,
  } as const
  const author = { kind: 'user', userId: 'ben', isThisDevice: false } as const
  return { ...about, before: null, after: null, author, replacedOwn: false, isCut: false, ...fields }
}

const nothingIsThere = { fieldsOf: () => undefined }
const allIsThere = { fieldsOf: () => ({ title: 'There' }) }

test('records that went, notes that were cut and what went to the Trash are removals; what comes back is none', () => {
  const removals = [
    item({ change: 'removed' }),
    item({ change: 'removed', path: 'notes' }),
    item({ path: 'deletedAt', after: 5 }),
  ]
  const others = [
    item({ change: 'created' }),
    item({ path: 'deletedAt', before: 5, after: null }),
    item({ path: 'title' }),
    item({ change: 'lost', path: 'deletedAt', after: 5 }),
  ]
  expect(removals.map(isRemoval)).toEqual([true, true, true])
  expect(others.map(isRemoval)).toEqual([false, false, false, false])
})

test('a record that is gone is put back to just before it went, and one that is there is not', () => {
  const removed = item({ change: 'removed', table: 'tags', id: 't1', questId: null })
  expect(putBackRequest(removed, nothingIsThere)).toEqual({ at: 6, records: [{ table: 'tags', id: 't1' }] })
  expect(putBackRequest(removed, allIsThere)).toBeNull()
  expect(putBackRequest({ ...removed, seq: null }, nothingIsThere)).toBeNull()
  expect(putBackRequest(item({ change: 'created' }), nothingIsThere)).toBeNull()
})

test('of notes that were cut or changed only the text is put back, while their quest is there', () => {
  const cut = item({ change: 'removed', path: 'notes', before: 900, after: 3 })
  expect(putBackRequest(cut, allIsThere)).toEqual({ at: 6, records: [{ table: 'notes', id: 'q1' }] })
  expect(putBackRequest(cut, nothingIsThere)).toBeNull()
  const typed = item({ path: 'notes' })
  expect(putBackRequest(typed, allIsThere)).toEqual({ at: 6, records: [{ table: 'notes', id: 'q1' }] })
})

test('the moment of a removal is before it, that of any other change after it, and what the server does not know has none', () => {
  expect(momentOf(item({ change: 'removed' }))).toBe(6)
  expect(momentOf(item({ path: 'title' }))).toBe(7)
  expect(momentOf(item({ path: 'title', seq: null }))).toBeNull()
})

test('what a restore did to single records is one step in the history of the log', () => {
  const restore = item({ table: 'workspace', path: 'moment', questId: null })
  const [part, other, own] = [item({ change: 'created' }), item({ seq: 8 }), item({ seq: null })]
  expect(asOneStep([other, restore, part, own])).toEqual([other, restore, own])
})
