import type { MemberResponse } from '@questlog/shared/protocol/members'
import { roleSchema } from '@questlog/shared/protocol/workspaces'
import { z } from 'zod'
import { create } from 'zustand'

const namedMember = z.object({ userId: z.string(), displayName: z.string(), role: roleSchema })
const membersByWorkspace = z.record(z.string(), z.array(namedMember))
const storageKey = 'questlog.members'
const nobody: readonly NamedMember[] = []

/** Somebody of a party, as this device last heard of them. */
export type NamedMember = Readonly<z.infer<typeof namedMember>>

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
    const parsed = membersByWorkspace.safeParse(JSON.parse(localStorage.getItem(storageKey) ?? '{}'))
    return parsed.success ? parsed.data : {}
  } catch {
    return {}
  }
}
