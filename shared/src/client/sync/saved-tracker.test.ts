import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { reload, SERVER, tableOf, track } from '../testing/tracked-document.ts'
import { NONE_DELETED } from './deleted-elements.ts'
import { parseAcknowledged } from './saved-tracker.ts'

describe('what counts', () => {
  test('each entry of a table and each run of note text', () => {
    const doc = new Y.Doc()
    const tracker = track(doc)
    tableOf(doc).push([
      ['a', 1, {}],
      ['b', 2, {}],
    ])
    tableOf(doc).push([['c', 3, {}]])
    doc.getText('note:a').insert(0, 'a whole pasted page')
    expect(tracker.unsavedChanges()).toBe(4)
  })

  test('an overwritten entry still counts as the edit it was', () => {
    const doc = new Y.Doc()
    const tracker = track(doc)
    for (let edit = 0; edit < 3; edit += 1) {
      doc.transact(() => {
        if (tableOf(doc).length > 0) tableOf(doc).delete(0)
        tableOf(doc).push([['a', edit, {}]])
      })
    }
    expect(tracker.unsavedChanges()).toBe(3)
  })

  test("not what the server sent, nor its echo of this device's edit before the commit", () => {
    const doc = new Y.Doc()
    const tracker = track(doc)
    const other = new Y.Doc()
    tableOf(other).push([['theirs', 1, {}]])
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), SERVER)
    expect(tracker.unsavedChanges()).toBe(0)

    tableOf(doc).push([['mine', 2, {}]])
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(doc), SERVER)
    expect(tracker.unsavedChanges()).toBe(1)
  })

  test("an edit of another tab that waited for a part the server sent is not the server's word", () => {
    const tab = new Y.Doc()
    const updates: Uint8Array[] = []
    tab.on('update', (update: Uint8Array) => updates.push(update))
    tableOf(tab).push([['first', 1, {}]])
    tableOf(tab).push([['second', 2, {}]])
    const [first, second] = updates
    if (first === undefined || second === undefined) throw new Error('unreachable')

    const doc = new Y.Doc()
    tableOf(doc)
    const tracker = track(doc)
    Y.applyUpdate(doc, second, 'tabs')
    Y.applyUpdate(doc, first, SERVER)
    expect(tracker.unsavedChanges()).toBeGreaterThan(0)
  })
})

describe('acknowledging', () => {
  test('covers what was there at the mark and nothing later', () => {
    const doc = new Y.Doc()
    const tracker = track(doc)
    tableOf(doc).push([['a', 1, {}]])
    const mark = tracker.mark()
    tableOf(doc).push([['b', 2, {}]])
    tracker.acknowledge(mark)
    expect(tracker.unsavedChanges()).toBe(1)
  })

  test('covers a deletion only from a mark after it', () => {
    const doc = new Y.Doc()
    const tracker = track(doc)
    doc.getText('note:a').insert(0, 'text')
    const before = tracker.mark()
    doc.getText('note:a').delete(0, 2)
    tracker.acknowledge(before)
    expect(tracker.unsavedChanges()).toBe(1)
    tracker.acknowledge(tracker.mark())
    expect(tracker.unsavedChanges()).toBe(0)
  })

  test('a mark taken while an observer writes does not cover the write, which is not sent yet', () => {
    const doc = new Y.Doc()
    const tracker = track(doc)
    tableOf(doc).observe(() => {
      if (tableOf(doc).length === 1) tableOf(doc).push([['nested', 2, {}]])
    })
    const marks: ReturnType<typeof tracker.mark>[] = []
    doc.on('update', () => marks.push(tracker.mark()))
    tableOf(doc).push([['outer', 1, {}]])
    const [outer] = marks
    if (outer === undefined) throw new Error('unreachable')
    tracker.acknowledge(outer)
    expect(marks).toHaveLength(2)
    expect(tracker.unsavedChanges()).toBe(1)
  })
})

describe('what another tab learned', () => {
  test('of as many deletions, but not of the same, says nothing of those made here', () => {
    const owner = new Y.Doc()
    owner.getText('note:a').insert(0, 'some text')
    const here = reload(owner)
    const [ownerTracker, tracker] = [track(owner), track(here)]
    ownerTracker.acknowledge(ownerTracker.mark())
    const learn = () => {
      const acknowledged = ownerTracker.acknowledged()
      if (acknowledged !== null) tracker.learn(acknowledged)
    }
    learn()
    expect(tracker.unsavedChanges()).toBe(0)
    const fromServer = reload(owner)
    fromServer.getText('note:a').delete(0, 1)
    here.getText('note:a').delete(5, 1)
    Y.applyUpdate(owner, Y.encodeStateAsUpdate(fromServer), SERVER)
    learn()
    expect(tracker.unsavedChanges()).toBe(1)

    Y.applyUpdate(owner, Y.encodeStateAsUpdate(here), 'tabs')
    Y.applyUpdate(here, Y.encodeStateAsUpdate(owner), 'tabs')
    ownerTracker.acknowledge(ownerTracker.mark())
    expect(tracker.unsavedChanges()).toBe(1)
    learn()
    expect(tracker.unsavedChanges()).toBe(0)
  })
})

describe('a server that was put back to a backup', () => {
  test('takes back what it no longer holds, deletions included, and nothing else', () => {
    const doc = new Y.Doc()
    const tracker = track(doc)
    tableOf(doc).push([['a', 1, {}]])
    const backup = Y.encodeStateVector(doc)
    tableOf(doc).push([['b', 2, {}]])
    tableOf(doc).push([['c', 3, {}]])
    tableOf(doc).delete(0)
    tracker.acknowledge(tracker.mark())
    tracker.lower(Y.encodeStateVector(doc))
    expect(tracker.unsavedChanges()).toBe(0)

    tracker.lower(backup)
    expect(tracker.unsavedChanges()).toBe(2)
    const { clocks } = tracker.mark()
    tracker.acknowledge({ clocks, ownDeletions: NONE_DELETED })
    expect(tracker.unsavedChanges()).toBe(1)
    tracker.acknowledge(tracker.mark())
    expect(tracker.unsavedChanges()).toBe(0)
  })

  test('has what it lost counted after a restart too', () => {
    const doc = new Y.Doc()
    const tracker = track(doc)
    tableOf(doc).push([['a', 1, {}]])
    tracker.acknowledge(tracker.mark())
    tracker.lower(Y.encodeStateVector(new Y.Doc()))
    expect(track(reload(doc), tracker.acknowledged()).unsavedChanges()).toBe(1)
  })
})

describe('a restart', () => {
  test('stored facts that cannot be read count as never acknowledged', () => {
    expect(parseAcknowledged(undefined)).toBeNull()
    expect(parseAcknowledged({ clocks: 'all' })).toBeNull()
    expect(parseAcknowledged({ clocks: [[1, -2]], deletions: 0 })).toBeNull()
  })

  test('a disk that lost acknowledged rows does not hide a later deletion', () => {
    const doc = new Y.Doc()
    const tracker = track(doc)
    doc.getText('note:a').insert(0, 'some text')
    doc.getText('note:a').delete(0, 4)
    const half = reload(doc)
    doc.getText('note:b').insert(0, 'lost')
    doc.getText('note:b').delete(0, 3)
    tracker.acknowledge(tracker.mark())

    const again = track(half, tracker.acknowledged())
    half.getText('note:a').delete(0, 3)
    expect(again.unsavedChanges()).toBeGreaterThan(0)
  })

  test('a disk that lost a deletion does not pass a later one off as it', () => {
    const doc = new Y.Doc()
    const tracker = track(doc)
    doc.getText('note:a').insert(0, 'some text')
    tracker.acknowledge(tracker.mark())
    const half = reload(doc)
    doc.getText('note:a').delete(0, 1)
    tracker.acknowledge(tracker.mark())

    const again = track(half, tracker.acknowledged())
    expect(again.unsavedChanges()).toBe(0)
    half.getText('note:a').delete(5, 1)
    expect(again.unsavedChanges()).toBe(1)
  })

  test('of what an earlier version kept, the deletions count as unsaved and the rest does not', () => {
    const doc = new Y.Doc()
    const tracker = track(doc)
    tableOf(doc).push([['a', 1, {}]])
    tracker.acknowledge(tracker.mark())
    const { digest, ...before } = tracker.acknowledged() ?? {}
    expect(digest).toBe(0)
    expect(track(reload(doc), parseAcknowledged(before)).unsavedChanges()).toBe(0)
    tableOf(doc).delete(0)
    expect(track(reload(doc), parseAcknowledged({ ...before, deletions: 1 })).unsavedChanges()).toBe(1)
  })

  test('content that arrives already collected is counted alike before and after', () => {
    const author = new Y.Doc()
    const nested = new Y.Map()
    author.getArray('other').push([nested])
    nested.set('child', 1)
    author.getArray('other').delete(0)
    const doc = new Y.Doc()
    const tracker = track(doc)
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(author), 'import')
    tracker.acknowledge(tracker.mark())
    expect(track(reload(doc), tracker.acknowledged()).unsavedChanges()).toBe(0)
  })
})
