import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  openTestDocument,
  receive,
  syncDocuments,
  type TestClock,
  VISIBLE,
  writeQuest,
} from '../testing/open-test-document.ts'
import { type Entry, visitFields } from './entry.ts'
import { createHistory } from './history.ts'
import { openQuestDocument, type QuestDocument } from './quest-document.ts'
import { COUNTER_STEPS } from './stamp.ts'

const NOW = 1_760_000_000_000
const DAY = 86_400_000
const NOTHING_SENT = () => false

/** A device whose clock is so many days ahead, and which has not heard of the server's time. */
function aheadBy(days: number): { readonly document: QuestDocument; readonly clock: TestClock } {
  const clock = { nowMs: NOW + days * DAY }
  return { document: openTestDocument({ clock }), clock }
}

function connect(document: QuestDocument): ReadonlyMap<number, number> {
  document.observeServerTime(NOW)
  return document.restampAhead(NOTHING_SENT)
}

function entriesOf(document: QuestDocument): readonly Entry[] {
  return document.doc.getArray<Entry>('quests').toArray()
}

/** The stamps of all entries that an update carries, deleted ones included. */
function stampsIn(update: Uint8Array): number[] {
  return Y.decodeUpdate(update).structs.flatMap((struct) =>
    struct instanceof Y.Item && (struct.content instanceof Y.ContentJSON || struct.content instanceof Y.ContentAny)
      ? struct.content.arr.map((entry) => entry[1])
      : [],
  )
}

describe('[R27] stamps too far ahead of the server’s time', () => {
  test('become the times at which the edits were made, in their order, and the records stay the same objects', () => {
    const { document, clock } = aheadBy(3)
    writeQuest(document, 'q', VISIBLE)
    clock.nowMs += 60_000
    writeQuest(document, 'q', { title: 'Later', priority: 1 })
    clock.nowMs += 60_000
    const before = document.record('quests', 'q')
    const told: unknown[] = []
    document.onChange((changed) => told.push(changed))
    document.observeServerTime(NOW + 120_000)
    document.restampAhead(NOTHING_SENT)
    expect(document.record('quests', 'q')).toBe(before)
    expect(told).toEqual([])
    expect(entriesOf(document)).toEqual([
      ['q', NOW * COUNTER_STEPS, { createdAt: 1 }],
      ['q', (NOW + 60_000) * COUNTER_STEPS, { title: 'Later', priority: 1 }],
    ])
  })

  test('lie at the present where the clock was set right since, one counter after the other', () => {
    const { document, clock } = aheadBy(3)
    writeQuest(document, 'q', VISIBLE)
    writeQuest(document, 'r', VISIBLE)
    clock.nowMs = NOW
    connect(document)
    expect(entriesOf(document).map((entry) => entry[1])).toEqual([NOW * COUNTER_STEPS, NOW * COUNTER_STEPS + 1])
  })

  test('stay above all that the device had seen', () => {
    const { document } = aheadBy(3)
    const seen = (NOW + DAY / 2) * COUNTER_STEPS
    receive(document, 'quests', ['q', seen, { ...VISIBLE, title: 'Seen' }])
    writeQuest(document, 'q', { title: 'Mine' })
    connect(document)
    expect(document.record('quests', 'q')?.title).toBe('Mine')
    expect(document.stampOf('quests', 'q', 'title')).toBe(seen + 1)
    expect(document.stampOf('quests', 'q', 'createdAt')).toBe(seen)
  })

  test('stay above what the server took before its own clock was set back', () => {
    const { document } = aheadBy(0)
    document.observeServerTime(NOW + 3 * DAY)
    writeQuest(document, 'q', VISIBLE)
    const sent = Y.getState(document.doc.store, document.doc.clientID)
    const isSent = (_client: number, clock: number) => clock < sent
    document.observeServerTime(NOW)
    writeQuest(document, 'q', { title: 'Later' })
    const held = (NOW + 3 * DAY) * COUNTER_STEPS
    expect(document.restampAhead(isSent)).toEqual(new Map())
    expect(document.record('quests', 'q')?.title).toBe('Later')
    expect(document.stampOf('quests', 'q', 'title')).toBe(held + 1)

    document.observeServerTime(NOW + 9 * DAY)
    writeQuest(document, 'q', { title: 'Last' })
    document.observeServerTime(NOW)
    document.restampAhead(isSent)
    expect(document.record('quests', 'q')?.title).toBe('Last')
    expect(document.stampOf('quests', 'q', 'title')).toBe(held + 1)
  })

  test('are nowhere in what is sent, whether the document keeps what was deleted or not', () => {
    for (const gc of [true, false]) {
      const doc = new Y.Doc({ gc })
      const document = openQuestDocument(doc, { now: () => NOW + 3 * DAY })
      for (const title of ['a', 'b', 'c']) writeQuest(document, 'q', { ...VISIBLE, title })
      connect(document)
      const update = Y.encodeStateAsUpdate(doc)
      expect(stampsIn(update)).toEqual([NOW * COUNTER_STEPS])
      const received = new Y.Doc()
      Y.applyUpdate(received, update)
      expect(openQuestDocument(received, { now: () => NOW }).record('quests', 'q')).toEqual({ ...VISIBLE, title: 'c' })
    }
  })

  test('are gone from a document opened again from the updates its disk has', () => {
    const rows: Uint8Array[] = []
    const { document } = aheadBy(3)
    document.doc.on('update', (update: Uint8Array) => rows.push(update))
    writeQuest(document, 'q', VISIBLE)
    connect(document)
    const reloaded = new Y.Doc()
    for (const row of rows) Y.applyUpdate(reloaded, row)
    expect(stampsIn(Y.encodeStateAsUpdate(reloaded))).toEqual([NOW * COUNTER_STEPS])
  })

  test('give way to a later write of another device', () => {
    const { document } = aheadBy(3)
    writeQuest(document, 'q', VISIBLE)
    connect(document)
    const other = openTestDocument({ clock: { nowMs: NOW + 1 } })
    syncDocuments(document, other)
    writeQuest(other, 'q', { title: 'Later' })
    syncDocuments(document, other)
    expect(document.record('quests', 'q')?.title).toBe('Later')
  })

  test('fields taken over from before keep the stamps they have', () => {
    const { document, clock } = aheadBy(0)
    writeQuest(document, 'q', { ...VISIBLE, priority: 1 })
    for (const title of ['a', 'b', 'c']) writeQuest(document, 'q', { title, [`tags/${title}`]: true })
    const former = document.stampOf('quests', 'q', 'createdAt')
    clock.nowMs = NOW + 3 * DAY
    writeQuest(document, 'q', { title: 'd' })
    const before = document.record('quests', 'q')
    connect(document)
    expect(document.record('quests', 'q')).toBe(before)
    expect(document.stampOf('quests', 'q', 'createdAt')).toBe(former)
    const stamps: number[] = []
    for (const entry of entriesOf(document)) visitFields(entry, (_path, stamp) => stamps.push(stamp))
    expect(Math.max(...stamps)).toBe(NOW * COUNTER_STEPS + 4)
  })

  test('stay where an entry was sent, where the server’s time is unknown, and within a day', () => {
    const far = aheadBy(3).document
    writeQuest(far, 'q', VISIBLE)
    const state = Y.encodeStateAsUpdate(far.doc)
    expect(far.restampAhead(NOTHING_SENT).size).toBe(0)
    far.observeServerTime(NOW)
    expect(far.restampAhead(() => true).size).toBe(0)
    expect(Y.encodeStateAsUpdate(far.doc)).toEqual(state)
    const near = aheadBy(0.9).document
    writeQuest(near, 'q', VISIBLE)
    expect(connect(near).size).toBe(0)
  })

  test('a clock behind is harmless: its writes exceed what it saw', () => {
    const { document } = aheadBy(-3)
    receive(document, 'quests', ['q', NOW * COUNTER_STEPS, VISIBLE])
    writeQuest(document, 'q', { title: 'Mine' })
    expect(connect(document).size).toBe(0)
    expect(document.stampOf('quests', 'q', 'title')).toBe(NOW * COUNTER_STEPS + 1)
  })

  test('no longer count for the device’s next write once nothing bears them, be it that another tab replaced them', () => {
    const { document } = aheadBy(3)
    const other = openTestDocument({ clock: { nowMs: NOW + 3 * DAY } })
    writeQuest(other, 'q', VISIBLE)
    syncDocuments(document, other)
    other.observeServerTime(NOW)
    // Still there: a write below them would be lost.
    writeQuest(other, 'q', { title: 'Mine' })
    expect(other.record('quests', 'q')?.title).toBe('Mine')
    syncDocuments(document, other)
    connect(document)
    syncDocuments(document, other)
    for (const each of [document, other]) {
      const { stamp } = writeQuest(each, each === other ? 'o' : 'd', VISIBLE)
      expect(stamp).toBeLessThanOrEqual(NOW * COUNTER_STEPS + 3)
    }
  })
})

describe('[R17][R27] undo', () => {
  test('takes back and repeats commands whose stamps were corrected, here and in another tab', () => {
    for (const isElsewhere of [false, true]) {
      const { document } = aheadBy(3)
      const history = createHistory(document)
      history.push(writeQuest(document, 'q', VISIBLE))
      history.push(writeQuest(document, 'q', { title: 'Second' }))
      history.push(writeQuest(document, 'q', { title: 'Third' }))
      history.undo()
      const owner = isElsewhere ? openTestDocument({ clock: { nowMs: NOW + 3 * DAY } }) : document
      syncDocuments(document, owner)
      connect(owner)
      syncDocuments(document, owner)
      document.observeServerTime(NOW)
      const titles = [() => history.undo(), () => history.redo(), () => history.redo(), () => history.undo()].map(
        (act) => {
          act()
          return document.record('quests', 'q')?.title
        },
      )
      expect(titles).toEqual([VISIBLE.title, 'Second', 'Third', 'Second'])
    }
  })

  test('leaves a field alone that another device has written above the corrected stamp', () => {
    const { document } = aheadBy(3)
    const history = createHistory(document)
    writeQuest(document, 'q', VISIBLE)
    history.push(writeQuest(document, 'q', { title: 'Mine' }))
    connect(document)
    receive(document, 'quests', ['q', (NOW + 1_000) * COUNTER_STEPS, { title: 'Theirs' }])
    expect(history.undo()).toBeNull()
    expect(document.record('quests', 'q')?.title).toBe('Theirs')
  })
})
