import { describe, expect, test } from 'vitest'
import { refusalReasons } from '../../protocol/documents.ts'
import { addQuest, makeDevice, TEST_REF, untilQuest, untilSync } from '../testing/devices.ts'
import { syncFixture } from '../testing/sync-fixture.ts'

const NAME = TEST_REF.documentName
const sync = syncFixture()

describe('two devices', () => {
  test('see each other live, and both offline edits stand after reconnecting', async () => {
    const [one, two] = [await sync.open(makeDevice()), await sync.open(makeDevice())]
    sync.connect(one)
    sync.connect(two)
    const id = addQuest(one, 'Shared')
    await untilQuest(two, id, 'Shared')
    one.disconnect()
    two.disconnect()
    const [fromOne, fromTwo] = [addQuest(one, 'From one'), addQuest(two, 'From two')]
    sync.connect(one)
    sync.connect(two)
    await untilQuest(one, fromTwo, 'From two')
    await untilQuest(two, fromOne, 'From one')
  })

  test('see who else is there, until either leaves', async () => {
    const [one, two] = [await sync.open(makeDevice()), await sync.open(makeDevice())]
    two.awareness().setLocalStateField('name', 'Two')
    sync.connect(one)
    await untilSync(one, 'saved')
    const presenceOfTwo = () => one.awareness().getStates().get(two.awareness().clientID)
    const nextChange = () => new Promise((resolve) => one.awareness().once('change', resolve))
    const arrived = nextChange()
    sync.connect(two)
    await arrived
    expect(presenceOfTwo()).toEqual({ name: 'Two' })

    const left = nextChange()
    two.disconnect()
    await left
    expect(presenceOfTwo()).toBeUndefined()

    const back = nextChange()
    sync.connect(two)
    await back
    one.disconnect()
    expect([...one.awareness().getStates().keys()]).toEqual([one.awareness().clientID])

    const seenAgain = nextChange()
    sync.connect(one)
    await seenAgain
    expect(presenceOfTwo()).toEqual({ name: 'Two' })
  })
})

describe('refusals', () => {
  const lasting = refusalReasons.filter((reason) => !['rate-limited', 'signed-out', 'old-epoch'].includes(reason))

  test.each(lasting)('%s at the handshake is shown, and not tried again by itself', async (reason) => {
    const device = makeDevice()
    const workspace = await sync.open(device)
    addQuest(workspace, 'Kept')
    sync.server.deny = () => `refused:${reason}`
    sync.connect(workspace)
    expect(await untilSync(workspace, 'refused')).toEqual({ kind: 'refused', reason, unsavedChanges: 1 })
    device.time.advance(3_600_000)
    expect(sync.server.tokens).toEqual(['token'])
  })

  test('a refused edit is shown with what is unsaved; connecting again rejoins', async () => {
    const device = makeDevice()
    const workspace = await sync.open(device)
    sync.connect(workspace)
    await untilSync(workspace, 'saved')
    sync.server.admit = () => 'refused:entry-shape'
    addQuest(workspace, 'Odd')
    expect(await untilSync(workspace, 'refused')).toEqual({
      kind: 'refused',
      reason: 'entry-shape',
      unsavedChanges: 1,
    })
    expect(device.time.pending()).toEqual([])

    sync.server.admit = () => null
    sync.connect(workspace)
    await untilSync(workspace, 'saved')
    expect(sync.committedTitles()).toEqual(['Odd'])
  })

  test('rate limits are shown and waited out', async () => {
    const device = makeDevice()
    const workspace = await sync.open(device)
    addQuest(workspace, 'Busy')
    sync.server.admit = () => 'refused:rate-limited'
    sync.connect(workspace)
    expect(await untilSync(workspace, 'refused')).toEqual({
      kind: 'refused',
      reason: 'rate-limited',
      unsavedChanges: 1,
    })
    expect(device.time.pending().at(0)).toBeGreaterThanOrEqual(15_000)
    sync.server.admit = () => null
    device.time.advance(60_000)
    await untilSync(workspace, 'saved')
  })

  test('a hook that throws closes the document only; the handshake is run again and the edit arrives', async () => {
    const device = makeDevice()
    const workspace = await sync.open(device)
    sync.connect(workspace)
    await untilSync(workspace, 'saved')
    sync.server.admit = () => {
      throw new Error('a bug')
    }
    addQuest(workspace, 'Stalled')
    expect(await untilSync(workspace, 'offline')).toEqual({ kind: 'offline', unsavedChanges: 1 })
    sync.server.admit = () => null
    device.time.advance(2_000)
    await untilSync(workspace, 'saved')
    expect(sync.committedTitles()).toEqual(['Stalled'])
  })

  test('a document that is closed again and again is joined with growing pauses', async () => {
    const device = makeDevice()
    const workspace = await sync.open(device)
    addQuest(workspace, 'Poison')
    sync.server.admit = () => {
      throw new Error('a bug')
    }
    sync.connect(workspace)
    const pauses: number[] = []
    for (let attempt = 0; attempt < 7; attempt += 1) {
      await untilSync(workspace, 'offline')
      pauses.push(device.time.pending().at(-1) ?? 0)
      device.time.advance(30_000)
      await untilSync(workspace, 'connecting')
    }
    expect(pauses).toEqual([750, 1_500, 3_000, 6_000, 12_000, 22_500, 22_500])
  })

  test('a document that joins and soon falls again waits longer each time, until it was stable', async () => {
    const device = makeDevice()
    const workspace = await sync.open(device)
    sync.connect(workspace)
    const pauses: number[] = []
    const fall = async () => {
      await untilSync(workspace, 'saved')
      sync.server.closeDocument(NAME, 'retry:resync')
      await untilSync(workspace, 'offline')
      pauses.push(device.time.pending().at(-1) ?? 0)
      device.time.advance(5_000)
    }
    await fall()
    await fall()
    await fall()
    await untilSync(workspace, 'saved')
    device.time.advance(10_000)
    await fall()
    expect(pauses).toEqual([750, 1_500, 3_000, 750])
  })
})
