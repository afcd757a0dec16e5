import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { STAMP_AHEAD_MS, stampTimeMs } from '../../store/stamp.ts'
import { addQuest, type Device, makeDevice, TEST_REF, untilQuest, untilState, untilSync } from '../testing/devices.ts'
import { syncFixture } from '../testing/sync-fixture.ts'
import type { Workspace } from '../workspace/workspace.ts'

const DAY = 86_400_000
const sync = syncFixture()

/** As the server does it: no entry more than a day ahead of its clock. */
function refuseFarAhead(): void {
  sync.server.admit = (update) => {
    const newest = Math.max(0, ...stampsIn(Y.decodeUpdate(update).structs))
    return stampTimeMs(newest) > sync.server.hello.serverTimeMs + STAMP_AHEAD_MS ? 'refused:unsafe-stamp' : null
  }
}

function stampsIn(structs: readonly unknown[]): number[] {
  return structs.flatMap((struct) =>
    struct instanceof Y.Item && struct.content instanceof Y.ContentJSON
      ? struct.content.arr.map((entry) => entry[1])
      : [],
  )
}

function aheadBy(days: number): Device {
  const device = makeDevice()
  device.time.advance(days * DAY)
  return device
}

/** Every status the workspace shows from now on. */
function statusesOf(workspace: Workspace): string[] {
  const kinds: string[] = []
  workspace.state.subscribe(({ sync: { kind } }) => kinds.push(kind))
  return kinds
}

describe('[R27] a device whose clock is days ahead', () => {
  test('sends what it wrote offline, over restarts too, and is not refused; a later edit of another wins', async () => {
    refuseFarAhead()
    const device = aheadBy(3)
    const before = await sync.open(device)
    const id = addQuest(before, 'Before the restart')
    await sync.close(before)
    const workspace = await sync.open(device)
    addQuest(workspace, 'After it')
    const statuses = statusesOf(workspace)
    sync.connect(workspace)
    await untilSync(workspace, 'saved')
    expect(statuses).not.toContain('refused')
    expect(sync.committedTitles()).toEqual(['After it', 'Before the restart'])

    const other = await sync.open(makeDevice())
    sync.connect(other)
    await untilQuest(other, id, 'Before the restart')
    other.dispatch({ kind: 'editQuest', id, fields: { title: 'Later' } })
    await untilQuest(workspace, id, 'Later')
  })

  test('undoes what it wrote before it was connected', async () => {
    refuseFarAhead()
    const workspace = await sync.open(aheadBy(3))
    const id = addQuest(workspace, 'First')
    workspace.dispatch({ kind: 'editQuest', id, fields: { title: 'Second' } })
    sync.connect(workspace)
    await untilSync(workspace, 'saved')
    expect(workspace.undo()).not.toBeNull()
    expect(workspace.projection.quest(id)?.title).toBe('First')
    await untilSync(workspace, 'saved')
  })

  test('is corrected by itself when the clock is set while it is connected', async () => {
    refuseFarAhead()
    let aheadMs = 0
    const workspace = await sync.open(makeDevice({ now: () => sync.server.hello.serverTimeMs + aheadMs }))
    sync.connect(workspace)
    await untilSync(workspace, 'saved')
    const statuses = statusesOf(workspace)
    aheadMs = 3 * DAY
    addQuest(workspace, 'Three days later, so it seems')
    await untilSync(workspace, 'connecting')
    await untilSync(workspace, 'saved')
    expect(statuses).not.toContain('refused')
    expect(sync.committedTitles()).toEqual(['Three days later, so it seems'])
  })

  test('is refused, and not tried again and again, by a server that takes no time at all', async () => {
    sync.server.admit = () => 'refused:unsafe-stamp'
    const workspace = await sync.open(aheadBy(3))
    addQuest(workspace, 'Never')
    sync.connect(workspace)
    expect(await untilSync(workspace, 'refused')).toMatchObject({ reason: 'unsafe-stamp' })
    expect(sync.server.tokens).toHaveLength(1)
  })

  test('corrects the clocks of its other tabs, whose edits go out with the owner’s', async () => {
    refuseFarAhead()
    const device = aheadBy(3)
    const [owner, other] = [await sync.open(device), await sync.open(device)]
    owner.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'tabs') Y.applyUpdate(other.doc, update, 'tabs')
    })
    other.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'tabs') Y.applyUpdate(owner.doc, update, 'tabs')
    })
    addQuest(owner, 'Before')
    owner.shareStatus((status) => other.followStatus(structuredClone(status)))
    const statuses = statusesOf(owner)
    sync.connect(owner)
    await untilSync(other, 'saved')
    addQuest(other, 'In the other tab')
    await untilState(other, () => sync.committedTitles().length === 2)
    await untilSync(owner, 'saved')
    const stamps = stampsIn([...sync.server.committed(TEST_REF.documentName).store.clients.values()].flat())
    expect(stampTimeMs(Math.max(...stamps))).toBeLessThanOrEqual(sync.server.hello.serverTimeMs + 1)
    expect(statuses).not.toContain('refused')
    expect(sync.server.tokens).toHaveLength(1)
  })

  test('sends what another tab, which does not know the time yet, writes while the handshake is under way', async () => {
    refuseFarAhead()
    const device = aheadBy(3)
    const [owner, other] = [await sync.open(device), await sync.open(device)]
    addQuest(owner, 'Before')
    // The first word of the server's time: what was ahead is corrected, and then comes another edit.
    owner.doc.once('update', () => {
      addQuest(other, 'During it')
      Y.applyUpdate(owner.doc, Y.encodeStateAsUpdate(other.doc), 'tabs')
    })
    const statuses = statusesOf(owner)
    sync.connect(owner)
    await untilState(owner, ({ sync: { kind } }) => kind === 'saved' || kind === 'refused')
    expect(statuses).not.toContain('refused')
    expect(sync.committedTitles()).toEqual(['Before', 'During it'])
    expect(sync.server.tokens).toHaveLength(2)
  })

  test('writes nothing where it may only read', async () => {
    const workspace = await sync.open(aheadBy(3))
    addQuest(workspace, 'Mine')
    sync.server.hello = { ...sync.server.hello, writerVersion: 9 }
    const before = Y.encodeStateVector(workspace.doc)
    sync.connect(workspace)
    await untilState(workspace, ({ readOnly }) => readOnly)
    expect(Y.encodeStateVector(workspace.doc)).toEqual(before)
  })
})
