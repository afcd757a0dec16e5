import { platformSocket } from '@questlog/shared/client/ports/socket'
import { type MemoryDisks, memoryLocalStores } from '@questlog/shared/client/rescue/memory-local-store'
import { createAccount } from '@questlog/shared/client/rest/account'
import { openWorkspace } from '@questlog/shared/client/workspace/open-workspace'
import type { Workspace } from '@questlog/shared/client/workspace/workspace'
import type { WorkspaceRef } from '@questlog/shared/client/workspace-ref'
import { newId, type QuestId, type WorkspaceId } from '@questlog/shared/domain/kernel/ids'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { freePort, makeDataDirectory, type QuestlogProcess, startQuestlog } from '../harness/questlog-process.ts'

const QUESTS = 100_000
const OFFLINE_EDITS = 3_000
/** The server's largest frame. */
const FRAME_BYTES = 16 * 1024 * 1024

let dataDirectory: Awaited<ReturnType<typeof makeDataDirectory>>
let server: QuestlogProcess

/** The device that made the log, on which it was claimed. */
let first: Workspace
let ref: WorkspaceRef
let connection: { readonly url: string; readonly token: () => Promise<string | null> }
/** How many changes were unsaved, each time that there were others. */
const counts: number[] = []

beforeAll(async () => {
  expect(platformSocket()).not.toBeNull()
  dataDirectory = await makeDataDirectory()
  server = await startQuestlog({ dataDirectory: dataDirectory.path, port: await freePort() })
  await claimLog()
})
afterAll(async () => {
  expect(await server.stop()).toBe(0)
  await dataDirectory.remove()
})

/** Makes a log offline, creates an account with it, and sends it. */
async function claimLog(): Promise<void> {
  const id = newId<WorkspaceId>()
  ref = { id, documentName: `w:${id}:1`, name: 'Personal', kind: 'personal', role: 'owner' }
  const log = offlineLog()
  expect(log.length).toBeGreaterThan(FRAME_BYTES)
  first = await openOn(new Map([[ref.documentName, { updates: [log], facts: new Map(), atOnce: new Map() }]]), ref)
  const account = createAccount({ fetch: (url, init) => fetch(url, init), baseUrl: server.url, now: Date.now })
  const registered = await account.register({
    email: 'collector@example.org',
    password: 'correct horse battery staple',
    displayName: 'Collector',
    workspaceId: id,
  })
  expect(registered).toMatchObject({ ok: true })
  first.state.subscribe(({ sync }) => {
    if (sync.kind === 'saving' && counts.at(-1) !== sync.unsavedChanges) counts.push(sync.unsavedChanges)
  })
  connection = { url: server.socketUrl, token: account.accessToken }
  first.connect(connection)
  await untilSaved(first)
}

/** A log as a device keeps it that was never online. */
function offlineLog(): Uint8Array {
  const doc = new Y.Doc()
  const document = openQuestDocument(doc, { now: Date.now })
  const writes = Array.from({ length: QUESTS }, (_, index) => ({
    table: 'quests' as const,
    id: newId<QuestId>(),
    patch: {
      title: `Quest ${index} of a very long list made offline`,
      createdAt: Date.now(),
      rank: `a${index.toString(36).padStart(6, '0')}`,
      priority: index % 4,
      estimateMinutes: 15 + (index % 60),
      color: 'teal',
      'tags/urgent': true,
    },
  }))
  document.write(writes)
  const update = Y.encodeStateAsUpdate(doc)
  document.destroy()
  return update
}

function openOn(disks: MemoryDisks, ref: WorkspaceRef): Promise<Workspace> {
  const deps = {
    openLocalStore: memoryLocalStores(disks),
    now: Date.now,
    random: Math.random,
    timeZone: () => 'Europe/Berlin',
    userId: () => null,
  }
  return openWorkspace(deps, ref)
}

function untilSaved(workspace: Workspace): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const { sync } = workspace.state.getState()
      if (sync.kind === 'refused') reject(new Error(`refused: ${sync.reason}`))
      if (sync.kind === 'saved') resolve()
    }
    workspace.state.subscribe(check)
    check()
  })
}

function expectEqualLogs(one: Workspace, other: Workspace): void {
  // Compared as text, since a difference of two such logs is not worth printing.
  const [a, b] = [one, other].map((workspace) => JSON.stringify(workspace.exportLog().records))
  expect(a === b).toBe(true)
}

/** Another device of the account, with all that the server has. */
async function openFresh(): Promise<Workspace> {
  const fresh = await openOn(new Map(), ref)
  fresh.connect(connection)
  await untilSaved(fresh)
  return fresh
}

test('a hundred thousand quests made offline are claimed by a new account and read back equal on a fresh device', async () => {
  expect(counts.length).toBeGreaterThan(10)
  expect(counts).toEqual(counts.toSorted((a, b) => b - a))
  const fresh = await openFresh()
  expect(fresh.projection.list({ kind: 'all' })).toHaveLength(QUESTS)
  expectEqualLogs(first, fresh)
  await fresh.close()
})

test('the edits of a long time offline reach the other device, and both have the same', async () => {
  const fresh = await openFresh()
  for (const device of [first, fresh]) device.disconnect()
  const ids = first.projection.list({ kind: 'all' }).slice(0, OFFLINE_EDITS)
  for (const [index, quest] of ids.entries()) {
    first.dispatch({
      kind: 'editQuest',
      id: quest,
      fields: { title: `Rewritten offline ${index} ${'and '.repeat(40)}` },
    })
  }
  expect(first.state.getState().sync).toMatchObject({ kind: 'offline', unsavedChanges: ids.length })
  for (const device of [first, fresh]) {
    device.connect(connection)
    await untilSaved(device)
  }
  expect(fresh.projection.quest(ids[0] ?? newId())?.title).toMatch('Rewritten offline 0')
  expectEqualLogs(first, fresh)
  await first.close()
  await fresh.close()
})
