import { earlierPlace } from '@questlog/shared/client/session/bring-back'
import type { DeviceLog, Person } from '@questlog/shared/client/session/device-log'
import { unsavedElsewhere } from '@questlog/shared/client/session/device-log-list'
import { type LogStanding, standingOf } from '@questlog/shared/client/session/log-standing'
import type { NamedMember } from '@questlog/shared/client/session/member-names'
import type { Session, SessionState } from '@questlog/shared/client/session/session'
import type { Role } from '@questlog/shared/protocol/workspaces'
import { createContext, useContext, useMemo } from 'react'
import { useStore } from 'zustand'
import { WorkspaceContext } from './workspace-context.ts'

/** Holds the session of this page. */
export const SessionContext = createContext<Session | null>(null)

/** The session of this page. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (session === null) throw new Error('A component that needs the session was rendered outside of it')
  return session
}

/** Whose the log on screen is; null while it belongs to nobody's account. */
export function useLogOwner(): Person | null {
  return useSessionState(({ logs, workspace }) => {
    const shown = workspace?.ref.documentName
    return logs.find(({ ref }) => ref.documentName === shown)?.owner ?? null
  })
}

/** What the signed-in person is in the workspace on screen, as far as this device knows. */
export function useRole(): Role {
  const id = useContext(WorkspaceContext)?.ref.id
  return useSessionState(({ logs, workspace, workspaces }) => {
    const known = workspaces?.find((ref) => ref.id === id) ?? logs.find(({ ref }) => ref.id === id)?.ref
    return known?.role ?? workspace?.ref.role ?? 'viewer'
  })
}

/** The name of the workspace on screen, as far as this device knows. */
export function useWorkspaceName(): string {
  return useSessionState(({ logs, workspace }) => {
    return logs.find(({ ref }) => ref.id === workspace?.ref.id)?.ref.name ?? workspace?.ref.name ?? ''
  })
}

/** Which account can take what the log on screen holds. */
export function useStanding(): LogStanding {
  return useSessionState(({ logs, workspace, person, workspaces }) => {
    const log = logs.find(({ ref }) => ref.documentName === workspace?.ref.documentName)
    return log === undefined ? 'local' : standingOf(log, person, workspaces)
  })
}

/** Whether the server was put back to an earlier document of the log on screen than the one here. */
export function useIsAhead(): boolean {
  return useSessionState(({ workspace, workspaces }) => {
    return workspace !== null && earlierPlace(workspace.ref, workspaces) !== null
  })
}

/** Whether the log on screen belongs to an account and nobody is signed in here. */
export function useIsSignedOut(): boolean {
  return useStanding() === 'signed-out'
}

/** The accounts' logs on this device, the one on screen apart, that hold changes the server does not have. */
export function useUnsavedElsewhere(): readonly DeviceLog[] {
  const logs = useSessionState((state) => state.logs)
  const shown = useSessionState((state) => state.workspace?.ref.documentName ?? null)
  return useMemo(() => unsavedElsewhere(logs, shown), [logs, shown])
}

/** A part of the session's state. */
export function useSessionState<Part>(select: (state: SessionState) => Part): Part {
  return useStore(useSession().state, select)
}

/** The members of a party as last heard of; empty when never. */
export function useMembers(workspaceId: string): readonly NamedMember[] {
  const { members } = useSession()
  return useStore(members.state, () => members.of(workspaceId))
}
