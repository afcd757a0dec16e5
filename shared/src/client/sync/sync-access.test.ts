import { describe, expect, test } from 'vitest'
import { addQuest, type Device, makeDevice, TEST_REF, untilQuest, untilState, untilSync } from '../testing/devices.ts'
import { syncFixture } from '../testing/sync-fixture.ts'

const NAME = TEST_REF.documentName
const sync = syncFixture()

/** A token as the server would sign it, good for so long from the device's now. */
function tokenFor(device: Device, lifeMs: number, serverAheadMs = 0): string {
  const now = device.time.now() + serverAheadMs
  const claims = { iat: now / 1000, exp: (now + lifeMs) / 1000 }
  return `header.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`
}

// The hello follows the acknowledgement of the handshake on the same socket.
async function helloSeen(): Promise<void> {
  const other = await sync.open(makeDevice())
  sync.connect(other)
  await untilSync(other, 'saved')
}

describe('tokens', () => {
  test('are renewed on the open connection before they end', async () => {
    const device = makeDevice()
    const workspace = await sync.open(device)
    const first = tokenFor(device, 40_000)
    let current = first
    sync.connect(workspace, async () => current)
    await untilSync(workspace, 'saved')
    const second = tokenFor(device, 80_000)
    current = second
    device.time.advance(29_000)
    expect(sync.server.tokens).toEqual([first])
    device.time.advance(1_000)
    await sync.server.received(2)
    expect(sync.server.tokens).toEqual([first, second])
    expect(workspace.state.getState().sync.kind).toBe('saved')
  })

  test("are renewed by the server's clock, however wrong the device's is", async () => {
    const device = makeDevice()
    const serverAheadMs = 3_600_000
    sync.server.hello = { ...sync.server.hello, serverTimeMs: device.time.now() + serverAheadMs }
    const workspace = await sync.open(device)
    const first = tokenFor(device, 40_000, serverAheadMs)
    const second = tokenFor(device, 80_000, serverAheadMs)
    let current = first
    sync.connect(workspace, async () => current)
    await untilSync(workspace, 'saved')
    await helloSeen()
    current = second
    device.time.advance(29_000)
    expect(sync.server.tokens.filter((token) => token === second)).toEqual([])
    device.time.advance(1_000)
    await expect.poll(() => sync.server.tokens).toContain(second)
  })

  test('asked for by an attempt that was given up are not used', async () => {
    const workspace = await sync.open(makeDevice())
    const late = Promise.withResolvers<string | null>()
    sync.connect(workspace, () => late.promise)
    sync.connect(workspace, async () => 'fresh')
    await untilSync(workspace, 'saved')
    late.resolve('stale')
    await helloSeen()
    expect(sync.server.tokens).not.toContain('stale')
    expect(workspace.state.getState().sync.kind).toBe('saved')
  })

  test('asked for by an attempt that was given up mean nothing when there are none', async () => {
    const workspace = await sync.open(makeDevice())
    for (const answer of [(late: PromiseWithResolvers<string | null>) => late.resolve(null), fail]) {
      const late = Promise.withResolvers<string | null>()
      sync.connect(workspace, () => late.promise)
      workspace.disconnect()
      answer(late)
      await late.promise.catch(() => null)
      await helloSeen()
      expect(workspace.state.getState().sync.kind).toBe('local-only')
    }
    function fail(late: PromiseWithResolvers<string | null>): void {
      late.reject(new Error('no network'))
    }
  })

  test('asked for by a renewal that was given up mean nothing when there are none', async () => {
    const device = makeDevice()
    const workspace = await sync.open(device)
    const late = Promise.withResolvers<string | null>()
    const first = tokenFor(device, 40_000)
    const answers = [Promise.resolve(first), late.promise]
    sync.connect(workspace, () => answers.shift() ?? late.promise)
    await untilSync(workspace, 'saved')
    device.time.advance(30_000)
    expect(answers).toEqual([])
    workspace.disconnect()
    late.resolve(null)
    await helloSeen()
    expect(workspace.state.getState().sync.kind).toBe('offline')
  })

  test('that cannot be renewed because the session ended are shown as signed out', async () => {
    const device = makeDevice()
    const workspace = await sync.open(device)
    let current: string | null = tokenFor(device, 40_000)
    sync.connect(workspace, async () => current)
    await untilSync(workspace, 'saved')
    current = null
    device.time.advance(30_000)
    expect(await untilSync(workspace, 'refused')).toMatchObject({ reason: 'signed-out' })
  })

  test('null is shown as signed out, without asking the server', async () => {
    const device = makeDevice()
    const workspace = await sync.open(device)
    sync.connect(workspace, async () => null)
    expect(await untilSync(workspace, 'refused')).toEqual({
      kind: 'refused',
      reason: 'signed-out',
      unsavedChanges: 0,
    })
    expect(sync.server.tokens).toEqual([])
    expect(device.time.pending()).toEqual([])
  })

  test('that cannot be had now mean offline, and are asked for again', async () => {
    const device = makeDevice()
    const workspace = await sync.open(device)
    addQuest(workspace, 'Here')
    let isOnline = false
    const token = async () => {
      if (!isOnline) throw new Error('no network')
      return 'token'
    }
    sync.connect(workspace, token)
    expect(await untilSync(workspace, 'offline')).toEqual({ kind: 'offline', unsavedChanges: 1 })
    isOnline = true
    device.time.advance(2_000)
    await untilSync(workspace, 'saved')
  })

  test('refused by the server are replaced by a fresh one, once', async () => {
    const workspace = await sync.open(makeDevice())
    sync.server.deny = (_name, token) => (token === 'stale' ? 'refused:signed-out' : null)
    const asked: (string | undefined)[] = []
    const token = async (rejected?: string) => {
      asked.push(rejected)
      return rejected === undefined ? 'stale' : 'fresh'
    }
    sync.connect(workspace, token)
    await untilSync(workspace, 'saved')
    expect(asked).toEqual([undefined, 'stale'])
    expect(sync.server.tokens).toEqual(['stale', 'fresh'])
  })

  test('of an ended session are not tried for ever', async () => {
    const device = makeDevice()
    const workspace = await sync.open(device)
    sync.server.deny = () => 'refused:signed-out'
    const made: string[] = []
    const token = async () => {
      made.push(`token ${made.length + 1}`)
      return made.at(-1) ?? null
    }
    sync.connect(workspace, token)
    expect((await untilSync(workspace, 'refused')).kind).toBe('refused')
    device.time.advance(3_600_000)
    expect(sync.server.tokens).toEqual(['token 1', 'token 2'])
  })

  test('given again although the server rejected them are not sent again', async () => {
    const workspace = await sync.open(makeDevice())
    sync.server.deny = () => 'refused:signed-out'
    sync.connect(workspace, async () => 'same')
    expect(await untilSync(workspace, 'refused')).toMatchObject({ reason: 'signed-out' })
    expect(sync.server.tokens).toEqual(['same'])
  })

  test('may be replaced again after the fresh one was accepted', async () => {
    const workspace = await sync.open(makeDevice())
    let count = 0
    const token = async () => {
      count += 1
      return `token ${count}`
    }
    sync.connect(workspace, token)
    for (const expected of [1, 2]) {
      await untilSync(workspace, 'saved')
      sync.server.closeDocument(NAME, 'refused:signed-out')
      await untilState(workspace, ({ sync }) => sync.kind !== 'saved')
      await sync.server.received(expected + 1)
    }
    await untilSync(workspace, 'saved')
    expect(sync.server.tokens).toEqual(['token 1', 'token 2', 'token 3'])
  })

  test('a session cut off while connected is shown as signed out when there is no other token', async () => {
    const workspace = await sync.open(makeDevice())
    sync.connect(workspace, async (rejected) => (rejected === undefined ? 'token' : null))
    await untilSync(workspace, 'saved')
    sync.server.closeDocument(NAME, 'refused:signed-out')
    expect(await untilSync(workspace, 'refused')).toEqual({
      kind: 'refused',
      reason: 'signed-out',
      unsavedChanges: 0,
    })
  })
})

describe('hello', () => {
  test("corrects a slow device's clock: its next edit is later than what the server's time says", async () => {
    const device = makeDevice()
    const workspace = await sync.open(device)
    sync.server.hello = { ...sync.server.hello, serverTimeMs: device.time.now() + 86_400_000 }
    sync.connect(workspace)
    await untilSync(workspace, 'saved')
    await helloSeen()
    const result = workspace.dispatch({ kind: 'createTag', id: '01K00000000000000000000009' as never, name: 'late' })
    expect(result.ok && result.value.stamp).toBeGreaterThanOrEqual(sync.server.hello.serverTimeMs * 1024)
  })

  test('a newer writer version makes the workspace read-only, and it goes on receiving', async () => {
    const [old, author] = [await sync.open(makeDevice()), await sync.open(makeDevice())]
    sync.connect(author)
    await untilSync(author, 'saved')
    sync.server.hello = { ...sync.server.hello, writerVersion: 2 }
    sync.connect(old)
    await untilState(old, ({ readOnly }) => readOnly)
    expect(old.dispatch({ kind: 'completeQuest', id: '01K00000000000000000000009' as never })).toEqual({
      ok: false,
      error: { code: 'read-only' },
    })
    const id = addQuest(author, 'News')
    await untilQuest(old, id, 'News')
  })

  test('a client too old to write stays read-only when the server confirms its person once more', async () => {
    const [old, author] = [await sync.open(makeDevice()), await sync.open(makeDevice())]
    sync.connect(author)
    await untilSync(author, 'saved')
    sync.server.hello = { ...sync.server.hello, writerVersion: 2 }
    sync.connect(old)
    await untilState(old, ({ readOnly }) => readOnly)
    await untilSync(old, 'saved')
    sync.server.authenticateAgain(NAME)
    await untilQuest(old, addQuest(author, 'After it'), 'After it')
    expect(old.state.getState().readOnly).toBe(true)
  })

  test('a newer reader version is refused as an old client', async () => {
    const workspace = await sync.open(makeDevice())
    sync.server.hello = { ...sync.server.hello, readerVersion: 2 }
    sync.connect(workspace)
    expect(await untilSync(workspace, 'refused')).toMatchObject({ reason: 'old-client' })
    expect(workspace.state.getState().readOnly).toBe(true)
  })

  test('a workspace that became read-only takes nothing back, though there is something to take back', async () => {
    const workspace = await sync.open(makeDevice())
    const id = addQuest(workspace, 'Before')
    workspace.dispatch({ kind: 'editQuest', id, fields: { title: 'After' } })
    sync.server.hello = { ...sync.server.hello, writerVersion: 2 }
    sync.connect(workspace)
    await untilState(workspace, ({ readOnly }) => readOnly)
    expect(workspace.state.getState().canUndo).toBe(true)
    expect(workspace.undo()).toBeNull()
    expect(workspace.redo()).toBeNull()
    expect(workspace.projection.quest(id)?.title).toBe('After')
  })

  test('a viewer may not write, from the start', async () => {
    const workspace = await sync.open(makeDevice(), { role: 'viewer' })
    expect(workspace.state.getState().readOnly).toBe(true)
    expect(workspace.undo()).toBeNull()
  })
})
