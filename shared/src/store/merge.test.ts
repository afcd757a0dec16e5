import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { QuestId } from '../domain/kernel/ids.ts'
import { openTestDocument, receive, VISIBLE, writeQuest } from '../testing/open-test-document.ts'
import { rebaseDocument } from './compact.ts'
import { openQuestDocument, type QuestDocument } from './quest-document.ts'

const note = 'q1' as QuestId
const text = (document: QuestDocument): string => document.note(note).toString()
const NOTHING = { entries: 0, notes: 0, leftBehind: 0 }

describe('mergeFrom', () => {
  test('[R12] brings every record over with its stamps, and nothing the second time', () => {
    const [a, b] = [openTestDocument({ clock: { nowMs: 9000 } }), openTestDocument({ clock: { nowMs: 5000 } })]
    writeQuest(a, 'q1', { ...VISIBLE, title: 'newer', priority: null })
    writeQuest(b, 'q1', { ...VISIBLE, title: 'older', priority: 2, energy: 'deep' })
    writeQuest(b, 'q2', VISIBLE)
    expect(a.mergeFrom(b.doc)).toEqual({ entries: 2, notes: 0, leftBehind: 0 })
    expect(a.record('quests', 'q1')).toEqual({ ...VISIBLE, title: 'newer', energy: 'deep' })
    expect(a.record('quests', 'q2')).toEqual(VISIBLE)
    expect(a.stampOf('quests', 'q2', 'title')).toBe(b.stampOf('quests', 'q2', 'title'))
    const state = Y.encodeStateAsUpdate(a.doc)
    expect(a.mergeFrom(b.doc)).toEqual(NOTHING)
    expect(Y.encodeStateAsUpdate(a.doc)).toEqual(state)
  })

  test('[R12] both ways, or by way of a third document, all hold the same', () => {
    const [a, b, c] = [openTestDocument(), openTestDocument(), openTestDocument()]
    writeQuest(a, 'q1', { ...VISIBLE, title: 'a' })
    writeQuest(b, 'q1', { ...VISIBLE, title: 'b', priority: 1 })
    c.mergeFrom(a.doc)
    c.mergeFrom(b.doc)
    a.mergeFrom(b.doc)
    b.mergeFrom(c.doc)
    const record = { ...VISIBLE, title: 'b', priority: 1 }
    expect([a, b, c].map((document) => document.record('quests', 'q1'))).toEqual([record, record, record])
    expect([a.mergeFrom(c.doc), b.mergeFrom(a.doc), c.mergeFrom(b.doc)]).toEqual([NOTHING, NOTHING, NOTHING])
  })

  test('[R12] is one transaction, which listeners hear of once', () => {
    const [a, b] = [openTestDocument(), openTestDocument()]
    writeQuest(b, 'q1', VISIBLE)
    b.note(note).insert(0, 'hello')
    const [changes, updates]: [unknown[], unknown[]] = [[], []]
    a.onChange((changed) => changes.push(changed))
    a.doc.on('update', (update) => updates.push(update))
    a.mergeFrom(b.doc)
    expect([changes, updates.length]).toEqual([[new Map([['quests', new Set(['q1'])]])], 1])
    const replica = openTestDocument({ state: Y.encodeStateAsUpdate(a.doc) })
    expect([replica.record('quests', 'q1'), text(replica)]).toEqual([VISIBLE, 'hello'])
  })

  test('[R14] copies what it cannot read once, and leaves nested types behind', () => {
    const [a, b] = [openTestDocument(), openTestDocument()]
    receive(b, 'quests', ['q1', 'soon', {}], new Y.Map())
    expect([a.mergeFrom(b.doc).leftBehind, a.mergeFrom(b.doc).leftBehind]).toEqual([1, 1])
    expect(a.doc.getArray('quests').toArray()).toEqual([['q1', 'soon', {}]])
    expect(a.problems()).toHaveLength(1)
  })

  test('[R14] what a merge copied unread is reported at once', () => {
    const [a, b] = [openTestDocument(), openTestDocument()]
    receive(b, 'quests', 7)
    a.mergeFrom(b.doc)
    expect(a.problems()).toMatchObject([{ table: 'quests', fault: 'not-an-entry' }])
  })
})

describe('notes in a merge', () => {
  test('[R13] are not doubled by merging twice, back, or by way of a third document', () => {
    const [a, b, c] = [openTestDocument(), openTestDocument(), openTestDocument()]
    a.note(note).insert(0, 'one ')
    b.note(note).insert(0, 'two ')
    a.mergeFrom(b.doc)
    b.mergeFrom(a.doc)
    c.mergeFrom(b.doc)
    a.mergeFrom(c.doc)
    a.mergeFrom(b.doc)
    for (const document of [a, b, c]) expect(text(document).split(' ').sort().join(' ').trim()).toBe('one two')
    expect([a.mergeFrom(b.doc), b.mergeFrom(c.doc), c.mergeFrom(a.doc)]).toEqual([NOTHING, NOTHING, NOTHING])
  })

  test('[R13] bring later typing over, between what is there already', () => {
    const [a, b] = [openTestDocument(), openTestDocument()]
    b.note(note).insert(0, 'ac')
    a.mergeFrom(b.doc)
    b.note(note).insert(1, 'b')
    b.note(note).insert(3, 'd')
    a.mergeFrom(b.doc)
    expect(text(a)).toBe('abcd')
    a.note(note).insert(4, 'e')
    b.mergeFrom(a.doc)
    expect(text(b)).toBe('abcde')
  })

  test('[R13] text deleted on either side stays deleted', () => {
    const [a, b] = [openTestDocument(), openTestDocument()]
    b.note(note).insert(0, 'keep drop lose')
    a.mergeFrom(b.doc)
    a.note(note).delete(5, 5)
    b.note(note).delete(9, 5)
    a.mergeFrom(b.doc)
    b.mergeFrom(a.doc)
    expect([text(a), text(b)]).toEqual(['keep ', 'keep '])
  })

  test('[R13] keep formatting and embedded values', () => {
    const [a, b] = [openTestDocument(), openTestDocument()]
    b.note(note).insert(0, 'bold', { bold: true })
    b.note(note).insertEmbed(4, { image: 'x' })
    a.mergeFrom(b.doc)
    expect(a.note(note).toDelta()).toEqual(b.note(note).toDelta())
  })

  test('[R13] merge as text where a document was begun by a rebase: what is shown already is not doubled', () => {
    const old = openTestDocument()
    old.note(note).insert(0, 'base')
    const fresh = openQuestDocument(rebaseDocument(old.doc), { now: () => 0 })
    const other = openTestDocument()
    other.note(note).insert(0, 'theirs')
    for (const each of [old, other, old, other]) fresh.mergeFrom(each.doc)
    expect(text(fresh)).toBe('base\ntheirs')
    other.mergeFrom(fresh.doc)
    expect(text(other)).toBe('theirs\nbase\ntheirs')
    expect(fresh.mergeFrom(old.doc)).toEqual(NOTHING)
  })
})
