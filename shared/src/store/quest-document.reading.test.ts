import { describe, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { openTestDocument, receive, syncDocuments, VISIBLE, writeQuest } from '../testing/open-test-document.ts'
import { openQuestDocument } from './quest-document.ts'

describe('reading', () => {
  test('[R11] a record is the same object until one of its fields changes', () => {
    const document = openTestDocument()
    writeQuest(document, 'q1', VISIBLE)
    writeQuest(document, 'q1', { priority: 1 })
    const record = document.record('quests', 'q1')
    const listener = vi.fn()
    document.onChange(listener)
    receive(document, 'quests', ['q1', 5, { priority: 4 }], ['q1', 6, { title: 'Slay the dragon' }])
    expect(document.record('quests', 'q1')).toBe(record)
    expect(listener).not.toHaveBeenCalled()
    writeQuest(document, 'q1', { priority: 2 })
    expect(document.record('quests', 'q1')).not.toBe(record)
  })

  test('[R11] when any entry is removed by a peer, the others are folded again', () => {
    const document = openTestDocument()
    const peer = new Y.Doc()
    peer.getArray('quests').push([
      ['q1', 5, { ...VISIBLE, title: 'older' }],
      ['q1', 6, { title: 'newer' }],
    ])
    Y.applyUpdate(document.doc, Y.encodeStateAsUpdate(peer))
    expect(document.record('quests', 'q1')?.title).toBe('newer')
    peer.getArray('quests').delete(1)
    Y.applyUpdate(document.doc, Y.encodeStateAsUpdate(peer))
    expect(document.record('quests', 'q1')?.title).toBe('older')
    peer.getArray('quests').delete(0)
    Y.applyUpdate(document.doc, Y.encodeStateAsUpdate(peer))
    expect(document.record('quests', 'q1')).toBeUndefined()
  })

  test('tells once after each transaction which records changed, local or remote', () => {
    const [a, b] = [openTestDocument(), openTestDocument()]
    const listener = vi.fn()
    b.onChange(listener)
    a.write([
      { table: 'quests', id: 'q1', patch: VISIBLE },
      { table: 'tags', id: 't1', patch: { name: 'deep' } },
    ])
    syncDocuments(a, b)
    writeQuest(b, 'q1', { title: 'y' })
    expect(listener.mock.calls).toEqual([
      [
        new Map([
          ['quests', new Set(['q1'])],
          ['tags', new Set(['t1'])],
        ]),
      ],
      [new Map([['quests', new Set(['q1'])]])],
    ])
  })

  test('tells of a record that arrives in several entries at once', () => {
    const document = openTestDocument()
    receive(document, 'tags', ['t0', 5, { name: 'there before' }])
    const listener = vi.fn()
    document.onChange(listener)
    receive(document, 'tags', ['t1', 5, { name: 'deep' }], ['t1', 4, { name: 'older' }])
    expect(listener.mock.calls).toEqual([[new Map([['tags', new Set(['t1'])]])]])
  })

  test('a listener may write, and sees its own write at once', () => {
    const document = openTestDocument()
    const seen: unknown[] = []
    const stop = document.onChange(() => {
      stop()
      writeQuest(document, 'q1', { title: 'first' })
      seen.push(document.record('quests', 'q1')?.title)
      writeQuest(document, 'q1', { title: 'second' })
      seen.push(document.record('quests', 'q1')?.title)
    })
    writeQuest(document, 'q1', VISIBLE)
    expect(seen).toEqual(['first', 'second'])
    expect(openTestDocument({ state: Y.encodeStateAsUpdate(document.doc) }).record('quests', 'q1')?.title).toBe(
      'second',
    )
  })

  test('opening a filled document reads the same as filling an open one', () => {
    const document = openTestDocument()
    for (const title of ['x', 'y', 'z']) writeQuest(document, 'q1', { ...VISIBLE, title, priority: null })
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(document.doc))
    const reopened = openQuestDocument(doc, { now: () => 0 })
    expect(reopened.record('quests', 'q1')).toEqual(document.record('quests', 'q1'))
    expect(writeQuest(reopened, 'q1', { title: 'w' }).stamp).toBeGreaterThan(
      document.stampOf('quests', 'q1', 'title') ?? 0,
    )
  })

  test('no longer follows the document once destroyed', () => {
    const document = openTestDocument()
    const listener = vi.fn()
    document.onChange(listener)
    document.destroy()
    receive(document, 'quests', ['q1', 5, { ...VISIBLE }])
    expect([document.record('quests', 'q1'), listener.mock.calls]).toEqual([undefined, []])
  })
})

describe('problems', () => {
  test('[R14] an unreadable element is skipped alone, reported and kept', () => {
    const document = openTestDocument()
    receive(document, 'quests', ['q1', 5, { ...VISIBLE }], ['q1', 'soon', { title: 'bad' }], { later: true })
    writeQuest(document, 'q1', { title: 'y' })
    expect(document.record('quests', 'q1')?.title).toBe('y')
    expect(document.problems().map(({ table, fault }) => [table, fault])).toEqual([
      ['quests', 'stamp'],
      ['quests', 'not-an-entry'],
    ])
    expect(document.doc.getArray('quests').toArray()).toContainEqual(['q1', 'soon', { title: 'bad' }])
  })

  test('[R14] a nested Yjs type in a table is a problem, gone when a peer removes it', () => {
    const document = openTestDocument()
    const peer = new Y.Doc()
    peer.getArray('quests').push([new Y.Map()])
    Y.applyUpdate(document.doc, Y.encodeStateAsUpdate(peer))
    expect(document.problems()).toEqual([{ table: 'quests', client: peer.clientID, clock: 0, fault: 'not-an-entry' }])
    peer.getArray('quests').delete(0)
    Y.applyUpdate(document.doc, Y.encodeStateAsUpdate(peer))
    expect(document.problems()).toEqual([])
  })

  test('[R15] unknown fields and unknown keys in values survive later writes', () => {
    const document = openTestDocument()
    receive(document, 'quests', ['q1', 5, { ...VISIBLE, 'future/field': { a: { b: 1 } } }])
    for (const title of ['x', 'y', 'z']) writeQuest(document, 'q1', { title, priority: 1 })
    expect(document.record('quests', 'q1')).toEqual({
      title: 'z',
      createdAt: 1,
      priority: 1,
      'future/field': { a: { b: 1 } },
    })
  })
})
