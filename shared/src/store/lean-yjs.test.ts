import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import './lean-yjs.ts'
import { seededRandom } from './projection-test-log.ts'
import { rootName } from './yjs-root-names.ts'
import { LONGEST_STRUCT } from './yjs-short-structs.ts'

/** Roots that a piece of work walks past to find a name. */
function rootsWalked(doc: Y.Doc, work: () => void): number {
  const entries = doc.share.entries.bind(doc.share)
  let walked = 0
  doc.share.entries = function* () {
    for (const entry of entries()) {
      walked += 1
      yield entry
    }
  } as typeof doc.share.entries
  work()
  return walked
}

function notes(count: number): Y.Doc {
  const doc = new Y.Doc()
  doc.transact(() => {
    for (let index = 0; index < count; index += 1) doc.getText(`note:q${index}`).insert(0, `text ${index}`)
  })
  return doc
}

describe('root names', () => {
  test('no root is looked up in any encoding: of a document, for a peer, as an event, of a part', () => {
    const doc = notes(200)
    const peer = notes(0)
    Y.applyUpdate(peer, Y.encodeStateAsUpdate(doc))
    const events: Uint8Array[] = []
    peer.on('update', (update: Uint8Array) => events.push(update))
    const walked = rootsWalked(peer, () => {
      for (let index = 0; index < 200; index += 1) peer.getText(`note:r${index}`).insert(0, 'typed')
      Y.encodeStateAsUpdate(peer)
      Y.encodeStateAsUpdate(peer, Y.encodeStateVector(doc))
      Y.encodeStateAsUpdateV2(peer)
    })
    expect([walked, events.length]).toEqual([0, 200])
  })

  test('what is written is what Yjs writes by itself', () => {
    const doc = fresh(1)
    doc.getText('note:a').insert(0, 'a')
    doc.getArray('quests').push([1, { two: 3 }])
    doc.getMap('map').set('key', new Y.Map([['nested', new Y.Array()]]))
    doc.getArray('quests').delete(0)
    const written = Array.from(Y.encodeStateAsUpdate(doc), (byte) => byte.toString(16).padStart(2, '0')).join('')
    expect(written).toBe(
      '010501000401066e6f74653a610161010106717565737473018801010176010374776f7d032701036d6170036b65790127000103066e6573746564000101010101',
    )
  })

  test('a root keeps its name when it becomes known as a text, and no other type has one', () => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(notes(1)))
    const [plain] = [...doc.share.values()] as object[]
    const text = doc.getText('note:q0')
    const nested = doc.getMap('map').set('key', new Y.Map())
    expect([plain === text, rootName(text), rootName(nested), rootName(new Y.Text())]).toEqual([
      false,
      'note:q0',
      null,
      null,
    ])
  })
})

type Range = readonly [client: number, clock: number, length: number]

function fresh(client: number): Y.Doc {
  const doc = new Y.Doc()
  doc.clientID = client
  return doc
}

/** One struct of so many elements, as Yjs by itself makes and keeps them. */
function longStruct(client: number, length: number): Uint8Array {
  const doc = fresh(client)
  return doc.transact(() => {
    doc.getArray('quests').push(Array.from({ length }, (_, index) => `${client}/${index}`))
    return Y.encodeStateAsUpdate(doc)
  })
}

function deletion(ranges: readonly Range[]): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  const byClient = Map.groupBy(ranges, ([client]) => client)
  for (const part of [0, byClient.size]) encoder.writeLen(part)
  for (const [client, ofClient] of byClient) {
    for (const part of [client, ofClient.length]) encoder.writeLen(part)
    for (const [, clock, length] of ofClient) for (const part of [clock, length]) encoder.writeLen(part)
  }
  return encoder.toUint8Array()
}

const everySecond = (length: number): Range[] => Array.from({ length: length / 2 }, (_, half) => [1, 2 * half, 1])

describe('structs of bounded length', () => {
  const longest = (doc: Y.Doc) =>
    Math.max(...[...doc.store.clients.values()].flat().map(({ length, deleted }) => (deleted ? 0 : length)))

  test('a longer one is cut when it comes, and what is written in a row grows no longer', () => {
    const doc = fresh(2)
    Y.applyUpdate(doc, longStruct(1, 10_000))
    for (let index = 0; index < 3_000; index += 1) doc.getArray('quests').push([`2/${index}`])
    const copy = fresh(3)
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
    expect([longest(doc), longest(copy)]).toEqual([LONGEST_STRUCT, LONGEST_STRUCT])
    expect(doc.getArray('quests').toJSON()).toEqual([
      ...Array.from({ length: 10_000 }, (_, index) => `1/${index}`),
      ...Array.from({ length: 3_000 }, (_, index) => `2/${index}`),
    ])
    expect(copy.getArray('quests').toJSON()).toEqual(doc.getArray('quests').toJSON())
  })

  test('a struct by which Yjs counts an earlier one of the same update is never cut', () => {
    const author = fresh(1)
    const update = author.transact(() => {
      author.getArray('quests').push(Array.from({ length: 3_000 }, (_, index) => index))
      author.getText('note:q1').insert(0, 'between')
      author.getArray('quests').push(Array.from({ length: 3_000 }, (_, index) => -index))
      return Y.encodeStateAsUpdate(author)
    })
    const doc = fresh(2)
    Y.applyUpdate(doc, update)
    expect([doc.store.pendingStructs, doc.getArray('quests').length]).toEqual([null, 6_000])
  })

  for (const inOne of [true, false]) {
    const when = inOne ? 'in the transaction that brings it' : 'later'
    test(`deleting every second element of a long list ${when} copies each only a few times`, () => {
      let copied = 0
      const { splice } = Y.ContentAny.prototype
      Y.ContentAny.prototype.splice = function (offset) {
        copied += this.arr.length
        return splice.call(this, offset)
      }
      const doc = fresh(2)
      const apply = () => {
        for (const update of [longStruct(1, 20_000), deletion(everySecond(20_000))]) Y.applyUpdate(doc, update)
      }
      if (inOne) doc.transact(apply)
      else apply()
      Y.ContentAny.prototype.splice = splice
      expect(doc.getArray('quests').toJSON()).toEqual(Array.from({ length: 10_000 }, (_, half) => `1/${2 * half + 1}`))
      expect(copied).toBeLessThan(20_000 * LONGEST_STRUCT)
    })
  }

  test('any deletions in any order, with and after the structs, leave what they should and the same everywhere', () => {
    for (let seed = 1; seed <= 30; seed += 1) {
      const random = seededRandom(seed)
      const draw = (bound: number) => Math.floor(random() * bound)
      const clients = [11, 12, 13]
      const ranges = Array.from({ length: 40 }, (): Range => [11 + draw(3), draw(4_900), 1 + draw(100)])
      const updates = clients.map((client) => longStruct(client, 5_000))
      const parts = [ranges.slice(0, 20), ranges.slice(20)].map(deletion)
      const [together, apart] = [fresh(1), fresh(2)]
      together.transact(() => {
        for (const update of [...updates, ...parts]) Y.applyUpdate(together, update)
      })
      for (const update of [...updates.toReversed(), ...parts.toReversed()]) Y.applyUpdate(apart, update)
      const gone = new Set<string>()
      for (const [client, clock, length] of ranges) {
        for (let at = clock; at < clock + length; at += 1) gone.add(`${client}/${at}`)
      }
      const left = clients.flatMap((client) => Array.from({ length: 5_000 }, (_, index) => `${client}/${index}`))
      expect(together.getArray('quests').toJSON(), `seed ${seed}`).toEqual(left.filter((name) => !gone.has(name)))
      expect(apart.getArray('quests').toJSON(), `seed ${seed}`).toEqual(together.getArray('quests').toJSON())
      expect(Y.encodeStateVector(apart)).toEqual(Y.encodeStateVector(together))
    }
  })
})
