import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type RawStruct, rawUpdate } from '../testing/hostile-updates.ts'
import { admitUpdate, readUpdate } from './admit-update.ts'
import { contentsOf, proveUpdate } from './prove-update.ts'

const NOW = 1_800_000_000_000
const bounds = { nowMs: NOW, stampAheadMs: 0 }
const entry = (id: string, stamp = 1024, patch: object = { title: id }) => [id, stamp, patch]
const text = (value: string, at: Omit<RawStruct, 'content'> = {}): RawStruct => ({
  content: { kind: 'text', text: value },
  ...at,
})
const entries = (values: readonly unknown[], at: Omit<RawStruct, 'content'> = {}): RawStruct => ({
  content: { kind: 'entries', values },
  ...at,
})
const run = (client: number, clock: number, ...structs: RawStruct[]) => ({ client, clock, structs })

/** A document after some frames, each of which must have been admitted; and the verdict on the last one. */
function after(...frames: readonly Uint8Array[]): { doc: Y.Doc; outcome: string; log: Uint8Array[] } {
  const doc = new Y.Doc()
  const log: Uint8Array[] = []
  let outcome = 'none'
  for (const frame of frames) {
    if (outcome !== 'none' && outcome !== 'new') throw new Error(`an earlier frame came to ${outcome}`)
    const read = readUpdate(frame)
    const admission = read.ok ? admitUpdate(read.value, frame, doc, bounds) : read
    outcome = admission.ok ? admission.value.kind : admission.error
    if (!admission.ok || admission.value.kind !== 'new') continue
    if (!admission.value.isCertain) outcome = proveUpdate(log, admission.value.bytes, bounds) ?? 'proven'
    if (outcome !== 'new' && outcome !== 'proven') continue
    Y.applyUpdate(doc, admission.value.bytes)
    log.push(admission.value.bytes)
  }
  return { doc, outcome, log }
}

/** What two documents read: one applied the updates as they came, the other loads them afresh. */
function expectSameEverywhere(doc: Y.Doc, log: readonly Uint8Array[]): void {
  const replayed = new Y.Doc()
  for (const row of log) Y.applyUpdate(replayed, row)
  const fresh = new Y.Doc()
  Y.applyUpdate(fresh, Y.encodeStateAsUpdate(doc))
  expect([contentsOf(replayed), contentsOf(fresh)]).toEqual([contentsOf(doc), contentsOf(doc)])
  expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null])
}

const hello = rawUpdate([run(1, 0, text('hello', { root: 'note:a' }))])

describe('[R40] what an update names must be there, and be something one can stand beside', () => {
  const collected = rawUpdate([run(1, 0, { content: { kind: 'collected', length: 2 } })])

  test('text behind a collected element is refused', () => {
    expect(after(collected, rawUpdate([run(2, 0, text('x', { origin: [1, 1] }))])).outcome).toBe('malformed')
  })

  test('even if the collected element comes in the same update, or is on the right', () => {
    const gone: RawStruct = { content: { kind: 'collected', length: 2 } }
    expect(after(rawUpdate([run(1, 0, gone, text('x', { origin: [1, 1] }))])).outcome).toBe('malformed')
    expect(after(collected, rawUpdate([run(2, 0, text('x', { rightOrigin: [1, 0] }))])).outcome).toBe('malformed')
  })

  test('a hole at the end, with deletions inside it, is a gap: nothing of it stays pending', () => {
    const hole = rawUpdate([run(1, 0, text('a'), { content: { kind: 'skip', length: 9 } })], [[1, 3, 2]])
    expect(after(hole).outcome).toBe('gap')
    const harmless = after(rawUpdate([run(1, 0, text('a'), { content: { kind: 'skip', length: 9 } })]))
    expect(harmless.outcome).toBe('new')
    expectSameEverywhere(harmless.doc, harmless.log)
  })

  test('a hole in the middle is a gap', () => {
    expect(after(rawUpdate([run(1, 0, text('a'), { content: { kind: 'skip', length: 1 } }, text('b'))])).outcome).toBe(
      'gap',
    )
  })
})

describe('[R41] what is known of an update is cut away, in the middle of a struct too', () => {
  test('text known in part goes on where it ended', () => {
    const { doc, outcome, log } = after(hello, rawUpdate([run(1, 0, text('hello world', { root: 'note:a' }))]))
    expect(outcome).toBe('new')
    expect(doc.getText('note:a').toString()).toBe('hello world')
    expectSameEverywhere(doc, log)
  })

  test('entries known in part go on where they ended, in either encoding', () => {
    const before = rawUpdate([run(1, 0, entries([entry('a')], { root: 'quests' }))])
    const json = rawUpdate([run(1, 0, entries([entry('a'), entry('b')], { root: 'quests' }))])
    const any = new Y.Doc()
    any.clientID = 1
    any.getArray('quests').push([entry('a'), entry('b')])
    for (const both of [json, Y.encodeStateAsUpdate(any)]) {
      const { doc, outcome, log } = after(before, both)
      expect(outcome).toBe('new')
      expect(doc.getArray('quests').toJSON()).toEqual([entry('a'), entry('b')])
      expectSameEverywhere(doc, log)
    }
  })

  test('text that goes on behind a collected part is refused; Yjs itself throws on it, and on every later load', () => {
    const collected = rawUpdate([run(1, 0, { content: { kind: 'collected', length: 2 } })])
    const bare = new Y.Doc()
    Y.applyUpdate(bare, collected)
    expect(() => Y.applyUpdate(bare, hello)).toThrow()
    expect(after(collected, hello).outcome).toBe('malformed')
  })

  test('a character is not cut in two', () => {
    const half = rawUpdate([run(1, 0, text('\ufffd', { root: 'note:a' }))])
    expect(after(half, rawUpdate([run(1, 0, text('😀', { root: 'note:a' }))])).outcome).toBe('malformed')
  })
})

describe('[R42] two neighbours must have stood side by side for some editor', () => {
  test('neighbours exchanged are refused: an online device and a later one would read them differently', () => {
    expect(after(hello, rawUpdate([run(2, 0, text('x', { origin: [1, 3], rightOrigin: [1, 1] }))])).outcome).toBe(
      'malformed',
    )
  })

  test('neighbours with something between them that one of them was written after are refused', () => {
    expect(after(hello, rawUpdate([run(2, 0, text('x', { origin: [1, 0], rightOrigin: [1, 4] }))])).outcome).toBe(
      'malformed',
    )
    expect(after(hello, rawUpdate([run(2, 0, text('x', { rightOrigin: [1, 2] }))])).outcome).toBe('malformed')
    const between = rawUpdate([run(2, 0, text('x', { origin: [1, 0], rightOrigin: [1, 1] }))])
    expect(after(hello, between, rawUpdate([run(3, 0, text('y', { origin: [2, 0] }))])).outcome).toBe('malformed')
  })

  test('neighbours are taken if what is between them came later', () => {
    const mine = rawUpdate([run(2, 0, text('xx', { origin: [1, 0], rightOrigin: [1, 1] }))])
    const theirs = rawUpdate([run(3, 0, text('yy', { origin: [1, 0], rightOrigin: [1, 1] }))])
    const { doc, outcome, log } = after(hello, mine, theirs)
    expect(outcome).toBe('new')
    expect(doc.getText('note:a').toString()).toBe('hxxyyello')
    expectSameEverywhere(doc, log)
  })

  test('neighbours in two roots, and entries linked into a note, are refused', () => {
    const other = rawUpdate([run(2, 0, text('b', { root: 'note:b' }))])
    const across = rawUpdate([run(3, 0, text('x', { origin: [1, 4], rightOrigin: [2, 0] }))])
    expect(after(hello, other, across).outcome).toBe('malformed')
    expect(after(hello, rawUpdate([run(3, 0, entries([entry('q')], { origin: [1, 4] }))])).outcome).toBe('entry-shape')
  })

  test('what only applying can decide proves itself, or is refused', () => {
    // Written behind the own "x", before what another device put there meanwhile: their order is not in the update.
    const mine = run(
      2,
      0,
      text('x', { origin: [1, 0], rightOrigin: [1, 1] }),
      text('z', { origin: [2, 0], rightOrigin: [3, 0] }),
    )
    const theirs = rawUpdate([run(3, 0, text('y', { origin: [1, 0], rightOrigin: [1, 1] }))])
    const proven = after(hello, theirs, rawUpdate([mine]))
    expect(proven.outcome).toBe('proven')
    expect(proven.doc.getText('note:a').toString()).toBe('hxzyello')
    expectSameEverywhere(proven.doc, proven.log)

    const reversed = run(
      4,
      0,
      text('x', { origin: [1, 0], rightOrigin: [1, 1] }),
      text('z', { origin: [4, 0], rightOrigin: [3, 0] }),
    )
    expect(after(hello, theirs, rawUpdate([reversed])).outcome).toBe('malformed')
  })
})

describe('[R9] a deletion takes only what is overridden', () => {
  const doc = () => {
    const made = new Y.Doc()
    made.clientID = 1
    const quests = openQuestDocument(made, { now: () => NOW - 1_000 })
    quests.write([
      { table: 'quests', id: 'q', patch: { title: 'Kept', createdAt: 1 } },
      { table: 'completions', id: 'q:2026-11-30', patch: { questId: 'q', at: 1 } },
    ])
    return { made, quests, state: Y.encodeStateAsUpdate(made) }
  }

  test.each(['quests', 'completions'])('a delete set that removes records of %s is refused', (table) => {
    const { state } = doc()
    const member = new Y.Doc()
    Y.applyUpdate(member, state)
    member.getArray(table).delete(0, 1)
    expect(after(state, Y.encodeStateAsUpdate(member)).outcome).toBe('removal')
  })

  test('what overrides may be in the update, or in the document from others', () => {
    const { made, quests, state } = doc()
    quests.write([{ table: 'quests', id: 'q', patch: { title: 'Changed', createdAt: 2 } }])
    expect(after(state, Y.encodeStateAsUpdate(made)).outcome).toBe('new')

    const [adding, removing] = [new Y.Doc(), Y.encodeStateAsUpdate(made)]
    adding.clientID = 2
    adding.getArray('quests').push([entry('q', (NOW - 500) * 1024, { title: 'Newer', createdAt: 3 })])
    const only = rawUpdate(
      [],
      [...Y.decodeUpdate(removing).ds.clients].flatMap(([client, ranges]) =>
        ranges.map(({ clock, len }) => [client, clock, len] as const),
      ),
    )
    expect(after(state, only).outcome).toBe('removal')
    expect(after(state, Y.encodeStateAsUpdate(adding), only).outcome).toBe('new')
  })

  test('of two copies of an entry, only the one that does not hold may be removed', () => {
    const copies = [1, 2].map((client) => rawUpdate([run(client, 0, entries([entry('q')], { root: 'quests' }))]))
    expect(after(...copies, rawUpdate([], [[1, 0, 1]])).outcome).toBe('removal')
    expect(after(...copies, rawUpdate([], [[2, 0, 1]])).outcome).toBe('new')
  })

  test('purging a quest writes over it, and is taken; note text may be deleted', () => {
    const { made, quests, state } = doc()
    quests.write([{ table: 'quests', id: 'q', patch: { title: null, createdAt: null } }])
    expect(after(state, Y.encodeStateAsUpdate(made)).outcome).toBe('new')
    expect(after(hello, rawUpdate([], [[1, 1, 2]])).outcome).toBe('new')
  })
})

describe('[R43] what an update makes Yjs walk over is counted before it does', () => {
  const appended = (length: number) =>
    rawUpdate([
      run(
        1,
        0,
        ...Array.from({ length }, (_, n) =>
          entries([entry(`q${n}`)], n === 0 ? { root: 'quests' } : { origin: [1, n - 1] }),
        ),
      ),
    ])

  const stepsOf = (doc: Y.Doc, frame: Uint8Array) => {
    const read = readUpdate(frame)
    const admission = read.ok ? admitUpdate(read.value, frame, doc, bounds) : read
    return admission.ok && admission.value.kind === 'new' ? admission.value : null
  }

  test('branches into a long list, and thousands of clients at one place, are costly; what people write is not', () => {
    const doc = new Y.Doc()
    for (let client = 10; client < 2_010; client += 1) {
      Y.applyUpdate(doc, rawUpdate([run(client, 0, entries([entry(`q${client}`)], { root: 'quests' }))]))
    }
    const branches = Array.from({ length: 256 }, (_, n) => run(9_000 + n, 0, entries([entry('x')], { root: 'quests' })))
    expect(stepsOf(doc, rawUpdate(branches))).toMatchObject({ isCertain: false })
    expect(
      stepsOf(
        new Y.Doc(),
        rawUpdate(Array.from({ length: 4_000 }, (_, n) => run(n + 1, 0, entries([entry('x')], { root: 'quests' })))),
      ),
    ).toMatchObject({ isCertain: false })
    expect(stepsOf(new Y.Doc(), appended(10_000))).toMatchObject({ isCertain: true })
    expect(stepsOf(doc, rawUpdate([run(9_000, 0, entries([entry('x')], { origin: [2_009, 0] }))]))?.steps).toBeLessThan(
      2_100,
    )
  })

  test('a document with too many client ids to walk in every edit takes no new ones, and those it has go on writing', () => {
    const writers = (from: number, count: number) =>
      rawUpdate(Array.from({ length: count }, (_, n) => run(from + n, 0, text('a', { root: `note:${from + n}` }))))
    expect(after(writers(1, 4_000)).outcome).toBe('new')
    expect(after(writers(1, 4_000), writers(5_000, 1)).outcome).toBe('rate-limited')
    expect(after(writers(1, 4_000), rawUpdate([run(7, 1, text('b', { origin: [7, 0] }))])).outcome).toBe('new')
  })

  test('text typed backwards into a long note is certain, even if it goes on in another update', () => {
    const note = Array.from({ length: 300 }, (_, n) => run(n + 100, 0, text('b', { root: 'note:a' })))
    const backwards = (from: number, count: number) =>
      Array.from({ length: count }, (_, n) =>
        text('a', from + n === 0 ? { rightOrigin: [100, 0] } : { rightOrigin: [9, from + n - 1] }),
      )
    const { doc } = after(...note.map((each) => rawUpdate([each])))
    Y.applyUpdate(doc, rawUpdate([run(9, 0, ...backwards(0, 2_000))]))
    expect(stepsOf(doc, rawUpdate([run(9, 2_000, ...backwards(2_000, 2_000))]))).toMatchObject({
      isCertain: true,
      steps: 2_000,
    })
  })

  test('such an update is tried, and refused if it takes too long', () => {
    // Each client waits for the one before it, so that Yjs puts each behind all that are there already.
    const chain = (clients: number) =>
      rawUpdate(
        Array.from({ length: clients }, (_, n) => {
          const own = n + 10
          const first = n === 0 ? { origin: [1, 0] as const } : { origin: [own - 1, 1] as const }
          return run(own, 0, entries([entry('x')], first), entries([entry('y')], { origin: [1, 0] }))
        }),
      )
    const base = rawUpdate([run(1, 0, entries([entry('q')], { root: 'quests' }))])
    expect(after(base, chain(100)).outcome).toBe('new')
    expect(after(base, chain(1_500)).outcome).toBe('too-large')
    expect(after(base, chain(3_900)).outcome).toBe('too-large')
    const side = Array.from({ length: 600 }, (_, n) => run(n + 1, 0, entries([entry('x')], { root: 'quests' })))
    expect(after(rawUpdate(side)).outcome).toBe('proven')
  })
})
