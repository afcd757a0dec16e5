import { useMemo } from 'react'
import { useSessionState } from '../../session/session-context.ts'
import { useWorkspace } from '../../session/workspace-context.ts'
import { type WorkspaceEntry, workspaceEntries } from './workspace-entries.ts'

/** What the person can change to, and which of it is on screen. */
export function useWorkspaceEntries(): {
  readonly entries: readonly WorkspaceEntry[]
  readonly shown: WorkspaceEntry | undefined
} {
  const logs = useSessionState((state) => state.logs)
  const workspaces = useSessionState((state) => state.workspaces)
  const person = useSessionState((state) => state.person)
  const { id } = useWorkspace().ref
  return useMemo(() => {
    const entries = workspaceEntries({ logs, workspaces, person })
    return { entries, shown: entries.find((entry) => entry.id === id) }
  }, [logs, workspaces, person, id])
}
