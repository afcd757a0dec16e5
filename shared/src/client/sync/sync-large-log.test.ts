import { describe, expect, test } from 'vitest'
import { addQuest, makeDevice, untilState, untilSync } from '../testing/devices.ts'
import { syncFixture } from '../testing/sync-fixture.ts'
import type { Workspace } from '../workspace/workspace.ts'

const sync = syncFixture()
const FRAME_BYTES = 600_000
const QUESTS = 1_800

async function startWithSmallFrames(): Promise<void> {
  await sync.server.crash()
  sync.server.maxFrameBytes = FRAME_BYTES
  await sync.server.start()
}

function addMany(workspace: Workspace): void {
  workspace.doc.transact(() => {
    for (let quest = 0; quest < QUESTS; quest += 1) addQuest(workspace, `${quest} ${'long '.repeat(80)}`)
  })
}

/** The numbers of unsaved changes shown, in order, without repeats. */
function unsavedShown(workspace: Workspace): number[] {
  const shown: number[] = []
  workspace.state.subscribe(({ sync: status }) => {
    if ('unsavedChanges' in status && shown.at(-1) !== status.unsavedChanges) shown.push(status.unsavedChanges)
  })
  return shown
}

/** Resolves when the first piece of a handshake is acknowledged. */
function untilJoined(workspace: Workspace): Promise<void> {
  return new Promise((resolve) => {
    workspace.shareStatus(({ link }) => {
      if (link.kind === 'joined') resolve()
    })
  })
}

describe('a log larger than a frame', () => {
  test('made offline is sent in pieces, and the number of unsaved changes falls with each', async () => {
    await startWithSmallFrames()
    const workspace = await sync.open(makeDevice())
    addMany(workspace)
    const shown = unsavedShown(workspace)
    sync.connect(workspace)
    await untilSync(workspace, 'saved')
    expect(sync.committedTitles()).toHaveLength(QUESTS)
    expect(sync.server.frames).toBeGreaterThan(2)
    expect(shown[0]).toBe(QUESTS)
    expect(shown).toEqual(shown.toSorted((a, b) => b - a))
    expect(shown.length).toBeGreaterThan(2)
  })

  test('goes on where it was when the connection breaks in the middle, at a cold start too', async () => {
    await startWithSmallFrames()
    const device = makeDevice()
    const workspace = await sync.open(device)
    addMany(workspace)
    sync.connect(workspace)
    const { sync: status } = await untilState(workspace, ({ sync }) => sync.kind === 'saving')
    await sync.server.crash()
    const left = status.kind === 'saving' ? status.unsavedChanges : 0
    expect(left).toBeGreaterThan(0)
    expect(left).toBeLessThan(QUESTS)
    await sync.close(workspace)
    const held = sync.committedTitles().length
    expect(held).toBeGreaterThan(0)

    const again = await sync.open(device)
    const offline = again.state.getState().sync
    expect(offline.kind === 'offline' && offline.unsavedChanges).toBeGreaterThanOrEqual(QUESTS - held)
    sync.server.frames = 0
    await sync.server.start()
    sync.connect(again)
    await untilSync(again, 'saved')
    expect(sync.committedTitles()).toHaveLength(QUESTS)
  })

  test('that the server acknowledged and lost is not called saved before all of it is there again', async () => {
    await startWithSmallFrames()
    const device = makeDevice()
    const workspace = await sync.open(device)
    addMany(workspace)
    sync.connect(workspace)
    await untilSync(workspace, 'saved')
    const follower = await sync.open(device)
    workspace.shareStatus((status) => follower.followStatus(structuredClone(status)))
    await untilSync(follower, 'saved')
    await sync.server.crash()
    await untilSync(workspace, 'offline')
    // As an older backup would, put in its place.
    sync.server.log.clear()
    sync.server.frames = 0
    sync.server.admit = () => {
      if (sync.server.frames === 2) sync.server.hold()
      return null
    }
    await sync.server.start()
    device.time.advance(60_000)
    await untilJoined(workspace)
    expect(sync.committedTitles().length).toBeLessThan(QUESTS)
    const { sync: status } = workspace.state.getState()
    expect(status.kind === 'saving' && status.unsavedChanges).toBeGreaterThan(0)
    expect(follower.state.getState().sync.kind).not.toBe('saved')
    sync.server.release()
    await untilSync(workspace, 'saved')
    await untilSync(follower, 'saved')
    expect(sync.committedTitles()).toHaveLength(QUESTS)
  })

  test('written at once while connected is sent in pieces too', async () => {
    await startWithSmallFrames()
    const workspace = await sync.open(makeDevice())
    sync.connect(workspace)
    await untilSync(workspace, 'saved')
    addMany(workspace)
    expect(workspace.state.getState().sync).toEqual({ kind: 'saving', unsavedChanges: QUESTS })
    await untilSync(workspace, 'saved')
    expect(sync.committedTitles()).toHaveLength(QUESTS)
  })
})

describe('what waits for a part that never came', () => {
  test('is not sent: the server takes no change with a gap, and the rest must get there', async () => {
    const device = makeDevice()
    const first = await sync.open(device)
    for (const title of ['kept', 'lost', 'waiting']) addQuest(first, title)
    await sync.close(first)
    const [disk] = device.disks.values()
    disk?.updates.splice(1, 1)

    const second = await sync.open(device)
    expect(second.doc.store.pendingStructs).not.toBeNull()
    addQuest(second, 'new')
    sync.connect(second)
    await untilSync(second, 'saved')
    expect(sync.server.committed(second.ref.documentName).store.pendingStructs).toBeNull()
    expect(sync.committedTitles()).toEqual(['kept', 'new'])
  })
})
