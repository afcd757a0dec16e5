import { expect, test } from 'vitest'
import type { LocalStore, OpenLocalStore } from '../client/ports/local-store.ts'

/** A device's disk. */
interface Disk {
  readonly open: OpenLocalStore
}

/** The rules of a store's facts and of its texts that are kept at once; `name` and `other` are two documents. */
export function describeFacts(
  harness: () => Promise<Disk>,
  openLoaded: (from: Disk, documentName?: string) => Promise<{ readonly store: LocalStore }>,
  [name, other]: readonly [string, string],
): void {
  test('a fact is undefined before it is set, and afterwards what was last set', async () => {
    const device = await harness()
    const { store } = await openLoaded(device)
    expect(await store.getMeta('fact')).toBeUndefined()
    await store.setMeta('fact', { clocks: [[1, 2]], deletions: 0 })
    await store.setMeta('fact', { clocks: [[1, 3]], deletions: 4 })
    await store.close()

    expect(await (await openLoaded(device)).store.getMeta('fact')).toEqual({ clocks: [[1, 3]], deletions: 4 })
  })

  test('a fact is a copy: changing the object afterwards changes nothing', async () => {
    const { store } = await openLoaded(await harness())
    const fact = { list: [1] }
    await store.setMeta('fact', fact)
    fact.list.push(2)

    expect(await store.getMeta('fact')).toEqual({ list: [1] })
  })

  test('facts can be read before load', async () => {
    const device = await harness()
    const first = await openLoaded(device)
    await first.store.setMeta('fact', 'kept')
    await first.store.close()

    const store = await device.open(name)
    expect(await store.getMeta('fact')).toBe('kept')
    await store.close()
  })

  test('of all who change a fact, each is given what the one before made', async () => {
    const device = await harness()
    const [here, there] = [await openLoaded(device), await openLoaded(device)]
    const add = (value: unknown) => Number(value ?? 0) + 1
    await Promise.all([here, there, here, there].map(({ store }) => store.changeMeta('fact', add)))
    expect(await here.store.getMeta('fact')).toBe(4)
  })

  test('a fact stays as it is where the change answers undefined', async () => {
    const { store } = await openLoaded(await harness())
    await store.changeMeta('fact', () => undefined)
    expect(await store.getMeta('fact')).toBeUndefined()
    await store.setMeta('fact', 1)
    await store.changeMeta('fact', () => undefined)
    expect(await store.getMeta('fact')).toBe(1)
  })

  test('what is kept at once is there for all who open the document, until it is removed', async () => {
    const device = await harness()
    const [{ store }, beside] = [await openLoaded(device), await openLoaded(device, other)]
    expect([store.atOnce.read('id'), store.atOnce.keys()]).toEqual([null, []])
    expect([store.atOnce.write('id', '7'), store.atOnce.write('gone', '8')]).toEqual([true, true])
    store.atOnce.remove('gone')
    expect([beside.store.atOnce.read('id'), beside.store.atOnce.keys()]).toEqual([null, []])
    const { atOnce } = await device.open(name)
    expect([atOnce.read('id'), atOnce.keys()]).toEqual(['7', ['id']])
  })

  test('a closed store keeps nothing more at once; what it kept stays', async () => {
    const device = await harness()
    const { store } = await openLoaded(device)
    store.atOnce.write('id', '7')
    await store.close()
    expect(store.atOnce.write('id', '8')).toBe(false)
    expect((await openLoaded(device)).store.atOnce.read('id')).toBe('7')
  })
}
