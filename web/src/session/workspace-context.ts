import type { Workspace, WorkspaceState } from '@questlog/shared/client/workspace/workspace'
import type { Project, Tag } from '@questlog/shared/domain/groups/group-fields'
import type { ProjectId, QuestId, TagId } from '@questlog/shared/domain/kernel/ids'
import type { ListKey } from '@questlog/shared/domain/quest/lists'
import type { Quest } from '@questlog/shared/domain/quest/quest'
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'

export const WorkspaceContext = createContext<Workspace | null>(null)

/** The workspace on screen. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext)
  if (workspace === null) throw new Error('A component that needs a workspace was rendered outside of one')
  return workspace
}

/** A part of the workspace's state: sync status, storage error, what undo can do. */
export function useWorkspaceState<Part>(select: (state: WorkspaceState) => Part): Part {
  return useStore(useWorkspace().state, select)
}

/** Whether the person may read the log but not change it. */
export function useIsReadOnly(): boolean {
  return useWorkspaceState((state) => state.readOnly)
}

/** One quest; the component renders again when this quest changes and for no other. */
export function useQuest(id: QuestId): Quest | undefined {
  const { projection } = useWorkspace()
  const subscribe = useCallback(
    (changed: () => void) => projection.subscribeRecord('quests', id, changed),
    [projection, id],
  )
  return useSyncExternalStore(subscribe, () => projection.quest(id))
}

/** Whether a quest's current occurrence is completed. */
export function useIsDone(id: QuestId): boolean {
  const { projection } = useWorkspace()
  const subscribe = useCallback(
    (changed: () => void) => projection.subscribeRecord('quests', id, changed),
    [projection, id],
  )
  return useSyncExternalStore(subscribe, () => projection.isDone(id))
}

/** One project by id; undefined for null, unknown and unreadable ones. */
export function useProject(id: ProjectId | null): Project | undefined {
  const { projection } = useWorkspace()
  const subscribe = useCallback(
    (changed: () => void) => (id === null ? () => {} : projection.subscribeRecord('projects', id, changed)),
    [projection, id],
  )
  return useSyncExternalStore(subscribe, () => (id === null ? undefined : projection.project(id)))
}

/** One tag by id. */
export function useTag(id: TagId): Tag | undefined {
  const { projection } = useWorkspace()
  const subscribe = useCallback(
    (changed: () => void) => projection.subscribeRecord('tags', id, changed),
    [projection, id],
  )
  return useSyncExternalStore(subscribe, () => projection.tag(id))
}

/** The ordered ids of a list; the same array until the list changes. Pass a stable key object. */
export function useList(key: ListKey): readonly QuestId[] {
  const { projection } = useWorkspace()
  const subscribe = useCallback((changed: () => void) => projection.subscribeList(key, changed), [projection, key])
  return useSyncExternalStore(subscribe, () => projection.list(key))
}

/** How many quests a list holds. Pass a stable key object. */
export function useListCount(key: ListKey): number {
  const { projection } = useWorkspace()
  const subscribe = useCallback((changed: () => void) => projection.subscribeList(key, changed), [projection, key])
  return useSyncExternalStore(subscribe, () => projection.count(key))
}

/** The ids of all projects in order. */
export function useProjects(): readonly ProjectId[] {
  const { projection } = useWorkspace()
  const subscribe = useCallback((changed: () => void) => projection.subscribeProjects(changed), [projection])
  return useSyncExternalStore(subscribe, () => projection.projects())
}

/** The ids of the projects in the Trash, the latest first. */
export function useTrashedProjects(): readonly ProjectId[] {
  const { projection } = useWorkspace()
  const subscribe = useCallback((changed: () => void) => projection.subscribeProjects(changed), [projection])
  return useSyncExternalStore(subscribe, () => projection.trashedProjects())
}

/** The names of all tags in order. */
export function useTagNames(): readonly string[] {
  const { projection } = useWorkspace()
  const subscribe = useCallback((changed: () => void) => projection.subscribeTags(changed), [projection])
  const ids = useSyncExternalStore(subscribe, () => projection.tags())
  return ids.flatMap((id) => projection.tag(id)?.name ?? [])
}
