import { createAccount } from '@questlog/shared/client/account'
import { type MemoryDisks, memoryLocalStores } from '@questlog/shared/client/memory-local-store'
import { openWorkspace } from '@questlog/shared/client/open-workspace'
import { platformSocket } from '@questlog/shared/client/socket'
import type { Workspace, WorkspaceRef } from '@questlog/shared/client/workspace'
import { newId, type QuestId, type WorkspaceId } from '@questlog/shared/domain/ids'
import { openQuestDocument } from '@questlog/shared/store/quest-document'
import { afterEach, beforeEach, expect, test } from 'vitest'
import * as Y from 'yjs'
import { freePort, makeDataDirectory, type QuestlogProcess, startQuestlog } from '../harness/questlog-process.ts'

const QUESTS = 100_000
/** The server's largest frame. */
const FRAME_BYTES = 16 * 1024 * 1024

let dataDirectory: Awaited<ReturnType<typeof makeDataDirectory>>
let server: QuestlogProcess

beforeEach(async () => {
  dataDirectory = await makeDataDirectory()
  server = await startQuestlog({ dataDirectory: dataDirectory.path, port: await freePort() })
})
afterEach(async () => {
  await server.stop()
  await dataDirectory.remove()
})

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

test('a hundred thousand quests made offline are claimed by a new account and read back equal on a fresh device', async () => {
  expect(platformSocket()).not.toBeNull()
  const id = newId<WorkspaceId>()
  const ref: WorkspaceRef = { id, documentName: `w:${id}:1`, name: 'Personal', kind: 'personal', role: 'owner' }
  const log = offlineLog()
  expect(log.length).toBeGreaterThan(FRAME_BYTES)
  const first = await openOn(new Map([[ref.documentName, { updates: [log], facts: new Map() }]]), ref)

  const account = createAccount({ fetch: (url, init) => fetch(url, init), baseUrl: server.url, now: Date.now })
  const registered = await account.register({
    email: 'collector@example.org',
    password: 'correct horse battery staple',
    displayName: 'Collector',
    workspaceId: id,
  })
  expect(registered).toMatchObject({ ok: true })
  const counts: number[] = []
  first.state.subscribe(({ sync }) => {
    if (sync.kind === 'saving' && counts.at(-1) !== sync.unsavedChanges) counts.push(sync.unsavedChanges)
  })
  const connection = { url: server.socketUrl, token: account.accessToken }
  first.connect(connection)
  await untilSaved(first)
  expect(counts.length).toBeGreaterThan(10)
  expect(counts).toEqual(counts.toSorted((a, b) => b - a))

  const fresh = await openOn(new Map(), ref)
  fresh.connect(connection)
  await untilSaved(fresh)
  const [sent, received] = [first.exportLog(), fresh.exportLog()]
  expect(Object.keys(received.records.quests ?? {})).toHaveLength(QUESTS)
  expect(JSON.stringify(received.records) === JSON.stringify(sent.records)).toBe(true)
  await first.close()
  await fresh.close()
})
