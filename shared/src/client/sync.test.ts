import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { refusalReason } from '../protocol/documents.ts'
import { openQuestDocument } from '../store/quest-document.ts'
import { addQuest, type Device, makeDevice, TEST_REF, untilQuest, untilSync } from './testing/devices.ts'
import { TestServer } from './testing/test-server.ts'
import type { Workspace } from './workspace.ts'

const NAME = TEST_REF.documentName

let server: TestServer
let open: Workspace[]

beforeEach(async () => {
  // Hocuspocus reports the documents it closes here.
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  server = new TestServer()
  open = []
  await server.start()
})

afterEach(async () => {
  for (const workspace of open) await workspace.close()
  await server.crash()
  vi.restoreAllMocks()
})

async function openOn(device: Device, ref?: Parameters<Device['open']>[0]): Promise<Workspace> {
  const workspace = await device.open(ref)
  open.push(workspace)
  return workspace
}

async function close(workspace: Workspace): Promise<void> {
  open = open.filter((other) => other !== workspace)
  await workspace.close()
}

function connect(workspace: Workspace, token: (rejected?: string) => Promise<string | null> = async () => 'token') {
  workspace.connect({ url: server.url, token })
}

/** Titles of the quests the server has committed. */
function committedTitles(documentName = NAME): unknown[] {
  const document = openQuestDocument(server.committed(documentName), { now: Date.now })
  return [...document.ids('quests')].map((id) => document.record('quests', id)?.title).sort()
}

describe('saved', () => {
  test('is not claimed before the server has committed', async () => {
    const workspace = await openOn(makeDevice())
    connect(workspace)
    await untilSync(workspace, 'saved')
    server.hold()
    addQuest(workspace, 'Held')
    await server.held()
    expect(workspace.state.getState().sync).toEqual({ kind: 'saving', unsavedChanges: 1 })
    expect(committedTitles()).toEqual([])

    server.release()
    await untilSync(workspace, 'saved')
    expect(committedTitles()).toEqual(['Held'])
  })

  test('is not claimed after the handshake while edits from before it wait for their commit', async () => {
    const workspace = await openOn(makeDevice())
    addQuest(workspace, 'Offline')
    server.hold()
    connect(workspace)
    await server.held()
    expect(workspace.state.getState().sync).toEqual({ kind: 'connecting', unsavedChanges: 1 })

    server.release()
    await untilSync(workspace, 'saved')
    expect(committedTitles()).toEqual(['Offline'])
  })

  test('a server killed between update and commit leaves the change unsaved until it is acknowledged anew', async () => {
    const device = makeDevice()
    const workspace = await openOn(device)
    connect(workspace)
    await untilSync(workspace, 'saved')
    server.hold()
    addQuest(workspace, 'In flight')
    await server.held()
    await server.crash()
    expect(await untilSync(workspace, 'offline')).toEqual({ kind: 'offline', unsavedChanges: 1 })

    await server.start()
    device.time.advance(60_000)
    await untilSync(workspace, 'saved')
    expect(committedTitles()).toEqual(['In flight'])
  })

  test('counts edits one by one while the commit is slow, and takes each acknowledgement for the edits it covers', async () => {
    const workspace = await openOn(makeDevice())
    connect(workspace)
    await untilSync(workspace, 'saved')
    server.hold()
    for (let index = 0; index < 40; index += 1) addQuest(workspace, `Quest ${index}`)
    await server.held()
    expect(workspace.state.getState().sync).toEqual({ kind: 'saving', unsavedChanges: 40 })
    const framesBefore = server.frames

    server.release()
    await untilSync(workspace, 'saved')
    expect(committedTitles()).toHaveLength(40)
    // Past the window, waiting edits travel together.
    expect(server.frames - framesBefore).toBeLessThan(20)
  })
})

describe('unsaved changes', () => {
  test('a log that never met a server is local only', async () => {
    const workspace = await openOn(makeDevice())
    addQuest(workspace, 'Here')
    expect(workspace.state.getState().sync).toEqual({ kind: 'local-only' })
  })

  test('edits made while disconnected are counted at a cold offline start', async () => {
    const device = makeDevice()
    const first = await openOn(device)
    connect(first)
    await untilSync(first, 'saved')
    first.disconnect()
    for (const title of ['a', 'b', 'c']) addQuest(first, title)
    expect(first.state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 3 })
    await close(first)

    const second = await openOn(device)
    expect(second.state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 3 })
    addQuest(second, 'd')
    expect(second.state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 4 })
  })

  test('what was acknowledged before the end of the last run is not counted at a cold offline start', async () => {
    const device = makeDevice()
    const first = await openOn(device)
    addQuest(first, 'a')
    connect(first)
    await untilSync(first, 'saved')
    addQuest(first, 'b')
    await untilSync(first, 'saved')
    await close(first)

    expect((await openOn(device)).state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 0 })
  })

  test("other people's edits are never counted, at a cold offline start either", async () => {
    const [mine, theirs] = [makeDevice(), makeDevice()]
    const author = await openOn(theirs)
    connect(author)
    const reader = await openOn(mine)
    connect(reader)
    await untilSync(reader, 'saved')
    const id = addQuest(author, 'Theirs')
    await untilQuest(reader, id, 'Theirs')
    expect(reader.state.getState().sync.kind).toBe('saved')
    await close(reader)

    expect((await openOn(mine)).state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 0 })
  })

  test('a deletion in a note alone is an unsaved change, at a cold offline start too', async () => {
    const device = makeDevice()
    const first = await openOn(device)
    const id = addQuest(first, 'With a note')
    first.note(id).insert(0, 'Some text')
    connect(first)
    await untilSync(first, 'saved')
    first.disconnect()
    first.note(id).delete(0, 5)
    expect(first.state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 1 })
    await close(first)

    const second = await openOn(device)
    expect(second.state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 1 })
    connect(second)
    await untilSync(second, 'saved')
    await close(second)
    expect((await openOn(device)).state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 0 })
  })
})

describe('two devices', () => {
  test('see each other live, and both offline edits stand after reconnecting', async () => {
    const [one, two] = [await openOn(makeDevice()), await openOn(makeDevice())]
    connect(one)
    connect(two)
    const id = addQuest(one, 'Shared')
    await untilQuest(two, id, 'Shared')
    one.disconnect()
    two.disconnect()
    const [fromOne, fromTwo] = [addQuest(one, 'From one'), addQuest(two, 'From two')]
    connect(one)
    connect(two)
    await untilQuest(one, fromTwo, 'From two')
    await untilQuest(two, fromOne, 'From one')
  })

  test('see who else is there, until they leave', async () => {
    const [one, two] = [await openOn(makeDevice()), await openOn(makeDevice())]
    connect(one)
    connect(two)
    await untilSync(one, 'saved')
    await untilSync(two, 'saved')
    const seen = new Promise((resolve) => one.awareness().on('change', resolve))
    two.awareness().setLocalStateField('name', 'Two')
    await seen
    expect(one.awareness().getStates().get(two.doc.clientID)).toEqual({ name: 'Two' })

    const left = new Promise((resolve) => one.awareness().on('change', resolve))
    two.disconnect()
    await left
    expect(one.awareness().getStates().has(two.doc.clientID)).toBe(false)
  })
})

describe('refusals', () => {
  const lasting = refusalReason.options.filter(
    (reason) => !['rate-limited', 'signed-out', 'old-epoch'].includes(reason),
  )

  test.each(lasting)('%s at the handshake is shown, and not tried again by itself', async (reason) => {
    const device = makeDevice()
    const workspace = await openOn(device)
    addQuest(workspace, 'Kept')
    server.deny = () => `refused:${reason}`
    connect(workspace)
    expect(await untilSync(workspace, 'refused')).toEqual({ kind: 'refused', reason, unsavedChanges: 1 })
    device.time.advance(3_600_000)
    expect(server.tokens).toEqual(['token'])
  })

  test('a refused edit is shown with what is unsaved; connecting again rejoins', async () => {
    const device = makeDevice()
    const workspace = await openOn(device)
    connect(workspace)
    await untilSync(workspace, 'saved')
    server.admit = () => 'refused:entry-shape'
    addQuest(workspace, 'Odd')
    expect(await untilSync(workspace, 'refused')).toEqual({
      kind: 'refused',
      reason: 'entry-shape',
      unsavedChanges: 1,
    })
    expect(device.time.pending()).toEqual([])

    server.admit = () => null
    connect(workspace)
    await untilSync(workspace, 'saved')
    expect(committedTitles()).toEqual(['Odd'])
  })

  test('rate limits are shown and waited out', async () => {
    const device = makeDevice()
    const workspace = await openOn(device)
    addQuest(workspace, 'Busy')
    server.admit = () => 'refused:rate-limited'
    connect(workspace)
    expect(await untilSync(workspace, 'refused')).toEqual({
      kind: 'refused',
      reason: 'rate-limited',
      unsavedChanges: 1,
    })
    expect(device.time.pending().at(0)).toBeGreaterThanOrEqual(15_000)
    server.admit = () => null
    device.time.advance(60_000)
    await untilSync(workspace, 'saved')
  })

  test('a hook that throws closes the document only; the handshake is run again and the edit arrives', async () => {
    const device = makeDevice()
    const workspace = await openOn(device)
    connect(workspace)
    await untilSync(workspace, 'saved')
    server.admit = () => {
      throw new Error('a bug')
    }
    addQuest(workspace, 'Stalled')
    expect(await untilSync(workspace, 'offline')).toEqual({ kind: 'offline', unsavedChanges: 1 })
    server.admit = () => null
    device.time.advance(2_000)
    await untilSync(workspace, 'saved')
    expect(committedTitles()).toEqual(['Stalled'])
  })

  test('a document that is closed again and again is joined with growing pauses', async () => {
    const device = makeDevice()
    const workspace = await openOn(device)
    addQuest(workspace, 'Poison')
    server.admit = () => {
      throw new Error('a bug')
    }
    connect(workspace)
    const pauses: number[] = []
    for (let attempt = 0; attempt < 7; attempt += 1) {
      await untilSync(workspace, 'offline')
      pauses.push(device.time.pending().at(-1) ?? 0)
      device.time.advance(30_000)
      await untilSync(workspace, 'connecting')
    }
    expect(pauses).toEqual([750, 1_500, 3_000, 6_000, 12_000, 22_500, 22_500])
  })
})
