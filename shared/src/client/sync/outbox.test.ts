import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { fakeTime } from '../testing/fake-time.ts'
import { createOutbox, type UploadLimits } from './outbox.ts'
import type { Mark } from './saved-tracker.ts'

const LIMITS: UploadLimits = {
  inFlight: 2,
  wholeBytes: 1_000,
  piece: { bytes: 600, text: 100 },
  windowBytes: 1_000_000,
  windowMs: 10_000,
}

function makeOutbox(limits: Partial<UploadLimits> = {}) {
  const time = fakeTime()
  const sent: Uint8Array[] = []
  const outbox = createOutbox({
    limits: { ...LIMITS, ...limits },
    now: time.now,
    timers: time.timers,
    send: (update) => sent.push(update),
  })
  return { outbox, sent, time }
}

function log(entries: number): { readonly doc: Y.Doc; readonly update: Uint8Array; readonly mark: Mark } {
  const doc = new Y.Doc()
  doc.getArray('quests').push(Array.from({ length: entries }, (_, index) => [`q${index}`, index, {}]))
  const update = Y.encodeStateAsUpdate(doc)
  return { doc, update, mark: { clocks: new Map([[doc.clientID, entries]]), ownDeletions: { count: 3, digest: 0 } } }
}

/** Answers frames until nothing is in flight; gives the marks. */
function answerAll({ outbox }: ReturnType<typeof makeOutbox>): Mark[] {
  const marks: Mark[] = []
  for (let mark = outbox.takeAnswered(); mark !== null; mark = outbox.takeAnswered()) {
    marks.push(mark)
    outbox.sendMore()
  }
  return marks
}

describe('the outbox', () => {
  test('sends what is small as it is, one acknowledgement for each', () => {
    const made = makeOutbox()
    const { update, mark } = log(3)
    made.outbox.add(update, mark)
    expect(made.sent).toEqual([update])
    expect(answerAll(made)).toEqual([mark])
    expect(made.outbox.takeAnswered()).toBeNull()
  })

  test('sends an empty answer too: the server acknowledges it', () => {
    const made = makeOutbox()
    made.outbox.add(Uint8Array.of(0, 0), log(0).mark)
    expect(made.sent).toHaveLength(1)
  })

  test('has so many frames in flight and no more; changes made meanwhile gather into one', () => {
    const made = makeOutbox()
    for (let edit = 0; edit < 5; edit += 1) made.outbox.add(log(1).update, log(1).mark)
    expect(made.sent).toHaveLength(2)
    expect(answerAll(made)).toHaveLength(3)
    expect(Y.decodeUpdate(made.sent.at(-1) ?? new Uint8Array()).structs).toHaveLength(3)
  })

  test('sends a large update in pieces, whose marks cover what they carry and deletions only at the end', () => {
    const made = makeOutbox()
    const { doc, update, mark } = log(300)
    made.outbox.add(update, mark)
    expect(made.sent).toHaveLength(2)
    const marks = answerAll(made)
    expect(marks.length).toBeGreaterThan(5)
    expect(marks.at(-1)).toBe(mark)
    const reached = marks.map(({ clocks }) => clocks.get(doc.clientID) ?? 0)
    expect(reached).toEqual(reached.toSorted((a, b) => a - b))
    expect(new Set(reached.slice(0, -1)).size).toBe(reached.length - 1)
    expect(marks.slice(0, -1).every(({ ownDeletions }) => ownDeletions.count === 0)).toBe(true)
    const received = new Y.Doc()
    for (const piece of made.sent) Y.applyUpdate(received, piece)
    expect(received.getArray('quests').length).toBe(300)
  })

  test('sends what was written during a large update after it', () => {
    const made = makeOutbox()
    const { doc, update, mark } = log(300)
    made.outbox.add(update, mark)
    const before = Y.encodeStateVector(doc)
    doc.getArray('quests').push([['later', 1, {}]])
    const later: Mark = { clocks: new Map([[doc.clientID, 301]]), ownDeletions: { count: 3, digest: 0 } }
    made.outbox.add(Y.encodeStateAsUpdate(doc, before), later)
    expect(answerAll(made).slice(-2)).toEqual([mark, later])
  })

  test('waits for the next window once a window is used up', () => {
    const made = makeOutbox({ windowBytes: 1_000, inFlight: 100 })
    made.outbox.add(log(300).update, log(300).mark)
    const bytesSent = () => made.sent.reduce((sum, { length }) => sum + length, 0)
    const first = bytesSent()
    expect(first).toBeGreaterThanOrEqual(1_000)
    expect(first).toBeLessThan(2_000)
    answerAll(made)
    expect(bytesSent()).toBe(first)
    made.time.advance(9_999)
    expect(bytesSent()).toBe(first)
    made.time.advance(1)
    expect(bytesSent()).toBeGreaterThan(first)
    expect(bytesSent()).toBeLessThan(first + 2_000)
    made.outbox.stop()
    expect(made.time.pending()).toEqual([])
  })
})
