import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { applyUpdate } from 'yjs'
import { addQuest, type Device, makeDevice, TEST_REF, untilQuest, untilState, untilSync } from './testing/devices.ts'
import { TestServer } from './testing/test-server.ts'
import type { SharedStatus, Workspace } from './workspace.ts'

const NAME = TEST_REF.documentName

let server: TestServer
let open: Workspace[]

beforeEach(async () => {
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

/** A token as the server would sign it, good for so long from the device's now. */
function tokenFor(device: Device, lifeMs: number): string {
  const claims = { iat: device.time.now() / 1000, exp: (device.time.now() + lifeMs) / 1000 }
  return `header.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`
}

describe('tokens', () => {
  test('are renewed on the open connection before they end', async () => {
    const device = makeDevice()
    const workspace = await openOn(device)
    const first = tokenFor(device, 40_000)
    let current = first
    workspace.connect({ url: server.url, token: async () => current })
    await untilSync(workspace, 'saved')
    const second = tokenFor(device, 80_000)
    current = second
    device.time.advance(29_000)
    expect(server.tokens).toEqual([first])
    device.time.advance(1_000)
    await server.received(2)
    expect(server.tokens).toEqual([first, second])
    expect(workspace.state.getState().sync.kind).toBe('saved')
  })

  test('null is shown as signed out, without asking the server', async () => {
    const device = makeDevice()
    const workspace = await openOn(device)
    workspace.connect({ url: server.url, token: async () => null })
    expect(await untilSync(workspace, 'refused')).toEqual({
      kind: 'refused',
      reason: 'signed-out',
      unsavedChanges: 0,
    })
    expect(server.tokens).toEqual([])
    expect(device.time.pending()).toEqual([])
  })

  test('that cannot be had now mean offline, and are asked for again', async () => {
    const device = makeDevice()
    const workspace = await openOn(device)
    addQuest(workspace, 'Here')
    let isOnline = false
    const token = async () => {
      if (!isOnline) throw new Error('no network')
      return 'token'
    }
    workspace.connect({ url: server.url, token })
    expect(await untilSync(workspace, 'offline')).toEqual({ kind: 'offline', unsavedChanges: 1 })
    isOnline = true
    device.time.advance(2_000)
    await untilSync(workspace, 'saved')
  })

  test('refused by the server are replaced by a fresh one, once', async () => {
    const workspace = await openOn(makeDevice())
    server.deny = (_name, token) => (token === 'stale' ? 'refused:signed-out' : null)
    const asked: (string | undefined)[] = []
    const token = async (rejected?: string) => {
      asked.push(rejected)
      return rejected === undefined ? 'stale' : 'fresh'
    }
    workspace.connect({ url: server.url, token })
    await untilSync(workspace, 'saved')
    expect(asked).toEqual([undefined, 'stale'])
    expect(server.tokens).toEqual(['stale', 'fresh'])
  })

  test('of an ended session are not tried for ever', async () => {
    const device = makeDevice()
    const workspace = await openOn(device)
    server.deny = () => 'refused:signed-out'
    const made: string[] = []
    const token = async () => {
      made.push(`token ${made.length + 1}`)
      return made.at(-1) ?? null
    }
    workspace.connect({ url: server.url, token })
    expect((await untilSync(workspace, 'refused')).kind).toBe('refused')
    device.time.advance(3_600_000)
    expect(server.tokens).toEqual(['token 1', 'token 2'])
  })

  test('a session cut off while connected is shown as signed out when no other token is to be had', async () => {
    const workspace = await openOn(makeDevice())
    workspace.connect({ url: server.url, token: async (rejected) => (rejected === undefined ? 'token' : null) })
    await untilSync(workspace, 'saved')
    server.closeDocument(NAME, 'refused:signed-out')
    expect(await untilSync(workspace, 'refused')).toEqual({
      kind: 'refused',
      reason: 'signed-out',
      unsavedChanges: 0,
    })
  })
})

describe('hello', () => {
  const connect = (workspace: Workspace) => workspace.connect({ url: server.url, token: async () => 'token' })

  test("corrects a slow device's clock: its next edit is later than what the server's time says", async () => {
    const device = makeDevice()
    const workspace = await openOn(device)
    server.hello = { ...server.hello, serverTimeMs: device.time.now() + 86_400_000 }
    connect(workspace)
    await untilSync(workspace, 'saved')
    await helloSeen()
    const result = workspace.dispatch({ kind: 'createTag', id: '01K00000000000000000000009' as never, name: 'late' })
    expect(result.ok && result.value.stamp).toBeGreaterThanOrEqual(server.hello.serverTimeMs * 1024)
  })

  test('a newer writer version makes the workspace read-only, and it goes on receiving', async () => {
    const [old, author] = [await openOn(makeDevice()), await openOn(makeDevice())]
    connect(author)
    await untilSync(author, 'saved')
    server.hello = { ...server.hello, writerVersion: 2 }
    connect(old)
    await untilState(old, ({ readOnly }) => readOnly)
    expect(old.dispatch({ kind: 'completeQuest', id: '01K00000000000000000000009' as never })).toEqual({
      ok: false,
      error: { code: 'read-only' },
    })
    const id = addQuest(author, 'News')
    await untilQuest(old, id, 'News')
  })

  test('a newer reader version is refused as an old client', async () => {
    const workspace = await openOn(makeDevice())
    server.hello = { ...server.hello, readerVersion: 2 }
    connect(workspace)
    expect(await untilSync(workspace, 'refused')).toMatchObject({ reason: 'old-client' })
    expect(workspace.state.getState().readOnly).toBe(true)
  })

  test('a viewer may not write, from the start', async () => {
    const workspace = await openOn(makeDevice(), { role: 'viewer' })
    expect(workspace.state.getState().readOnly).toBe(true)
    expect(workspace.undo()).toBe(false)
  })

  // The hello follows the acknowledgement of the handshake on the same socket.
  async function helloSeen(): Promise<void> {
    const other = await openOn(makeDevice())
    connect(other)
    await untilSync(other, 'saved')
  }
})

describe('a new epoch', () => {
  const NEXT = 'w:01K00000000000000000000000:2'

  test('is moved to: what was here is merged into the new document, on disk, and goes on syncing', async () => {
    const device = makeDevice()
    const old = await openOn(device)
    const mine = addQuest(old, 'Offline')
    old.note(mine).insert(0, 'With a note')
    const author = await openOn(makeDevice(), { documentName: NEXT })
    author.connect({ url: server.url, token: async () => 'token' })
    const theirs = addQuest(author, 'Already moved')
    await untilSync(author, 'saved')

    server.deny = (name) => (name === NAME ? 'refused:old-epoch:2' : null)
    old.connect({ url: server.url, token: async () => 'token' })
    const { successor } = await untilState(old, (state) => state.successor !== null)
    if (successor === null) throw new Error('unreachable')
    open.push(successor)
    expect(successor.ref.documentName).toBe(NEXT)
    await untilQuest(successor, theirs, 'Already moved')
    await untilQuest(author, mine, 'Offline')
    await untilSync(successor, 'saved')
    expect(author.note(mine).toString()).toBe('With a note')
    expect(device.disks.has(NEXT)).toBe(true)
    expect(device.disks.has(NAME)).toBe(true)
  })

  test('edits made before the screens have changed over follow', async () => {
    const old = await openOn(makeDevice())
    server.deny = (name) => (name === NAME ? 'refused:old-epoch:2' : null)
    old.connect({ url: server.url, token: async () => 'token' })
    const { successor } = await untilState(old, (state) => state.successor !== null)
    if (successor === null) throw new Error('unreachable')
    open.push(successor)
    const id = addQuest(old, 'Just then')
    await untilQuest(successor, id, 'Just then')
  })

  test('an epoch that is not newer is refused, and nothing is moved', async () => {
    const old = await openOn(makeDevice(), { documentName: NEXT })
    server.deny = () => 'refused:old-epoch:1'
    old.connect({ url: server.url, token: async () => 'token' })
    expect(await untilSync(old, 'refused')).toMatchObject({ reason: 'old-epoch' })
    expect(old.state.getState().successor).toBeNull()
  })
})

describe('tabs', () => {
  test('a tab that follows shows the standing of the tab that owns the socket', async () => {
    const device = makeDevice()
    const owner = await openOn(device)
    const other = await openOn(device)
    owner.shareStatus((status) => other.followStatus(structuredClone(status)))
    owner.connect({ url: server.url, token: async () => 'token' })
    expect(await untilSync(other, 'saved')).toEqual(owner.state.getState().sync)
    await server.crash()
    await untilSync(other, 'offline')
  })

  test('an edit that has not reached the owner is not called saved', async () => {
    const device = makeDevice()
    const owner = await openOn(device)
    const other = await openOn(device)
    let last: SharedStatus | null = null
    owner.shareStatus((status) => {
      last = status
      other.followStatus(status)
    })
    owner.connect({ url: server.url, token: async () => 'token' })
    await untilSync(other, 'saved')
    addQuest(other, 'Only here')
    expect(other.state.getState().sync).toEqual({ kind: 'saving', unsavedChanges: 1 })
    other.followStatus(last)
    expect(other.state.getState().sync).toEqual({ kind: 'saving', unsavedChanges: 1 })
  })

  test('a tab that takes over knows what the former owner got acknowledged', async () => {
    const device = makeDevice()
    const former = await openOn(device)
    const heir = await openOn(device)
    former.doc.on('update', (update: Uint8Array) => applyUpdate(heir.doc, update, 'tabs'))
    former.connect({ url: server.url, token: async () => 'token' })
    addQuest(former, 'Saved')
    await untilSync(former, 'saved')
    former.disconnect()
    addQuest(former, 'Not yet')
    await close(former)
    await server.crash()

    heir.connect({ url: server.url, token: async () => 'token' })
    await untilSync(heir, 'offline')
    expect(heir.state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 1 })
  })
})
