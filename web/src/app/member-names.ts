import { isArrayOf, isOneOf, isRecordOf, isShape, isString } from '@questlog/shared/domain/kernel/value-shape'
import type { MemberResponse } from '@questlog/shared/protocol/members'
import { type Role, roles } from '@questlog/shared/protocol/roles'
import { create } from 'zustand'

const isMembersByWorkspace = isRecordOf(
  isArrayOf(isShape({ userId: isString, displayName: isString, role: isOneOf(roles) })),
)
const storageKey = 'questlog.members'
const nobody: readonly NamedMember[] = []

/** Somebody of a party, as this device last heard of them. */
export interface NamedMember {
  readonly userId: string
  readonly displayName: string
  readonly role: Role
}

/** Who belongs to the parties of this device, kept for when the server is away. */
const useKnownMembers = create<{ readonly [workspaceId: string]: readonly NamedMember[] }>(() => read())

/** The members of a party as last heard of; empty when never. */
export function useMembers(workspaceId: string): readonly NamedMember[] {
  return useKnownMembers((known) => known[workspaceId] ?? nobody)
}

/** The same outside of components. */
export function knownMembers(workspaceId: string): readonly NamedMember[] {
  return useKnownMembers.getState()[workspaceId] ?? nobody
}

/** Keeps names and roles of a party's members; e-mail addresses are not kept. */
export function keepMembers(workspaceId: string, members: readonly MemberResponse[]): void {
  const named = members.map(({ userId, displayName, role }) => ({ userId, displayName, role }))
  if (JSON.stringify(named) === JSON.stringify(knownMembers(workspaceId))) return
  replace({ ...useKnownMembers.getState(), [workspaceId]: named })
}

/** Forgets who belongs to a party that is removed from this device. */
export function forgetMembers(workspaceId: string): void {
  const { [workspaceId]: forgotten, ...rest } = useKnownMembers.getState()
  if (forgotten !== undefined) replace(rest)
}

function replace(members: { readonly [workspaceId: string]: readonly NamedMember[] }): void {
  useKnownMembers.setState(members, true)
  try {
    localStorage.setItem(storageKey, JSON.stringify(members))
  } catch {
    // Forbidden or full: the names are asked for again at the next start.
  }
}

function read(): { readonly [workspaceId: string]: readonly NamedMember[] } {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}')
    return isMembersByWorkspace(stored) ? stored : {}
  } catch {
    return {}
  }
}
