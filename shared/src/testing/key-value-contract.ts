import { describe, expect, test } from 'vitest'
import type { KeyChange, SharedKeyValue } from '../client/ports/key-value.ts'

/** One device under test, on which nothing is kept yet. */
export interface KeyValueHarness {
  /** Another window of the device. */
  open(): SharedKeyValue
  /** Leaves no room for anything more. */
  fill(): void
}

/** The rules of the `KeyValue` and `SharedKeyValue` ports, to be run by every adapter. */
export function describeKeyValueContract(name: string, makeHarness: () => KeyValueHarness): void {
  describe(`KeyValue contract: ${name}`, () => {
    test('what one window writes every window reads, from then on', () => {
      const device = makeHarness()
      const [here, there] = [device.open(), device.open()]
      expect(here.read('name')).toBeNull()
      expect(here.write('name', 'Ana')).toBe(true)
      there.write('name', 'Ben')
      expect([here.read('name'), there.read('name'), device.open().read('name')]).toEqual(['Ben', 'Ben', 'Ben'])
    })

    test('an empty text is a text', () => {
      const here = makeHarness().open()
      here.write('empty', '')
      expect([here.read('empty'), here.keys()]).toEqual(['', ['empty']])
    })

    test('what was removed is not there, and removing it again is no failure', () => {
      const here = makeHarness().open()
      for (const key of ['a', 'b', 'c']) here.write(key, key)
      here.remove('b')
      here.remove('b')
      expect([here.read('b'), [...here.keys()].sort()]).toEqual([null, ['a', 'c']])
    })

    test('a text for which there is no room is not kept, which the writer is told, and the former one stays', () => {
      const device = makeHarness()
      const here = device.open()
      here.write('name', 'Ana')
      device.fill()
      expect([here.write('name', 'Ben'), here.write('other', 'x')]).toEqual([false, false])
      expect([here.read('name'), here.read('other')]).toEqual(['Ana', null])
    })

    test('a window hears what others write and remove under a key, in order, and not what it does itself', () => {
      const device = makeHarness()
      const [here, there] = [device.open(), device.open()]
      const heard: KeyChange[] = []
      const unsubscribe = here.onChangedElsewhere('name', (change) => heard.push(change))
      here.write('name', 'Ana')
      there.write('other', 'x')
      there.write('name', 'Ben')
      there.remove('name')
      unsubscribe()
      there.write('name', 'Cai')
      expect(heard).toEqual([
        { before: 'Ana', now: 'Ben' },
        { before: 'Ben', now: null },
      ])
    })
  })
}
