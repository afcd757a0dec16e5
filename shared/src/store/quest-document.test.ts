import { describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import type { RecordWrite } from '../domain/kernel/record-write.ts'
import { openTestDocument, receive, syncDocuments, VISIBLE, writeQuest } from '../testing/open-test-document.ts'
import { NotJsonError } from './json-value.ts'
import type { QuestDocument } from './quest-document.ts'
import { MAX_STAMP } from './stamp.ts'

const entries = (document: QuestDocument): readonly unknown[] => document.doc.getArray('quests').toArray()

describe('fold', () => {
  test.each([
    [1, 2],
    [2, 1],
  ])('[R4] the later edit wins, whatever the client ids (%i, %i)', (earlier, later) => {
    const a = openTestDocument({ clock: { nowMs: 1000 }, clientId: earlier })
    const b = openTestDocument({ clock: { nowMs: 2000 }, clientId: later })
    writeQuest(a, 'q1', { ...VISIBLE, title: 'earlier' })
    writeQuest(b, 'q1', { ...VISIBLE, title: 'later' })
    syncDocuments(a, b)
    expect([a, b].map((document) => document.record('quests', 'q1')?.title)).toEqual(['later', 'later'])
  })

  test.each([
    [1, 2],
    [2, 1],
  ])('[R5] of equal stamps the greater canonical JSON wins (%i, %i)', (first, second) => {
    const a = openTestDocument({ clientId: first })
    const b = openTestDocument({ clientId: second })
    writeQuest(a, 'q1', { ...VISIBLE, title: 'b' })
    writeQuest(b, 'q1', { ...VISIBLE, title: 'a' })
    syncDocuments(a, b)
    expect([a, b].map((document) => document.record('quests', 'q1')?.title)).toEqual(['b', 'b'])
  })

  test('[R5] of two copies the one with the smaller Yjs id stays', () => {
    const document = openTestDocument()
    const [high, low] = [new Y.Doc(), new Y.Doc()]
    high.clientID = 9
    low.clientID = 3
    for (const doc of [high, low]) {
      doc.getArray('quests').push([['q1', 5, { energy: 'deep' }]])
      Y.applyUpdate(document.doc, Y.encodeStateAsUpdate(doc))
    }
    writeQuest(document, 'q1', { title: 'x' })
    const kept = Y.createRelativePositionFromTypeIndex(document.doc.getArray('quests'), 0).item
    expect([entries(document).length, kept?.client]).toEqual([2, 3])
  })

  test('[R6] a cleared field is absent, and stays cleared when an older value arrives', () => {
    const document = openTestDocument()
    writeQuest(document, 'q1', { ...VISIBLE, priority: 1 })
    writeQuest(document, 'q1', { priority: null })
    receive(document, 'quests', ['q1', 5, { priority: 4 }])
    expect(document.record('quests', 'q1')).toEqual(VISIBLE)
    expect(document.stampOf('quests', 'q1', 'priority')).not.toBeNull()
  })

  test('[R7] elements of sets and maps merge one by one', () => {
    const a = openTestDocument()
    const b = openTestDocument()
    writeQuest(a, 'q1', { ...VISIBLE, 'tags/a': true })
    writeQuest(b, 'q1', { 'tags/b': true, 'steps/k': { text: 'x', done: false, rank: 'a' } })
    syncDocuments(a, b)
    expect(a.record('quests', 'q1')).toEqual({
      ...VISIBLE,
      'tags/a': true,
      'tags/b': true,
      'steps/k': { text: 'x', done: false, rank: 'a' },
    })
  })

  test('[R8] a record is visible while its required fields are there', () => {
    const document = openTestDocument()
    writeQuest(document, 'q1', { title: 'x', priority: 1 })
    expect([document.record('quests', 'q1'), [...document.ids('quests')]]).toEqual([undefined, []])
    writeQuest(document, 'q1', { createdAt: 1 })
    expect([...document.ids('quests')]).toEqual(['q1'])
    writeQuest(document, 'q1', { title: null })
    expect([document.record('quests', 'q1'), [...document.ids('quests')]]).toEqual([undefined, []])
    writeQuest(document, 'q1', { title: 'back' })
    expect(document.record('quests', 'q1')).toEqual({ title: 'back', priority: 1, createdAt: 1 })
  })
})

describe('write', () => {
  test('[R1] the stamp of a write exceeds all in the document, even from the far future', () => {
    const document = openTestDocument()
    receive(document, 'quests', ['q1', MAX_STAMP - 5, { ...VISIBLE }])
    expect(writeQuest(document, 'q1', { title: 'mine' }).stamp).toBe(MAX_STAMP - 4)
    expect(document.record('quests', 'q1')?.title).toBe('mine')
  })

  test('[R2] replicas agree even when a forged stamp has used up the range', () => {
    const [a, b] = [openTestDocument(), openTestDocument()]
    receive(a, 'quests', ['q1', MAX_STAMP, { ...VISIBLE, title: 'm' }])
    syncDocuments(a, b)
    writeQuest(a, 'q1', { title: 'a' })
    writeQuest(b, 'q1', { title: 'z' })
    writeQuest(b, 'q1', { title: 'b' })
    syncDocuments(a, b)
    expect([a, b].map((document) => document.record('quests', 'q1')?.title)).toEqual(['z', 'z'])
  })

  test('[R9] is one transaction under one stamp, with one entry a record', () => {
    const document = openTestDocument()
    const updates = vi.fn()
    document.doc.on('update', updates)
    const { stamp } = document.write([
      { table: 'quests', id: 'q1', patch: { title: 'x' } },
      { table: 'tags', id: 't1', patch: { name: 'deep' } },
      { table: 'quests', id: 'q1', patch: { title: 'y', priority: 1 } },
    ])
    expect(updates).toHaveBeenCalledTimes(1)
    expect(document.doc.getArray('quests').toArray()).toEqual([['q1', stamp, { title: 'y', priority: 1 }]])
    expect(document.doc.getArray('tags').toArray()).toEqual([['t1', stamp, { name: 'deep' }]])
  })

  test('[R9] removes the entries it overrides wholly, and keeps those it overrides in part', () => {
    const document = openTestDocument()
    const first = writeQuest(document, 'q1', VISIBLE)
    writeQuest(document, 'q1', { title: 'b' })
    const third = writeQuest(document, 'q1', { title: 'c' })
    expect(entries(document)).toEqual([
      ['q1', first.stamp, { title: 'Slay the dragon', createdAt: 1 }],
      ['q1', third.stamp, { title: 'c' }],
    ])
  })

  test('[R9] entries that a peer overrode stay until the next local write of that record', () => {
    const document = openTestDocument()
    writeQuest(document, 'q1', VISIBLE)
    receive(document, 'quests', ['q1', 5, { energy: 'deep' }], ['q1', 4, { energy: 'low' }], ['q2', 4, { title: 'x' }])
    expect(entries(document)).toHaveLength(4)
    writeQuest(document, 'q2', { priority: 1 })
    expect(entries(document)).toHaveLength(5)
    writeQuest(document, 'q1', { title: 'y' })
    expect(entries(document).filter((entry) => Array.isArray(entry) && entry[1] === 4 && entry[0] === 'q1')).toEqual([])
    expect(document.record('quests', 'q1')).toEqual({ title: 'y', createdAt: 1, energy: 'deep' })
  })

  test('[R9] two replicas may remove the same entry', () => {
    const [a, b] = [openTestDocument({ clock: { nowMs: 5 } }), openTestDocument({ clock: { nowMs: 6 } })]
    writeQuest(a, 'q1', VISIBLE)
    syncDocuments(a, b)
    writeQuest(a, 'q1', { ...VISIBLE, title: 'a' })
    writeQuest(b, 'q1', { ...VISIBLE, title: 'b' })
    syncDocuments(a, b)
    expect([a, b].map((document) => document.record('quests', 'q1')?.title)).toEqual(['b', 'b'])
    expect(entries(a)).toEqual(entries(b))
  })

  test('[R10] an entry takes over older fields with their own stamps', () => {
    const document = openTestDocument()
    const first = writeQuest(document, 'q1', VISIBLE)
    const second = writeQuest(document, 'q1', { priority: 1 })
    writeQuest(document, 'q1', { title: 'y' })
    expect(entries(document)).toHaveLength(1)
    expect(document.record('quests', 'q1')).toEqual({ title: 'y', createdAt: 1, priority: 1 })
    expect(['createdAt', 'priority'].map((path) => document.stampOf('quests', 'q1', path))).toEqual([
      first.stamp,
      second.stamp,
    ])
  })

  test.each([
    ['a small record', 'short', 1],
    ['a large one', 'long '.repeat(300), 2],
  ])('[R10] %s with fields taken over lies in so many entries after the next edit', (_what, title, count) => {
    const document = openTestDocument()
    writeQuest(document, 'q1', { ...VISIBLE, title })
    writeQuest(document, 'q1', { priority: 1 })
    const gathered = writeQuest(document, 'q1', { energy: 'deep' })
    const last = writeQuest(document, 'q1', { priority: 2 })
    expect(entries(document)).toHaveLength(count)
    expect(document.record('quests', 'q1')).toEqual({ title, createdAt: 1, priority: 2, energy: 'deep' })
    expect(['priority', 'energy'].map((path) => document.stampOf('quests', 'q1', path))).toEqual([
      last.stamp,
      gathered.stamp,
    ])
  })

  test('[R10] an entry with further elements is not rewritten for the next edit', () => {
    const document = openTestDocument()
    receive(document, 'quests', ['q1', 5, VISIBLE, '1', { later: true }])
    const { stamp } = writeQuest(document, 'q1', { energy: 'deep' })
    expect(entries(document)).toEqual([
      ['q1', 5, VISIBLE, '1', { later: true }],
      ['q1', stamp, { energy: 'deep' }],
    ])
  })

  test('[R10] a field taken over does not override a later edit made elsewhere', () => {
    const clock = { nowMs: 1000 }
    const [a, b] = [openTestDocument({ clock }), openTestDocument({ clock })]
    writeQuest(a, 'q1', { ...VISIBLE, priority: 1 })
    syncDocuments(a, b)
    clock.nowMs = 2000
    writeQuest(b, 'q1', { priority: 4 })
    clock.nowMs = 3000
    for (const title of ['x', 'y', 'z']) writeQuest(a, 'q1', { title, energy: title })
    syncDocuments(a, b)
    expect(a.record('quests', 'q1')).toEqual({ title: 'z', energy: 'z', createdAt: 1, priority: 4 })
    expect(b.record('quests', 'q1')).toEqual(a.record('quests', 'q1'))
  })

  test('keeps its own copy of what it is given', () => {
    const document = openTestDocument()
    const due = { d: '2026-01-01' }
    writeQuest(document, 'q1', { ...VISIBLE, due })
    due.d = 'changed'
    expect(document.record('quests', 'q1')?.due).toEqual({ d: '2026-01-01' })
  })

  test('holds the very text its peers read, lone surrogates included', () => {
    const [a, b] = [openTestDocument(), openTestDocument()]
    writeQuest(a, 'q1', { ...VISIBLE, title: 'x\ud800' })
    syncDocuments(a, b)
    expect(a.record('quests', 'q1')).toEqual(b.record('quests', 'q1'))
  })

  test('throws before it touches anything when handed what is not JSON', () => {
    const document = openTestDocument()
    const writes: RecordWrite[] = [
      { table: 'quests', id: 'q1', patch: VISIBLE },
      { table: 'quests', id: 'q2', patch: { estimateMin: Number.NaN } },
    ]
    expect(() => document.write(writes)).toThrow(NotJsonError)
    expect(entries(document)).toEqual([])
  })
})
