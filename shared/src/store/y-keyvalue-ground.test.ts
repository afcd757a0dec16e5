import { expect, test } from 'vitest'
import { YKeyValue } from 'y-utility/y-keyvalue'
import * as Y from 'yjs'

interface Pair {
  key: string
  val: string
}

const FIELDS = 12

/** How many pairs YKeyValue reads to set one field of the quest in the middle, with a key for each field. */
function pairsReadByOneEdit(quests: number): number {
  const array = new Y.Doc().getArray<Pair>('fields')
  array.push(
    Array.from({ length: quests * FIELDS }, (_, index) => ({
      key: `q${Math.floor(index / FIELDS)}/field${index % FIELDS}`,
      val: 'as it was',
    })),
  )
  const store = new YKeyValue(array)
  let read = 0
  const all = array.toArray.bind(array)
  array.toArray = () => {
    const pairs = all()
    read += pairs.length
    return pairs
  }
  array[Symbol.iterator] = function* () {
    for (const pair of all()) {
      read += 1
      yield pair
    }
  }
  store.set(`q${quests / 2}/field0`, 'edited')
  expect([store.get(`q${quests / 2}/field0`), array.length]).toEqual(['edited', quests * FIELDS])
  return read
}

/** An alternative to the store that was tried. A failure says that an upgrade may have made it one again. */
test('YKeyValue reads the whole table, and more, to change one field: hence records that know their entries', () => {
  for (const quests of [100, 1_000]) expect(pairsReadByOneEdit(quests)).toBeGreaterThan(quests * FIELDS)
})
