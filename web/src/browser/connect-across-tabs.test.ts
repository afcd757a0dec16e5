import 'fake-indexeddb/auto'
import {
  addQuest,
  type Device,
  makeDevice,
  TEST_REF,
  untilQuest,
  untilSync,
} from '@questlog/shared/client/testing/devices'
import { syncFixture } from '@questlog/shared/client/testing/sync-fixture'
import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connectAcrossTabs } from './connect-across-tabs.ts'
import { openWebLocalStore } from './open-web-local-store.ts'

const sync = syncFixture()
const stops: (() => void)[] = []
let device: Device
beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory())
  device = makeDevice({ openLocalStore: openWebLocalStore })
})
afterEach(() => {
  for (const stop of stops.splice(0)) stop()
  vi.unstubAllGlobals()
})

/** Opens the workspace in one more tab, and connects it; `stop` closes the tab's part in the socket. */
async function openTab(): Promise<{ readonly workspace: Workspace; readonly stop: () => void }> {
  const workspace = await sync.open(device)
  const stop = connectAcrossTabs(workspace, { url: sync.server.url, token: async () => 'token' })
  stops.push(stop)
  return { workspace, stop }
}

test('one tab connects, and the others show its standing', async () => {
  const owner = await openTab()
  await untilSync(owner.workspace, 'saved')
  const other = await openTab()
  expect(await untilSync(other.workspace, 'saved')).toEqual(owner.workspace.state.getState().sync)
  expect(sync.server.tokens).toEqual(['token'])
  await sync.server.crash()
  await untilSync(other.workspace, 'offline')
})

test('the owner connects again as soon as the network goes or comes, and no longer once it stopped', async () => {
  const network = new EventTarget()
  vi.stubGlobal('addEventListener', network.addEventListener.bind(network))
  vi.stubGlobal('removeEventListener', network.removeEventListener.bind(network))
  const owner = await openTab()
  await untilSync(owner.workspace, 'saved')
  for (const change of ['offline', 'online']) {
    network.dispatchEvent(new Event(change))
    await untilSync(owner.workspace, 'connecting')
    await untilSync(owner.workspace, 'saved')
  }
  expect(sync.server.tokens).toHaveLength(3)
  owner.stop()
  network.dispatchEvent(new Event('online'))
  expect(owner.workspace.state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 0 })
})

test('an edit of a tab without the socket is unsaved until the owner got it saved', async () => {
  const owner = await openTab()
  await untilSync(owner.workspace, 'saved')
  const other = await openTab()
  await untilSync(other.workspace, 'saved')
  const id = addQuest(other.workspace, 'From the other tab')
  expect(other.workspace.state.getState().sync).toEqual({ kind: 'saving', unsavedChanges: 1 })
  await untilQuest(owner.workspace, id, 'From the other tab')
  await untilSync(other.workspace, 'saved')
  expect(sync.committedTitles()).toEqual(['From the other tab'])
})

test('the next tab connects by itself when the owner stops, and the owner shows that it does not sync', async () => {
  const owner = await openTab()
  await untilSync(owner.workspace, 'saved')
  const other = await openTab()
  await untilSync(other.workspace, 'saved')
  owner.stop()
  expect(owner.workspace.state.getState().sync).toEqual({ kind: 'offline', unsavedChanges: 0 })
  await sync.server.received(2)
  await untilSync(other.workspace, 'saved')
  addQuest(other.workspace, 'By the heir')
  await expect.poll(() => sync.committedTitles()).toHaveLength(1)
})

test('a tab that stopped no longer shows the standing of others', async () => {
  const owner = await openTab()
  await untilSync(owner.workspace, 'saved')
  const other = await openTab()
  await untilSync(other.workspace, 'saved')
  other.stop()
  expect(other.workspace.state.getState().sync.kind).toBe('offline')
})

test('what a tab of another version publishes is not shown', async () => {
  const owner = await openTab()
  await untilSync(owner.workspace, 'saved')
  const other = await openTab()
  await untilSync(other.workspace, 'saved')
  const shown: unknown[] = []
  other.workspace.state.subscribe((state) => shown.push(state.sync?.kind))
  const stranger = new BroadcastChannel(`questlog/socket/${TEST_REF.documentName}`)
  const known = { savedAt: null, acknowledged: null, readOnly: false, movedTo: null }
  stranger.postMessage({ type: 'status', status: { ...known, link: { kind: 'warped' } } })
  stranger.postMessage({ type: 'status', status: 'saved' })
  stranger.postMessage({ type: 'status', status: { ...known, link: { kind: 'waiting' } } })
  await untilSync(other.workspace, 'offline')
  stranger.close()
  expect(shown).toEqual(['offline'])
})
