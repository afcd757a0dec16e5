import { afterEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type LocalStoreError, LocalStoreFailure, type OpenLocalStore } from '../client/ports/local-store.ts'
import { describeFacts } from './local-store-facts-contract.ts'

/** One adapter under test, with a disk of its own. */
export interface LocalStoreHarness {
  readonly open: OpenLocalStore
  readonly dispose?: () => Promise<void>
}

/** What an adapter's tests can do to its disk; each hook given adds the rules that need it. */
export interface LocalStoreFaults<Harness extends LocalStoreHarness> {
  /**
   * Ends the program as a crash would: nothing is closed, what has not reached the disk is gone. Afterwards
   * `open` opens the same disk again.
   */
  readonly crash?: (device: Harness) => Promise<void>
  /** Makes writes fail for want of space until the answer is called. */
  readonly fillDisk?: (device: Harness) => () => void
  /** Makes the document's first stored update unreadable; called while no store has it open. */
  readonly corruptFirstUpdate?: (device: Harness, documentName: string) => Promise<void>
}

const NAME = 'w:01K00000000000000000000000:1'
const OTHER = 'w:01K00000000000000000000001:1'

/** The rules of the `LocalStore` port, to be run by every adapter; rules that need a fault the adapter's tests cannot make are left out. */
export function describeLocalStoreContract<Harness extends LocalStoreHarness>(
  name: string,
  makeHarness: () => Promise<Harness>,
  faults: LocalStoreFaults<Harness> = {},
): void {
  describe(`LocalStore contract: ${name}`, () => {
    const cleanups: (() => Promise<void>)[] = []
    afterEach(async () => {
      for (const cleanup of cleanups.splice(0).reverse()) await cleanup()
    })

    const harness = async () => {
      const made = await makeHarness()
      cleanups.push(async () => made.dispose?.())
      return made
    }
    const openLoaded = async (from: LocalStoreHarness, documentName = NAME) => {
      const store = await from.open(documentName)
      const doc = new Y.Doc()
      await store.load(doc)
      cleanups.push(() => store.close().catch(() => undefined))
      return { store, doc, list: doc.getArray<string>('list') }
    }

    test('what was flushed is there when opened again', async () => {
      const device = await harness()
      const first = await openLoaded(device)
      first.list.push(['a'])
      first.list.push(['b'])
      await first.store.flush()
      await first.store.close()

      expect((await openLoaded(device)).list.toArray()).toEqual(['a', 'b'])
    })

    test('close flushes', async () => {
      const device = await harness()
      const first = await openLoaded(device)
      first.list.push(['a'])
      await first.store.close()

      expect((await openLoaded(device)).list.toArray()).toEqual(['a'])
    })

    test('updates from elsewhere are kept like local ones, whatever their origin', async () => {
      const device = await harness()
      const first = await openLoaded(device)
      const elsewhere = new Y.Doc()
      elsewhere.getArray('list').push(['remote'])
      Y.applyUpdate(first.doc, Y.encodeStateAsUpdate(elsewhere), { source: 'server' })
      await first.store.close()

      expect((await openLoaded(device)).list.toArray()).toEqual(['remote'])
    })

    test('deletions are kept', async () => {
      const device = await harness()
      const first = await openLoaded(device)
      first.list.push(['a', 'b', 'c'])
      await first.store.flush()
      first.list.delete(1)
      await first.store.close()

      expect((await openLoaded(device)).list.toArray()).toEqual(['a', 'c'])
    })

    test('content is the same after many openings and many updates', async () => {
      const device = await harness()
      const expected: string[] = []
      for (let opening = 0; opening < 4; opening += 1) {
        const { store, list } = await openLoaded(device)
        expect(list.toArray()).toEqual(expected)
        for (let update = 0; update < 300; update += 1) {
          list.push([`${opening}.${update}`])
          expected.push(`${opening}.${update}`)
        }
        await store.close()
      }
      expect((await openLoaded(device)).list.toArray()).toEqual(expected)
    })

    test('documents do not share rows or facts', async () => {
      const device = await harness()
      const first = await openLoaded(device, NAME)
      const second = await openLoaded(device, OTHER)
      first.list.push(['first'])
      await first.store.setMeta('fact', 1)
      await first.store.flush()
      await second.store.flush()

      expect(second.list.toArray()).toEqual([])
      expect(await second.store.getMeta('fact')).toBeUndefined()
    })

    describeFacts(harness, openLoaded, [NAME, OTHER])

    test('after close the document stays usable, and its updates are no longer kept', async () => {
      const device = await harness()
      const first = await openLoaded(device)
      first.list.push(['kept'])
      await first.store.close()
      first.list.push(['not kept'])

      expect(first.list.toArray()).toEqual(['kept', 'not kept'])
      expect((await openLoaded(device)).list.toArray()).toEqual(['kept'])
    })

    test('a closed store refuses with `closed`; closing again does nothing', async () => {
      const { store } = await openLoaded(await harness())
      await store.close()
      await store.close()

      expect(await reasonOf(() => store.flush())).toEqual({ kind: 'closed' })
      expect(await reasonOf(() => store.setMeta('fact', 1))).toEqual({ kind: 'closed' })
      expect(await reasonOf(() => store.getMeta('fact'))).toEqual({ kind: 'closed' })
      expect(await reasonOf(() => store.changeMeta('fact', () => 1))).toEqual({ kind: 'closed' })
      expect(await reasonOf(() => store.load(new Y.Doc()))).toEqual({ kind: 'closed' })
    })

    test('destroy removes updates, facts and what was kept at once, of this document alone', async () => {
      const device = await harness()
      const kept = await openLoaded(device, OTHER)
      kept.list.push(['kept'])
      kept.store.atOnce.write('id', 'kept')
      await kept.store.close()
      const { store, list } = await openLoaded(device, NAME)
      list.push(['gone'])
      await store.setMeta('fact', 1)
      store.atOnce.write('id', 'gone')
      await store.destroy()

      const again = await openLoaded(device, NAME)
      expect(again.list.toArray()).toEqual([])
      expect(await again.store.getMeta('fact')).toBeUndefined()
      expect(again.store.atOnce.keys()).toEqual([])
      const other = await openLoaded(device, OTHER)
      expect([other.list.toArray(), other.store.atOnce.read('id')]).toEqual([['kept'], 'kept'])
    })

    const { crash, fillDisk, corruptFirstUpdate } = faults

    if (crash !== undefined) {
      test('what was flushed before a crash is there after it', async () => {
        const device = await harness()
        const first = await openLoaded(device)
        for (let update = 0; update < 50; update += 1) first.list.push([`${update}`])
        await first.store.flush()
        await crash(device)

        expect((await openLoaded(device)).list.length).toBe(50)
      })

      test('a fact that was set before a crash is there after it', async () => {
        const device = await harness()
        const first = await openLoaded(device)
        await first.store.setMeta('fact', 7)
        await crash(device)

        expect(await (await openLoaded(device)).store.getMeta('fact')).toBe(7)
      })

      test('a crash in the middle of writes leaves a prefix of them, never a gap', async () => {
        const device = await harness()
        const first = await openLoaded(device)
        for (let update = 0; update < 50; update += 1) first.list.push([`${update}`])
        await crash(device)

        const found = (await openLoaded(device)).list.toArray()
        expect(found).toEqual(Array.from({ length: found.length }, (_, index) => `${index}`))
      })
    }

    if (fillDisk !== undefined) {
      test('a full disk is told, flush rejects, and nothing already written is lost', async () => {
        const device = await harness()
        const first = await openLoaded(device)
        const errors: LocalStoreError[] = []
        first.store.onError((error) => errors.push(error))
        first.list.push(['before'])
        await first.store.flush()
        const makeRoom = fillDisk(device)
        first.list.push(['while full'])

        expect(await reasonOf(() => first.store.flush())).toEqual({ kind: 'quota-exceeded' })
        expect(errors).toContainEqual({ kind: 'quota-exceeded' })
        expect(first.store.atOnce.write('id', '7')).toBe(false)
        makeRoom()
        await first.store.close().catch(() => undefined)
        expect((await openLoaded(device)).list.toArray()).toContain('before')
      })

      test('once there is room again, a flush writes what the full disk refused', async () => {
        const device = await harness()
        const first = await openLoaded(device)
        const makeRoom = fillDisk(device)
        first.list.push(['while full'])
        await reasonOf(() => first.store.flush())
        makeRoom()
        first.list.push(['after'])
        await first.store.flush()
        await first.store.close()

        expect((await openLoaded(device)).list.toArray()).toEqual(['while full', 'after'])
      })
    }

    if (corruptFirstUpdate !== undefined) {
      test('an unreadable update is set aside and told; the others are loaded', async () => {
        const device = await harness()
        const first = await openLoaded(device)
        first.doc.getMap('kept').set('a', 1)
        const other = new Y.Doc()
        other.getMap('kept').set('b', 2)
        Y.applyUpdate(first.doc, Y.encodeStateAsUpdate(other))
        await first.store.close()
        await corruptFirstUpdate(device, NAME)

        const store = await device.open(NAME)
        cleanups.push(() => store.close().catch(() => undefined))
        const errors: LocalStoreError[] = []
        store.onError((error) => errors.push(error))
        const doc = new Y.Doc()
        await store.load(doc)
        expect(doc.getMap('kept').toJSON()).toEqual({ b: 2 })
        expect(errors).toEqual([{ kind: 'corrupt', quarantinedRows: 1 }])
      })
    }
  })
}

async function reasonOf(act: () => Promise<unknown>): Promise<LocalStoreError | null> {
  try {
    await act()
    return null
  } catch (thrown) {
    if (thrown instanceof LocalStoreFailure) return thrown.reason
    throw thrown
  }
}
