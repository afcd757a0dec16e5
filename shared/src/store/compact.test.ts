import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { QuestId } from '../domain/kernel/ids.ts'
import { openTestDocument, receive, VISIBLE, writeQuest } from '../testing/open-test-document.ts'
import { compactDocument, rebaseDocument } from './compact.ts'
import { openQuestDocument } from './quest-document.ts'

function busyDocument() {
  const document = openTestDocument()
  const updates: Uint8Array[] = []
  document.doc.on('update', (update: Uint8Array) => updates.push(update))
  for (let edit = 0; edit < 500; edit += 1) {
    writeQuest(document, `q${edit % 5}`, {
      ...VISIBLE,
      title: `title ${edit}`,
      [`tags/t${edit % 7}`]: edit % 2 === 0 || null,
    })
  }
  return { document, updates }
}

describe('compactDocument', () => {
  test('[R16] keeps records, stamps and state vector, and is smaller than merged updates', () => {
    const { document, updates } = busyDocument()
    const merged = Y.mergeUpdates(updates)
    const compact = compactDocument(merged)
    expect(compact.length).toBeLessThan(merged.length / 10)
    expect(Y.encodeStateVectorFromUpdate(compact)).toEqual(Y.encodeStateVectorFromUpdate(merged))
    const reopened = openTestDocument({ state: compact })
    for (const id of document.ids('quests')) {
      expect(reopened.record('quests', id)).toEqual(document.record('quests', id))
      expect(reopened.stampOf('quests', id, 'title')).toBe(document.stampOf('quests', id, 'title'))
    }
  })

  test('[R16] keeps what waits for an update that is yet to come', () => {
    const { updates } = busyDocument()
    const [first, second, ...rest] = updates
    if (!first || !second) throw new RangeError('Two updates')
    const compact = compactDocument(Y.mergeUpdates([first, ...rest]))
    const complete = openTestDocument({ state: Y.mergeUpdates([compact, second]) })
    expect(complete.record('quests', 'q4')?.title).toBe('title 499')
  })
})

describe('rebaseDocument', () => {
  test('[R32] holds the same records and note texts under two client ids that no device has', () => {
    const { document } = busyDocument()
    document.note('q1' as QuestId).insert(0, 'note')
    const fresh = rebaseDocument(document.doc)
    const rebased = openQuestDocument(fresh, { now: () => 0 })
    for (const id of document.ids('quests')) expect(rebased.record('quests', id)).toEqual(document.record('quests', id))
    expect(rebased.note('q1' as QuestId).toString()).toBe('note')
    expect([...fresh.store.clients.keys()].sort()).toEqual([2 ** 33, 2 ** 33 + 1])
    expect(fresh.clientID).toBeLessThan(2 ** 32)
  })

  test('[R32] a document of 500 app starts that typed into its notes is left with two client ids and no tombstones', () => {
    const old = new Y.Doc()
    for (let start = 0; start < 500; start += 1) {
      old.clientID = 1000 + start
      const note = old.getText(`note:q${start % 3}`)
      note.insert(note.length >> 1, `${start} `)
      if (start % 4 === 0) note.delete(0, 1)
    }
    const fresh = rebaseDocument(old)
    expect(fresh.store.clients.size).toBe(1)
    for (const root of ['note:q0', 'note:q1', 'note:q2']) {
      expect(fresh.getText(root).toString()).toBe(old.getText(root).toString())
    }
    expect([...fresh.store.clients.values()].flat().map(({ deleted }) => deleted)).toEqual([false, false, false])
  })

  test('[R32] is the same in every byte, in whatever order its contents arrived', () => {
    const { document } = busyDocument()
    const peer = openTestDocument()
    for (const each of [document, peer]) {
      each.note('q1' as QuestId).insert(0, 'typed here')
      receive(each, 'quests', 7, { b: 1 }, ['q9', 4, VISIBLE, '1', { later: true }], ['q9', 4, { energy: 'deep' }])
      receive(each, 'laterTable', ['x', 1], ['a', 2])
    }
    const states = [document, peer].map(({ doc }) => Y.encodeStateAsUpdate(doc))
    const bytes = [states, [...states].reverse()].map((updates) => {
      const doc = new Y.Doc()
      for (const update of updates) Y.applyUpdate(doc, update)
      return Y.encodeStateAsUpdate(rebaseDocument(doc))
    })
    expect(bytes[0]).toEqual(bytes[1])
    const fresh = new Y.Doc()
    Y.applyUpdate(fresh, bytes[0] ?? new Uint8Array())
    expect(fresh.getArray('laterTable').length).toBe(4)
  })

  test('[R12][R16] holds one entry a record, and merging the old document again adds none', () => {
    const { document } = busyDocument()
    writeQuest(document, 'q5', VISIBLE)
    writeQuest(document, 'q5', { energy: 'deep' })
    expect(document.doc.getArray('quests').length).toBeGreaterThan(6)
    const fresh = rebaseDocument(document.doc)
    expect(fresh.getArray('quests').length).toBe(6)
    const rebased = openQuestDocument(fresh, { now: () => 0 })
    for (const [id, path] of [
      ['q1', 'title'],
      ['q1', 'tags/t1'],
      ['q5', 'energy'],
      ['q5', 'createdAt'],
    ] as const) {
      expect(rebased.stampOf('quests', id, path)).toBe(document.stampOf('quests', id, path))
    }
    expect(rebased.mergeFrom(document.doc)).toEqual({ entries: 0, notes: 0, leftBehind: 0 })
  })

  test('[R15] a rebase keeps the further elements of entries that a later version wrote', () => {
    const document = openTestDocument()
    receive(document, 'quests', ['q1', 5, VISIBLE, '1', { later: true }], ['q1', 6, { energy: 'deep' }])
    const elements = rebaseDocument(document.doc).getArray('quests').toArray()
    expect(elements).toHaveLength(2)
    expect(elements).toContainEqual(['q1', 5, VISIBLE, '1', { later: true }])
  })

  test('[R1] a write after a rebase exceeds what was carried over', () => {
    const { document } = busyDocument()
    const rebased = openQuestDocument(rebaseDocument(document.doc), { now: () => 0 })
    expect(writeQuest(rebased, 'q1', { title: 'x' }).stamp).toBeGreaterThan(
      document.stampOf('quests', 'q1', 'title') ?? 0,
    )
  })
})

test('[R10] size follows live data: 20,000 edits leave a document at most twice a fresh one', () => {
  const fields = (edit: number) => ({
    ...VISIBLE,
    priority: edit % 5,
    energy: `e${edit % 3}`,
    rank: `a${edit}`,
    'tags/a': true,
  })
  const paths = Object.keys(fields(0))
  const document = openTestDocument()
  const write = (id: number, patch: Parameters<typeof writeQuest>[2]) =>
    writeQuest(document, `01J00000000000000000000${100 + id}`, patch)
  for (let id = 0; id < 100; id += 1) write(id, fields(id))
  const fresh = Y.encodeStateAsUpdate(document.doc).length
  for (let edit = 0; edit < 20_000; edit += 1) {
    const path = paths[(edit * 7) % paths.length] ?? 'title'
    write((edit * 31) % 100, { [path]: fields(edit)[path as keyof typeof VISIBLE] })
  }
  expect(document.doc.getArray('quests').length).toBeLessThanOrEqual(200)
  expect(Y.encodeStateAsUpdate(document.doc).length).toBeLessThan(2 * fresh)
})
