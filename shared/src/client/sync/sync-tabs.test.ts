import { describe, expect, test } from 'vitest'
import { applyUpdate } from 'yjs'
import { memoryLocalStores } from '../rescue/memory-local-store.ts'
import { addQuest, makeDevice, untilSync } from '../testing/devices.ts'
import { syncFixture } from '../testing/sync-fixture.ts'
import type { SharedStatus } from './shared-status.ts'

const sync = syncFixture()

describe('tabs', () => {
  test('a tab that follows shows the standing of the tab that owns the socket', async () => {
    const device = makeDevice()
    const owner = await sync.open(device)
    const other = await sync.open(device)
    owner.shareStatus((status) => other.followStatus(structuredClone(status)))
    sync.connect(owner)
    expect(await untilSync(other, 'saved')).toEqual(owner.state.getState().sync)
    await sync.server.crash()
    await untilSync(other, 'offline')
  })

  test('a tab that follows moves to a new epoch with the owner, and brings what only it has', async () => {
    const device = sync.movingDevice()
    const owner = await sync.open(device)
    const other = await sync.open(device)
    const onlyThere = addQuest(other, 'Only there')
    other.note(onlyThere).insert(0, 'typed there')
    owner.shareStatus((status) => other.followStatus(structuredClone(status)))
    sync.rebase()
    sync.connect(owner)
    const moved = await sync.untilMoved(other)
    expect(moved.ref.documentName).toBe('w:01K00000000000000000000000:2')
    expect(moved.projection.quest(onlyThere)?.title).toBe('Only there')
    await sync.untilMoved(owner)
  })

  test('a tab that follows learns what the owner got acknowledged', async () => {
    const device = makeDevice()
    const owner = await sync.open(device)
    const other = await sync.open(device)
    other.doc.on('update', (update: Uint8Array) => applyUpdate(owner.doc, update, 'tabs'))
    addQuest(other, 'From here')
    owner.shareStatus((status) => other.followStatus(structuredClone(status)))
    sync.connect(owner)
    await untilSync(owner, 'saved')
    expect(other.state.getState().sync).toEqual(owner.state.getState().sync)
    await sync.server.crash()
    expect(await untilSync(other, 'offline')).toEqual({ kind: 'offline', unsavedChanges: 0 })
  })

  test('an edit that has not reached the owner is not called saved', async () => {
    const device = makeDevice()
    const owner = await sync.open(device)
    const other = await sync.open(device)
    let last: SharedStatus | null = null
    owner.shareStatus((status) => {
      last = status
      other.followStatus(status)
    })
    sync.connect(owner)
    await untilSync(other, 'saved')
    addQuest(other, 'Only here')
    expect(other.state.getState().sync).toEqual({ kind: 'saving', unsavedChanges: 1 })
    other.followStatus(last)
    expect(other.state.getState().sync).toEqual({ kind: 'saving', unsavedChanges: 1 })
  })

  test('while others write to the disk, neither the owner nor a tab that follows says saved', async () => {
    const disks = new Set<(isCaughtUp: boolean) => void>()
    const device = makeDevice({
      openLocalStore: async (documentName) => ({
        ...(await memoryLocalStores()(documentName)),
        onCaughtUp(listener) {
          disks.add(listener)
          listener(true)
          return () => disks.delete(listener)
        },
      }),
    })
    const owner = await sync.open(device)
    const other = await sync.open(device)
    owner.shareStatus((status) => other.followStatus(structuredClone(status)))
    sync.connect(owner)
    const saved = await untilSync(other, 'saved')
    for (const tell of disks) tell(false)
    for (const tab of [owner, other]) {
      expect(tab.state.getState().sync).toEqual({ kind: 'saving', unsavedChanges: 0 })
    }
    for (const tell of disks) tell(true)
    for (const tab of [owner, other]) expect(tab.state.getState().sync).toEqual(saved)
    await sync.close(owner)
    await sync.close(other)
    expect(disks.size).toBe(0)
  })

  test('a tab that takes over connects only once it has read what the others left on the disk', async () => {
    const looked = Promise.withResolvers<void>()
    const device = makeDevice({
      async openLocalStore(documentName) {
        return { ...(await memoryLocalStores()(documentName)), catchUp: () => looked.promise }
      },
    })
    const heir = await sync.open(device)
    sync.connect(heir)
    const other = await sync.open(makeDevice())
    sync.connect(other)
    await untilSync(other, 'saved')
    expect(sync.server.tokens).toHaveLength(1)
    looked.resolve()
    await untilSync(heir, 'saved')
    expect(sync.server.tokens).toHaveLength(2)
  })

  test('a tab that takes over knows what the former owner got acknowledged', async () => {
    const device = makeDevice()
    const former = await sync.open(device)
    const heir = await sync.open(device)
    former.doc.on('update', (update: Uint8Array) => applyUpdate(heir.doc, update, 'tabs'))
    sync.connect(former)
    addQuest(former, 'Saved')
    await untilSync(former, 'saved')
    former.disconnect()
    addQuest(former, 'Not yet')
    await sync.close(former)
    await sync.server.crash()

    sync.connect(heir)
    await untilSync(heir, 'offline')
    expect(heir.state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 1 })
  })
})
