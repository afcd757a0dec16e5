import 'fake-indexeddb/auto'
import {
  addQuest,
  makeDevice,
  TEST_REF,
  untilQuest,
  untilState,
  untilSync,
} from '@questlog/shared/client/testing/devices'
import { syncFixture } from '@questlog/shared/client/testing/sync-fixture'
import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import { IDBFactory, IDBObjectStore } from 'fake-indexeddb'
import { openDB } from 'idb'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { databaseNameOf } from './document-database.ts'
import { openIndexedDbLocalStore } from './indexeddb-local-store.ts'
import { openWebLocalStore } from './open-web-local-store.ts'

const NAME = TEST_REF.documentName
const sync = syncFixture()
beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory())
})

const makeTab = () => makeDevice({ openLocalStore: openWebLocalStore })

/** A tab that writes to the disk and is gone before it can tell the others. */
async function crashAfterWriting(title: string): Promise<void> {
  const tab = await makeDevice({ openLocalStore: (name) => openIndexedDbLocalStore(name) }).open()
  addQuest(tab, title)
  await tab.close()
}

/** What the server had committed at each moment from now on when the tab began to say saved. */
function claimsOf(tab: Workspace): unknown[][] {
  const claims: unknown[][] = []
  tab.state.subscribe(({ sync: { kind } }, before) => {
    if (kind === 'saved' && before.sync.kind !== 'saved') claims.push(sync.committedTitles())
  })
  return claims
}

describe('an edit of a tab that crashed before it could tell', () => {
  test('is saved by the tab that takes the socket', async () => {
    const tab = await sync.open(makeTab())
    await crashAfterWriting('Left behind')
    sync.connect(tab)
    await untilSync(tab, 'saved')
    expect(sync.committedTitles()).toEqual(['Left behind'])
  })

  test('is saved at once by a tab that is connected all the while, and that does not say saved before', async () => {
    const tab = await sync.open(makeTab())
    sync.connect(tab)
    await untilSync(tab, 'saved')
    sync.server.hold()
    await crashAfterWriting('Left behind')
    expect(tab.state.getState().sync.kind).toBe('saving')
    const claims = claimsOf(tab)
    await sync.server.held()
    expect(tab.state.getState().sync).toEqual({ kind: 'saving', unsavedChanges: 1 })
    sync.server.release()
    await untilSync(tab, 'saved')
    expect(claims).toEqual([['Left behind']])
  })

  test('is called saved by no tab that follows the connected one', async () => {
    const device = makeTab()
    const owner = await sync.open(device)
    const other = await sync.open(device)
    owner.shareStatus((status) => other.followStatus(structuredClone(status)))
    sync.connect(owner)
    await untilSync(other, 'saved')
    await crashAfterWriting('Left behind')
    expect(other.state.getState().sync.kind).toBe('saving')
    const claims = claimsOf(other)
    await untilSync(other, 'saved')
    expect(claims).toEqual([['Left behind']])
  })

  test('is called saved by no tab while the connected one hangs', async () => {
    const device = makeTab()
    const other = await sync.open(device)
    other.followStatus({
      link: { kind: 'joined' },
      savedAt: 1,
      acknowledged: { clocks: [], deletions: 0 },
      readOnly: false,
      serverAheadMs: null,
      movedTo: null,
    })
    await untilSync(other, 'saved')
    await crashAfterWriting('Left behind')
    expect(other.state.getState().sync.kind).toBe('saving')
    await untilState(other, () => other.projection.count({ kind: 'all' }) === 1)
    expect(other.state.getState().sync).toEqual({ kind: 'saving', unsavedChanges: 1 })
  })

  test('is saved at each reconnection, before anything is called saved', async () => {
    const device = makeTab()
    const tab = await sync.open(device)
    sync.connect(tab)
    await untilSync(tab, 'saved')
    await sync.server.crash()
    await untilSync(tab, 'offline')
    await crashAfterWriting('Left behind')
    await sync.server.start()
    device.time.advance(60_000)
    await untilSync(tab, 'saved')
    expect(sync.committedTitles()).toEqual(['Left behind'])
  })
})

test('what another device did is on the server already: writing it to the disk leaves every tab saved', async () => {
  const device = makeTab()
  const [owner, follower] = [await sync.open(device), await sync.open(device)]
  owner.shareStatus((status) => follower.followStatus(structuredClone(status)))
  sync.connect(owner)
  const elsewhere = await sync.open(makeDevice())
  sync.connect(elsewhere)
  const tabs = [owner, follower, elsewhere]
  for (const tab of tabs) await untilSync(tab, 'saved')
  const shown: string[] = []
  for (const tab of [owner, follower]) tab.state.subscribe(({ sync: { kind } }) => shown.push(kind))
  const id = addQuest(elsewhere, 'From the phone')
  for (const tab of tabs) await untilQuest(tab, id, 'From the phone')
  await owner.flush()
  await untilSync(elsewhere, 'saved')
  expect(shown.filter((kind) => kind !== 'saved')).toEqual([])
})

describe('a full disk', () => {
  /** From now on nothing can be written; the answer makes room again. */
  function fillDisk(): () => void {
    const writes = (['add', 'put'] as const).map((method) =>
      vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(() => {
        throw new DOMException('no room', 'QuotaExceededError')
      }),
    )
    return () => {
      for (const write of writes) write.mockRestore()
    }
  }

  test('is told beside a status that stays true: saved is what the server has committed', async () => {
    const device = makeTab()
    const tab = await sync.open(device)
    sync.connect(tab)
    await untilSync(tab, 'saved')
    const makeRoom = fillDisk()
    sync.server.hold()
    addQuest(tab, 'Not on disk')
    await untilState(tab, ({ storageError }) => storageError?.kind === 'quota-exceeded')
    await sync.server.held()
    expect(tab.state.getState().sync).toEqual({ kind: 'saving', unsavedChanges: 1 })
    sync.server.release()
    await untilSync(tab, 'saved')
    expect(sync.committedTitles()).toEqual(['Not on disk'])
    expect(tab.state.getState().storageError).toEqual({ kind: 'quota-exceeded' })
    makeRoom()
  })

  test('does not keep a tab from reading what another, now crashed, had written while there was room', async () => {
    const tab = await sync.open(makeTab())
    sync.connect(tab)
    await untilSync(tab, 'saved')
    const makeRoom = fillDisk()
    addQuest(tab, 'Not on disk')
    await untilState(tab, ({ storageError }) => storageError?.kind === 'quota-exceeded')
    await untilSync(tab, 'saved')
    makeRoom()
    const claims = claimsOf(tab)
    await crashAfterWriting('Left behind')
    await untilSync(tab, 'saved')
    expect(claims).toEqual([['Left behind', 'Not on disk']])
    await tab.flush()
  })

  test('once there is room again, what it refused is unsaved in the other tabs until the server has it', async () => {
    const device = makeTab()
    const [owner, other] = [await sync.open(device), await sync.open(device)]
    owner.shareStatus((status) => other.followStatus(structuredClone(status)))
    sync.connect(owner)
    await untilSync(other, 'saved')
    const makeRoom = fillDisk()
    addQuest(other, 'Held back')
    await untilState(other, ({ storageError }) => storageError?.kind === 'quota-exceeded')
    expect(other.state.getState().sync).toEqual({ kind: 'saving', unsavedChanges: 1 })
    makeRoom()
    const claims = claimsOf(owner)
    sync.server.hold()
    await other.flush()
    expect(owner.state.getState().sync.kind).toBe('saving')
    sync.server.release()
    await untilSync(other, 'saved')
    await untilSync(owner, 'saved')
    expect(claims).toEqual([['Held back']])
  })
})

describe('a row that does not decode', () => {
  /** Makes one of the stored rows unreadable. */
  async function corruptRow(index: number): Promise<void> {
    const database = await openDB(databaseNameOf(NAME))
    const keys = await database.getAllKeys('updates')
    expect(keys).toHaveLength(3)
    await database.put('updates', new Uint8Array([255, 255]), keys[index])
    database.close()
  }

  test.each([0, 1, 2])('comes back from the server, and is told once (row %i of 3)', async (index) => {
    const device = makeTab()
    const first = await sync.open(device)
    sync.connect(first)
    const titles = ['first', 'second', 'third']
    const ids = titles.map((title) => addQuest(first, title))
    await first.flush()
    await untilState(first, ({ sync: status }) => status.kind === 'saved')
    await sync.close(first)
    await corruptRow(index)

    const second = await sync.open(device)
    const told: unknown[] = [second.state.getState().storageError]
    second.state.subscribe(({ storageError }) => {
      if (storageError !== told.at(-1)) told.push(storageError)
    })
    sync.connect(second)
    for (const [place, id] of ids.entries()) await untilQuest(second, id, titles[place] ?? '')
    await untilSync(second, 'saved')
    await second.flush()
    expect(told).toEqual([{ kind: 'corrupt', quarantinedRows: 1 }])
    await sync.close(second)

    const third = await sync.open(device)
    expect(third.state.getState().storageError).toBeNull()
    expect(ids.map((id) => third.projection.quest(id)?.title)).toEqual(titles)
    expect(third.state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 0 })
  })
})
