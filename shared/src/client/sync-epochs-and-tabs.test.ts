import { describe, expect, test } from 'vitest'
import { applyUpdate } from 'yjs'
import { memoryChangeLogs } from './memory-change-log.ts'
import { memoryLocalStores } from './memory-local-store.ts'
import { addQuest, makeDevice, TEST_REF, untilQuest, untilState, untilSync } from './testing/devices.ts'
import { syncFixture } from './testing/sync-fixture.ts'
import type { SharedStatus } from './workspace.ts'

const NAME = TEST_REF.documentName
const sync = syncFixture()

describe('a new epoch', () => {
  const NEXT = 'w:01K00000000000000000000000:2'

  test('is moved to: what was here is merged into the new document, on disk, and goes on syncing', async () => {
    const device = makeDevice()
    const old = await sync.open(device)
    const mine = addQuest(old, 'Offline')
    old.note(mine).insert(0, 'With a note')
    const author = await sync.open(makeDevice(), { documentName: NEXT })
    sync.connect(author)
    const theirs = addQuest(author, 'Already moved')
    await untilSync(author, 'saved')

    sync.server.deny = (name) => (name === NAME ? 'refused:old-epoch:2' : null)
    sync.connect(old)
    const { successor } = await untilState(old, (state) => state.successor !== null)
    if (successor === null) throw new Error('unreachable')
    sync.adopt(successor)
    expect(successor.ref.documentName).toBe(NEXT)
    await untilQuest(successor, theirs, 'Already moved')
    await untilQuest(author, mine, 'Offline')
    await untilSync(successor, 'saved')
    expect(author.note(mine).toString()).toBe('With a note')
    expect(device.disks.has(NEXT)).toBe(true)
    expect(device.disks.has(NAME)).toBe(true)
  })

  test('overrides what was edited here in the meantime visibly: the history has the value that gave way', async () => {
    const device = makeDevice({ openChangeLog: memoryChangeLogs() })
    const old = await sync.open(device)
    const id = addQuest(old, 'Base')
    const elsewhere = makeDevice()
    const author = await sync.open(elsewhere, { documentName: NEXT })
    await author.mergeFrom(old)
    old.dispatch({ kind: 'editQuest', id, fields: { title: 'Edited offline' } })
    elsewhere.time.advance(60_000)
    author.dispatch({ kind: 'editQuest', id, fields: { title: 'Edited later' } })
    sync.connect(author)
    await untilSync(author, 'saved')

    sync.server.deny = (name) => (name === NAME ? 'refused:old-epoch:2' : null)
    sync.connect(old)
    const { successor } = await untilState(old, (state) => state.successor !== null)
    if (successor === null) throw new Error('unreachable')
    sync.adopt(successor)
    await untilQuest(successor, id, 'Edited later')
    const changes = await successor.changes.ofQuest(id)
    expect(
      changes.map(({ change, path, before, after, replacedOwn }) => [change, path, before, after, replacedOwn]),
    ).toEqual([
      ['changed', 'title', 'Edited offline', 'Edited later', true],
      ['changed', 'title', 'Base', 'Edited offline', false],
      ['created', null, null, null, false],
    ])
  })

  test('edits made before the screens have changed over follow', async () => {
    const old = await sync.open(makeDevice())
    sync.server.deny = (name) => (name === NAME ? 'refused:old-epoch:2' : null)
    sync.connect(old)
    const { successor } = await untilState(old, (state) => state.successor !== null)
    if (successor === null) throw new Error('unreachable')
    sync.adopt(successor)
    const id = addQuest(old, 'Just then')
    await untilQuest(successor, id, 'Just then')
  })

  test.each([1, 2])('epoch %i, which is not newer than 2, is refused, and nothing is moved', async (epoch) => {
    const old = await sync.open(makeDevice(), { documentName: NEXT })
    sync.server.deny = () => `refused:old-epoch:${epoch}`
    const moves: (string | null)[] = []
    old.shareStatus(({ movedTo }) => moves.push(movedTo))
    sync.connect(old)
    expect(await untilSync(old, 'refused')).toMatchObject({ reason: 'old-epoch' })
    expect(new Set(moves)).toEqual(new Set([null]))
    expect(old.state.getState().successor).toBeNull()
  })
})

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
    const device = makeDevice()
    const owner = await sync.open(device)
    const other = await sync.open(device)
    const onlyThere = addQuest(other, 'Only there')
    owner.shareStatus((status) => other.followStatus(structuredClone(status)))
    sync.server.deny = (name) => (name === NAME ? 'refused:old-epoch:2' : null)
    sync.connect(owner)
    const moved = await untilState(other, ({ successor }) => successor !== null)
    if (moved.successor === null) throw new Error('unreachable')
    sync.adopt(moved.successor)
    expect(moved.successor.ref.documentName).toBe('w:01K00000000000000000000000:2')
    expect(moved.successor.projection.quest(onlyThere)?.title).toBe('Only there')
    const { successor } = await untilState(owner, (state) => state.successor !== null)
    if (successor !== null) sync.adopt(successor)
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
