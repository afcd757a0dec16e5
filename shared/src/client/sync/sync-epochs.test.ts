import { describe, expect, test, vi } from 'vitest'
import { encodeStateAsUpdate } from 'yjs'
import { memoryChangeLogs } from '../changes/memory-change-log.ts'
import { memoryLocalStores } from '../rescue/memory-local-store.ts'
import { addQuest, makeDevice, TEST_REF, untilQuest, untilSync } from '../testing/devices.ts'
import { syncFixture } from '../testing/sync-fixture.ts'

const NAME = TEST_REF.documentName
const NEXT = 'w:01K00000000000000000000000:2'
const sync = syncFixture()

describe('a new epoch', () => {
  test('[R33] is moved to: what was not sent is carried to the new document, on disk, and goes on syncing', async () => {
    const device = sync.movingDevice()
    const old = await sync.open(device)
    const mine = addQuest(old, 'Sent')
    old.note(mine).insert(0, 'With a note')
    sync.connect(old)
    await untilSync(old, 'saved')
    old.disconnect()
    addQuest(old, 'Offline')
    old.note(mine).insert(4, ' unsent')
    old.note(mine).delete(0, 4)
    expect(sync.rebase()).toBe(NEXT)
    const author = await sync.open(makeDevice(), { documentName: NEXT })
    sync.connect(author)
    const theirs = addQuest(author, 'Already moved')
    await untilSync(author, 'saved')
    author.note(mine).insert(11, '!')
    await untilSync(author, 'saved')

    sync.connect(old)
    expect(await untilSync(old, 'refused')).toEqual({ kind: 'refused', reason: 'old-epoch', unsavedChanges: 2 })
    const successor = await sync.untilMoved(old)
    expect(successor.ref.documentName).toBe(NEXT)
    expect(successor.projection.quest(theirs)?.title).toBe('Already moved')
    expect(successor.note(mine).toString()).toBe(' unsent a note!')
    expect(successor.state.getState().sync).toMatchObject({ kind: 'offline' })
    expect([device.disks.has(NEXT), device.disks.has(NAME)]).toEqual([true, true])
    sync.connect(successor)
    await untilSync(successor, 'saved')
    expect(sync.committedTitles(NEXT)).toEqual(['Already moved', 'Offline', 'Sent'])
    expect(sync.server.committed(NEXT).getText(`note:${mine}`).toString()).toBe(successor.note(mine).toString())
    await old.destroy()
    expect(device.disks.has(NAME)).toBe(false)
  })

  test('undo and redo go on in it, also of commands given to the old document meanwhile', async () => {
    const old = await sync.open(sync.movingDevice())
    const id = addQuest(old, 'First')
    old.dispatch({ kind: 'editQuest', id, fields: { title: 'Second' } })
    old.dispatch({ kind: 'editQuest', id, fields: { title: 'Third' } })
    old.undo()
    sync.rebase()
    sync.connect(old)
    const successor = await sync.untilMoved(old)
    expect(successor.state.getState()).toMatchObject({ canUndo: true, canRedo: true })
    expect(successor.redo()?.what).toEqual({ kind: 'editQuest', id, fields: { title: 'Third' } })
    expect(successor.projection.quest(id)?.title).toBe('Third')
    old.dispatch({ kind: 'editQuest', id, fields: { title: 'Fourth' } })
    const titles = [successor.projection.quest(id)?.title]
    while (successor.undo()) titles.push(successor.projection.quest(id)?.title)
    expect(titles).toEqual(['Fourth', 'Third', 'Second', 'First', undefined])
  })

  test('nothing is handed over, and what is unsent is counted, while the final state cannot be asked for', async () => {
    let isAway = true
    const device = sync.movingDevice({
      async fetchFinal(name) {
        if (isAway) throw new Error('away')
        return encodeStateAsUpdate(sync.server.committed(name))
      },
    })
    const old = await sync.open(device)
    addQuest(old, 'Offline')
    sync.rebase()
    sync.connect(old)
    await untilSync(old, 'refused')
    await vi.waitFor(() => expect(device.time.pending()).not.toEqual([]))
    for (let time = 0; time < 3; time += 1) {
      await vi.waitFor(() => expect(device.time.pending().some((ms) => ms < 10_000)).toBe(true))
      device.time.advance(8_000)
    }
    expect(old.state.getState()).toMatchObject({ successor: null, sync: { reason: 'old-epoch', unsavedChanges: 1 } })
    isAway = false
    const timer = setInterval(() => device.time.advance(1_000), 5)
    const successor = await sync.untilMoved(old)
    clearInterval(timer)
    expect(successor.projection.list({ kind: 'all' })).toHaveLength(1)
  })

  test('a log is closed at once, whatever a move under way waits for', async () => {
    let asked = () => {}
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve
    })
    const device = sync.movingDevice({
      fetchFinal() {
        asked()
        return new Promise(() => {})
      },
    })
    const old = await sync.open(device)
    sync.rebase()
    sync.connect(old)
    await isAsked
    await sync.close(old)
    expect(old.state.getState().successor).toBeNull()
  })

  test('a move that ended in the middle is made again, and nothing is lost or doubled', async () => {
    const device = sync.movingDevice()
    const first = await sync.open(device)
    const id = addQuest(first, 'Offline')
    first.note(id).insert(0, 'written offline')
    sync.rebase()
    sync.connect(first)
    // As if the device had died right after the hand-over.
    const half = await sync.untilMoved(first)
    sync.connect(half)
    await untilSync(half, 'saved')
    await sync.close(half)
    first.disconnect()
    first.note(id).insert(15, ', and later')

    const again = await sync.open(device)
    sync.connect(again)
    const successor = await sync.untilMoved(again)
    sync.connect(successor)
    await untilSync(successor, 'saved')
    expect(sync.committedTitles(NEXT)).toEqual(['Offline'])
    expect(sync.server.committed(NEXT).getText(`note:${id}`).toString()).toBe('written offline, and later')
  })

  test('a device that missed several epochs goes over all of them', async () => {
    const device = sync.movingDevice()
    const old = await sync.open(device)
    const id = addQuest(old, 'Sent')
    old.note(id).insert(0, 'sent')
    sync.connect(old)
    await untilSync(old, 'saved')
    old.disconnect()
    old.note(id).insert(4, ' and not sent')
    const second = sync.rebase()
    const author = await sync.open(makeDevice(), { documentName: second })
    sync.connect(author)
    await untilSync(author, 'saved')
    author.note(id).insert(0, 'theirs, ')
    await untilSync(author, 'saved')
    const third = sync.rebase(second)
    const server = sync.server
    const { deny } = server
    server.deny = (name, token) => (name === NAME ? 'refused:old-epoch:3' : deny(name, token))
    sync.connect(old)
    const successor = await sync.untilMoved(old)
    expect([successor.ref.documentName, successor.note(id).toString()]).toEqual([third, 'theirs, sent and not sent'])
  })

  test('a document that moves on while it is moved to is followed', async () => {
    const old = await sync.open(sync.movingDevice())
    addQuest(old, 'Offline')
    // The device heard of the second epoch, and meets the third.
    const third = sync.rebase(sync.rebase())
    sync.connect(old)
    const successor = await sync.untilMoved(old)
    expect(successor.ref.documentName).toBe(third)
    expect(successor.projection.list({ kind: 'all' })).toHaveLength(1)
  })

  test('where the final state is lost, text that was acknowledged is not doubled, and what was not is kept', async () => {
    const old = await sync.open(sync.movingDevice({ fetchFinal: async () => null }))
    const id = addQuest(old, 'Sent')
    old.note(id).insert(0, 'acknowledged')
    sync.connect(old)
    await untilSync(old, 'saved')
    old.disconnect()
    old.note(id).insert(12, ' and not')
    sync.rebase()
    sync.connect(old)
    const successor = await sync.untilMoved(old)
    expect(successor.note(id).toString()).toBe('acknowledged\n and not')
  })

  test('overrides what was edited here in the meantime visibly: the history has the value that gave way', async () => {
    const device = sync.movingDevice({ openChangeLog: memoryChangeLogs() })
    const old = await sync.open(device)
    const id = addQuest(old, 'Base')
    sync.connect(old)
    await untilSync(old, 'saved')
    old.disconnect()
    old.dispatch({ kind: 'editQuest', id, fields: { title: 'Edited offline' } })
    sync.rebase()
    const elsewhere = makeDevice()
    const author = await sync.open(elsewhere, { documentName: NEXT })
    sync.connect(author)
    await untilQuest(author, id, 'Base')
    elsewhere.time.advance(60_000)
    author.dispatch({ kind: 'editQuest', id, fields: { title: 'Edited later' } })
    await untilSync(author, 'saved')

    sync.connect(old)
    const successor = await sync.untilMoved(old)
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

  test('edits made before the screens have changed over follow, and the old document does not go before they are in', async () => {
    const old = await sync.open(sync.movingDevice())
    sync.rebase()
    sync.connect(old)
    const successor = await sync.untilMoved(old)
    const id = addQuest(old, 'Just then')
    expect(successor.projection.quest(id)?.title).toBe('Just then')
    old.note(id).insert(0, 'typed in the old editor')
    await old.destroy()
    expect(successor.note(id).toString()).toBe('typed in the old editor')
  })

  test('[R33] an editor that opens in it at the hand-over, or later, has all that was typed in the old document', async () => {
    const openStore = memoryLocalStores()
    let typeMeanwhile = () => {}
    const device = sync.movingDevice({
      async openLocalStore(name) {
        const store = await openStore(name)
        if (name !== NEXT) return store
        const flush = () => {
          typeMeanwhile()
          return store.flush()
        }
        return { ...store, flush }
      },
    })
    const old = await sync.open(device)
    const id = addQuest(old, 'Open')
    const note = old.note(id)
    const type = (text: string) => note.insert(note.length, text)
    const shown: string[] = []
    old.state.subscribe(({ successor }, before) => {
      if (successor === null || before.successor !== null) return
      typeMeanwhile = () => {}
      const next = successor.note(id)
      shown.push(next.toString())
      type(' and later')
      shown.push(next.toString())
    })
    type('typed')
    typeMeanwhile = () => type('.')
    sync.rebase()
    sync.connect(old)
    await sync.untilMoved(old)
    expect(shown[0]).toMatch(/^typed\.+$/)
    expect(shown).toEqual([shown[0], `${shown[0]} and later`])
    expect(note.toString()).toBe(shown[1])
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
