import { expect, test } from 'vitest'
import { addQuest, makeDevice, TEST_REF, untilState, untilSync } from '../testing/devices.ts'
import { syncFixture } from '../testing/sync-fixture.ts'
import type { Workspace } from './workspace.ts'
import { openWriteAccess } from './write-access.ts'

const NAME = TEST_REF.documentName
const PARTY = { kind: 'party', role: 'member' } as const
const sync = syncFixture()

/** What a log that may only be read answers to every way of writing. */
function expectNoWriting(workspace: Workspace): void {
  const refused = { ok: false, error: { code: 'read-only' } }
  const id = '01K00000000000000000000009'
  expect(workspace.dispatch({ kind: 'createTag', id: id as never, name: 'late' })).toEqual(refused)
  expect([workspace.undo(), workspace.redo()]).toEqual([null, null])
}

test.each(['role', 'not-found'] as const)(
  'a party refused for %s while connected takes no edit, keeps the unsent ones for export, and takes edits once let in again',
  async (reason) => {
    const workspace = await sync.open(makeDevice(), PARTY)
    sync.connect(workspace)
    await untilSync(workspace, 'saved')
    sync.server.admit = () => `refused:${reason}`
    sync.server.deny = () => `refused:${reason}`
    addQuest(workspace, 'Unsent')
    expect(await untilSync(workspace, 'refused')).toEqual({ kind: 'refused', reason, unsavedChanges: 1 })
    expectNoWriting(workspace)
    expect(workspace.exportLog().records.quests?.map(({ fields }) => fields.title)).toEqual(['Unsent'])

    // Trying again is not being let in.
    sync.connect(workspace)
    await untilSync(workspace, 'connecting')
    expectNoWriting(workspace)
    await untilSync(workspace, 'refused')
    expectNoWriting(workspace)

    sync.server.admit = () => null
    sync.server.deny = () => null
    sync.connect(workspace)
    await untilState(workspace, ({ readOnly }) => !readOnly)
    addQuest(workspace, 'Back')
    await untilSync(workspace, 'saved')
    expect(sync.committedTitles()).toEqual(['Back', 'Unsent'])
  },
)

test('a lost role is remembered without the server, until it lets the person in again', async () => {
  const device = makeDevice()
  const before = await sync.open(device, PARTY)
  sync.connect(before)
  await untilSync(before, 'saved')
  sync.server.closeDocument(NAME, 'refused:not-found')
  await untilSync(before, 'refused')
  await sync.close(before)

  const workspace = await sync.open(device, PARTY)
  expect(workspace.state.getState()).toMatchObject({ readOnly: true, sync: { kind: 'offline' } })
  expectNoWriting(workspace)
  sync.connect(workspace)
  await untilSync(workspace, 'saved')
  addQuest(workspace, 'Back')
  await untilSync(workspace, 'saved')
  await sync.close(workspace)
  expect((await sync.open(device, PARTY)).state.getState().readOnly).toBe(false)
})

test('a person’s own log stays theirs to write when the server no longer has it', async () => {
  const workspace = await sync.open(makeDevice())
  sync.server.deny = () => 'refused:not-found'
  sync.connect(workspace)
  await untilSync(workspace, 'refused')
  addQuest(workspace, 'Mine')
  expect(workspace.state.getState().sync).toMatchObject({ kind: 'refused', unsavedChanges: 1 })
})

test('a refusal that is not about the role leaves a party writable', async () => {
  const workspace = await sync.open(makeDevice(), PARTY)
  sync.server.deny = () => 'refused:rate-limited'
  sync.connect(workspace)
  await untilSync(workspace, 'refused')
  addQuest(workspace, 'Waits')
})

test('viewers and guests may not write from the start; what the server says outranks what the device remembers', async () => {
  const store = { getMeta: async () => undefined, setMeta: async () => undefined }
  const open = (role: 'guest' | 'viewer' | 'member') =>
    openWriteAccess({ ref: { kind: 'party', role }, store, onStoreFailure: () => undefined })
  const [guest, viewer, member] = await Promise.all([open('guest'), open('viewer'), open('member')])
  expect([guest.mayWrite(), viewer.mayWrite(), member.mayWrite()]).toEqual([false, false, true])
  viewer.hear({ kind: 'connecting', unsavedChanges: 0 }, false)
  expect(viewer.mayWrite()).toBe(false)
  viewer.hear({ kind: 'saved', at: 1 }, false)
  member.hear({ kind: 'saving', unsavedChanges: 1 }, true)
  expect([viewer.mayWrite(), member.mayWrite()]).toEqual([true, false])
})
