import { afterEach, beforeEach, vi } from 'vitest'
import { encodeStateAsUpdate } from 'yjs'
import { formatDocumentName, parseDocumentName } from '../../protocol/documents.ts'
import { rebaseDocument } from '../../store/compact.ts'
import { openQuestDocument } from '../../store/quest-document.ts'
import type { OpenWorkspaceDeps } from '../workspace/open-workspace.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import { type Device, makeDevice, TEST_REF, untilState } from './devices.ts'
import { TestServer } from './test-server.ts'

/** A server and the workspaces open against it. */
export interface SyncFixture {
  readonly server: TestServer
  open(device: Device, ref?: Partial<WorkspaceRef>): Promise<Workspace>
  /** Resolves with the workspace in which another goes on, which is closed with the others. */
  untilMoved(workspace: Workspace): Promise<Workspace>
  close(workspace: Workspace): Promise<void>
  /** A device that asks the server for the final states of epochs, and whose moves connect by themselves. */
  movingDevice(overrides?: Partial<OpenWorkspaceDeps>): Device
  /** Ends an epoch: its document is refused, and the next one begins with what it held. Answers the next one's name. */
  rebase(documentName?: string): string
  connect(workspace: Workspace, token?: (rejected?: string) => Promise<string | null>): void
  /** Titles of the quests the server has committed, sorted. */
  committedTitles(documentName?: string): unknown[]
}

/** Gives each test of a file a fresh server, and ends it and whatever the test left open. */
export function syncFixture(): SyncFixture {
  let server = new TestServer()
  let workspaces: Workspace[] = []

  beforeEach(async () => {
    // Hocuspocus reports the documents it closes here.
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    server = new TestServer()
    workspaces = []
    await server.start()
  })
  afterEach(async () => {
    for (const workspace of workspaces) await workspace.close()
    await server.crash()
    vi.restoreAllMocks()
  })

  return {
    get server() {
      return server
    },
    async open(device, ref) {
      const workspace = await device.open(ref)
      workspaces.push(workspace)
      return workspace
    },
    async untilMoved(workspace) {
      const { successor } = await untilState(workspace, (state) => state.successor !== null)
      if (successor === null) throw new Error('unreachable')
      workspaces.push(successor)
      return successor
    },
    async close(workspace) {
      workspaces = workspaces.filter((other) => other !== workspace)
      await workspace.close()
    },
    movingDevice: (overrides) =>
      makeDevice({
        fetchFinal: async (name) => encodeStateAsUpdate(server.committed(name)),
        connectNext(next) {
          next.connect({ url: server.url, token: async () => 'token' })
          return next.disconnect
        },
        ...overrides,
      }),
    rebase(documentName = TEST_REF.documentName) {
      const old = parseDocumentName(documentName)
      if (old === null) throw new TypeError(`No document: ${documentName}`)
      const next = formatDocumentName({ ...old, epoch: old.epoch + 1 })
      server.log.set(next, [encodeStateAsUpdate(rebaseDocument(server.committed(documentName)))])
      const { deny } = server
      server.deny = (name, token) => (name === documentName ? `refused:old-epoch:${old.epoch + 1}` : deny(name, token))
      server.closeDocument(documentName, `refused:old-epoch:${old.epoch + 1}`)
      return next
    },
    connect: (workspace, token = async () => 'token') => workspace.connect({ url: server.url, token }),
    committedTitles(documentName = TEST_REF.documentName) {
      const document = openQuestDocument(server.committed(documentName), { now: Date.now })
      return [...document.ids('quests')].map((id) => document.record('quests', id)?.title).sort()
    },
  }
}
