import { describe, expect, test } from 'vitest'
import { type MemoryDisks, memoryLocalStores } from '../rescue/memory-local-store.ts'
import { addQuest, makeDevice, untilQuest, untilSync } from '../testing/devices.ts'
import { syncFixture } from '../testing/sync-fixture.ts'

const sync = syncFixture()

describe('saved', () => {
  test('is not claimed before the server has committed', async () => {
    const workspace = await sync.open(makeDevice())
    sync.connect(workspace)
    await untilSync(workspace, 'saved')
    sync.server.hold()
    addQuest(workspace, 'Held')
    await sync.server.held()
    expect(workspace.state.getState().sync).toEqual({ kind: 'saving', unsavedChanges: 1 })
    expect(sync.committedTitles()).toEqual([])

    sync.server.release()
    await untilSync(workspace, 'saved')
    expect(sync.committedTitles()).toEqual(['Held'])
  })

  test('is not claimed after the handshake while edits from before it wait for their commit', async () => {
    const workspace = await sync.open(makeDevice())
    addQuest(workspace, 'Offline')
    sync.server.hold()
    sync.connect(workspace)
    await sync.server.held()
    expect(workspace.state.getState().sync).toEqual({ kind: 'connecting', unsavedChanges: 1 })

    sync.server.release()
    await untilSync(workspace, 'saved')
    expect(sync.committedTitles()).toEqual(['Offline'])
  })

  test('a server killed between update and commit leaves the change unsaved until it is acknowledged again', async () => {
    const device = makeDevice()
    const workspace = await sync.open(device)
    sync.connect(workspace)
    await untilSync(workspace, 'saved')
    sync.server.hold()
    addQuest(workspace, 'In flight')
    await sync.server.held()
    await sync.server.crash()
    expect(await untilSync(workspace, 'offline')).toEqual({ kind: 'offline', unsavedChanges: 1 })

    await sync.server.start()
    device.time.advance(60_000)
    await untilSync(workspace, 'saved')
    expect(sync.committedTitles()).toEqual(['In flight'])
  })

  test('counts edits one by one while the commit is slow, and takes each acknowledgement for the edits it covers', async () => {
    const workspace = await sync.open(makeDevice())
    sync.connect(workspace)
    await untilSync(workspace, 'saved')
    sync.server.hold()
    for (let index = 0; index < 40; index += 1) addQuest(workspace, `Quest ${index}`)
    await sync.server.held()
    expect(workspace.state.getState().sync).toEqual({ kind: 'saving', unsavedChanges: 40 })
    const framesBefore = sync.server.frames

    sync.server.release()
    await untilSync(workspace, 'saved')
    expect(sync.committedTitles()).toHaveLength(40)
    // Past the window, waiting edits travel together.
    expect(sync.server.frames - framesBefore).toBeLessThan(20)
  })
})

describe('a server put back to a backup', () => {
  test('leaves what it lost unsaved, whatever another tab had kept of it on disk, and over a restart', async () => {
    const device = makeDevice()
    const workspace = await sync.open(device)
    addQuest(workspace, 'Lost')
    sync.connect(workspace)
    await untilSync(workspace, 'saved')
    await sync.server.crash()
    await untilSync(workspace, 'offline')
    const disk = device.disks.get(workspace.ref.documentName)
    const before = disk?.facts.get('acknowledged')
    sync.server.log.clear()
    sync.server.hold()
    await sync.server.start()
    device.time.advance(60_000)
    await sync.server.held()
    expect(workspace.state.getState().sync).toEqual({ kind: 'connecting', unsavedChanges: 1 })
    expect(disk?.facts.get('acknowledged')).not.toEqual(before)

    disk?.facts.set('acknowledged', before)
    device.time.advance(10_000)
    await new Promise((resolve) => setImmediate(resolve))
    expect(workspace.state.getState().sync).toEqual({ kind: 'connecting', unsavedChanges: 1 })
    await sync.server.crash()
    expect(await untilSync(workspace, 'offline')).toEqual({ kind: 'offline', unsavedChanges: 1 })
    await sync.close(workspace)
    expect((await sync.open(device)).state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 1 })
  })
})

describe('unsaved changes', () => {
  test('a log that never met a server is local only', async () => {
    const workspace = await sync.open(makeDevice())
    addQuest(workspace, 'Here')
    expect(workspace.state.getState().sync).toEqual({ kind: 'local-only' })
  })

  test('edits made while disconnected are counted at a cold offline start', async () => {
    const device = makeDevice()
    const first = await sync.open(device)
    sync.connect(first)
    await untilSync(first, 'saved')
    first.disconnect()
    for (const title of ['a', 'b', 'c']) addQuest(first, title)
    expect(first.state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 3 })
    await sync.close(first)

    const second = await sync.open(device)
    expect(second.state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 3 })
    addQuest(second, 'd')
    expect(second.state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 4 })
  })

  test('what was acknowledged before the end of the last run is not counted at a cold offline start', async () => {
    const device = makeDevice()
    const first = await sync.open(device)
    addQuest(first, 'a')
    sync.connect(first)
    await untilSync(first, 'saved')
    addQuest(first, 'b')
    await untilSync(first, 'saved')
    await sync.close(first)

    expect((await sync.open(device)).state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 0 })
  })

  test('closing waits until what was acknowledged is kept', async () => {
    const disks: MemoryDisks = new Map()
    const facts = Promise.withResolvers<void>()
    const device = makeDevice({
      async openLocalStore(documentName) {
        const store = await memoryLocalStores(disks)(documentName)
        return { ...store, setMeta: (key, value) => facts.promise.then(() => store.setMeta(key, value)) }
      },
    })
    const first = await sync.open(device)
    addQuest(first, 'a')
    sync.connect(first)
    await untilSync(first, 'saved')
    const closing = sync.close(first)
    facts.resolve()
    await closing

    expect((await sync.open(device)).state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 0 })
  })

  test("other people's edits are never counted, at a cold offline start either", async () => {
    const [mine, theirs] = [makeDevice(), makeDevice()]
    const author = await sync.open(theirs)
    sync.connect(author)
    const reader = await sync.open(mine)
    sync.connect(reader)
    await untilSync(reader, 'saved')
    const id = addQuest(author, 'Theirs')
    await untilQuest(reader, id, 'Theirs')
    expect(reader.state.getState().sync.kind).toBe('saved')
    await sync.close(reader)

    expect((await sync.open(mine)).state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 0 })
  })

  test('a deletion in a note alone is an unsaved change, at a cold offline start too', async () => {
    const device = makeDevice()
    const first = await sync.open(device)
    const id = addQuest(first, 'With a note')
    first.note(id).insert(0, 'Some text')
    sync.connect(first)
    await untilSync(first, 'saved')
    first.disconnect()
    first.note(id).delete(0, 5)
    expect(first.state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 1 })
    await sync.close(first)

    const second = await sync.open(device)
    expect(second.state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 1 })
    sync.connect(second)
    await untilSync(second, 'saved')
    await sync.close(second)
    expect((await sync.open(device)).state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 0 })
  })
})
