import { newId, type QuestId, type WorkspaceId } from '../../domain/kernel/ids.ts'
import { type MemoryDisks, memoryLocalStores } from '../rescue/memory-local-store.ts'
import type { SyncStatus } from '../sync/sync-status.ts'
import { type OpenWorkspaceDeps, openWorkspace } from '../workspace/open-workspace.ts'
import type { Workspace, WorkspaceState } from '../workspace/workspace.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import { type FakeTime, fakeTime } from './fake-time.ts'

/** A device: a disk and a clock that outlive the workspaces opened on it. */
export interface Device {
  readonly disks: MemoryDisks
  readonly time: FakeTime
  open(ref?: Partial<WorkspaceRef>): Promise<Workspace>
}

export const TEST_REF: WorkspaceRef = {
  id: '01K00000000000000000000000' as WorkspaceId,
  documentName: 'w:01K00000000000000000000000:1',
  name: 'Personal',
  kind: 'personal',
  role: 'owner',
}

/** A device with an empty disk. */
export function makeDevice(overrides: Partial<OpenWorkspaceDeps> = {}): Device {
  const disks: MemoryDisks = new Map()
  const time = fakeTime()
  const deps: OpenWorkspaceDeps = {
    openLocalStore: memoryLocalStores(disks),
    now: time.now,
    timers: time.timers,
    timeZone: () => 'Europe/Berlin',
    random: () => 0.5,
    userId: () => null,
    ...overrides,
  }
  return { disks, time, open: (ref) => openWorkspace(deps, { ...TEST_REF, ...ref }) }
}

/** Creates a quest and gives its id; throws when refused. */
export function addQuest(workspace: Workspace, title: string): QuestId {
  const id = newId<QuestId>()
  const result = workspace.dispatch({ kind: 'createQuest', id, title })
  if (!result.ok) throw new Error(`createQuest was refused: ${result.error.code}`)
  return id
}

/** Resolves with the first state, the present one included, that satisfies the condition. */
export function untilState(
  workspace: Workspace,
  condition: (state: WorkspaceState) => boolean,
): Promise<WorkspaceState> {
  return new Promise((resolve) => {
    const check = (state: WorkspaceState) => {
      if (!condition(state)) return
      unsubscribe()
      resolve(state)
    }
    const unsubscribe = workspace.state.subscribe(check)
    check(workspace.state.getState())
  })
}

/** Resolves with the status once it is of a kind. */
export async function untilSync<Kind extends SyncStatus['kind']>(
  workspace: Workspace,
  kind: Kind,
): Promise<SyncStatus> {
  return (await untilState(workspace, ({ sync }) => sync.kind === kind)).sync
}

/** Resolves when the workspace shows a quest under a title. */
export function untilQuest(workspace: Workspace, id: QuestId, title: string): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (workspace.projection.quest(id)?.title !== title) return
      unsubscribe()
      resolve()
    }
    const unsubscribe = workspace.projection.subscribeRecord('quests', id, check)
    check()
  })
}
