import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { entryFault } from '../../store/entry.ts'
import { LocalStoreFailure } from '../ports/local-store.ts'
import { memoryLocalStores } from '../rescue/memory-local-store.ts'
import { addQuest, makeDevice, TEST_REF, untilQuest, untilState, untilSync } from '../testing/devices.ts'
import { syncFixture } from '../testing/sync-fixture.ts'
import type { Workspace } from '../workspace/workspace.ts'

const sync = syncFixture()

/** Takes no element that is no entry, as the server does. */
function refuseUnreadable(): void {
  sync.server.admit = (update) => {
    const isUnreadable = Y.decodeUpdate(update).structs.some((struct) => {
      const content = struct instanceof Y.Item ? struct.content : null
      return (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) && content.arr.some(entryFault)
    })
    return isUnreadable ? 'refused:entry-shape' : null
  }
}

/** What a build with a fault would have written. */
function damage(workspace: Workspace): void {
  const doc = new Y.Doc()
  doc.getArray('quests').push([{ title: 'Unreadable' }])
  Y.applyUpdate(workspace.doc, Y.encodeStateAsUpdate(doc))
}

test('[R14] one unreadable entry blocks a log until it is set aside, at the person’s word; then all the rest is sent', async () => {
  refuseUnreadable()
  const device = makeDevice()
  const workspace = await sync.open(device)
  addQuest(workspace, 'Readable')
  damage(workspace)
  sync.connect(workspace)
  await untilSync(workspace, 'refused')
  expect(workspace.countUnreadable()).toBe(1)
  expect(workspace.setAside()).toEqual([])

  expect(await workspace.setAsideUnreadable()).toBe(1)
  await untilSync(workspace, 'saved')
  expect(sync.committedTitles()).toEqual(['Readable'])
  expect(workspace.state.getState().problems).toBe(0)
  expect(await workspace.setAsideUnreadable()).toBe(0)

  const kept = [{ root: 'quests', value: { title: 'Unreadable' }, setAsideAt: device.time.now() }]
  expect(workspace.exportLog().setAside).toMatchObject(kept)
  await sync.close(workspace)
  expect((await sync.open(device)).exportLog().setAside).toMatchObject(kept)
})

test('[R14] set aside in a tab without the socket, the one that holds it goes on syncing', async () => {
  refuseUnreadable()
  const device = makeDevice()
  const [owner, other] = [await sync.open(device), await sync.open(device)]
  damage(owner)
  const id = addQuest(owner, 'Readable')
  const relay = (from: Workspace, to: Workspace) =>
    from.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'tabs') Y.applyUpdate(to.doc, update, 'tabs')
    })
  Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(owner.doc), 'tabs')
  relay(owner, other)
  relay(other, owner)
  owner.shareStatus((status) => other.followStatus(structuredClone(status)))
  sync.connect(owner)
  await untilSync(other, 'refused')
  expect(await other.setAsideUnreadable()).toBe(1)
  await untilSync(owner, 'saved')
  await untilQuest(other, id, 'Readable')
})

test('[R14] what the server holds already is never set aside', async () => {
  const workspace = await sync.open(makeDevice())
  sync.connect(workspace)
  damage(workspace)
  await untilState(workspace, ({ problems, sync: { kind } }) => problems === 1 && kind === 'saved')
  expect(await workspace.setAsideUnreadable()).toBe(0)
  expect(workspace.state.getState().problems).toBe(1)
})

test('[R14] nothing is removed where the disk cannot keep it', async () => {
  const device = makeDevice({
    async openLocalStore(documentName) {
      const store = await memoryLocalStores()(documentName)
      return { ...store, setMeta: () => Promise.reject(new LocalStoreFailure({ kind: 'quota-exceeded' })) }
    },
  })
  const workspace = await sync.open(device)
  damage(workspace)
  await expect(workspace.setAsideUnreadable()).rejects.toThrow(LocalStoreFailure)
  expect(workspace.countUnreadable()).toBe(1)
})

test('[R14] what was set aside comes along when a log is merged or moved', async () => {
  const [account, local] = [await sync.open(makeDevice()), await sync.open(makeDevice())]
  damage(local)
  await local.setAsideUnreadable()
  await account.mergeFrom(local)
  await account.mergeFrom(local)
  expect(account.exportLog().setAside).toHaveLength(1)
  sync.server.deny = (name) => (name === TEST_REF.documentName ? 'refused:old-epoch:2' : null)
  sync.connect(account)
  const successor = await sync.untilMoved(account)
  expect(successor.exportLog().setAside).toEqual(account.exportLog().setAside)
})
