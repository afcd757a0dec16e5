import { createStore, type StoreApi } from 'zustand/vanilla'
import { isArrayOf, isOneOf, isRecordOf, isShape, isString } from '../../domain/kernel/value-shape.ts'
import type { MemberResponse } from '../../protocol/members.ts'
import { type Role, roles } from '../../protocol/roles.ts'
import { type KeyValue, readJson } from '../ports/key-value.ts'

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

/** Members by workspace id. */
type KnownMembers = { readonly [workspaceId: string]: readonly NamedMember[] }

/** Who belongs to the parties of this device, kept for when the server is away. */
export interface MemberNames {
  readonly state: Pick<StoreApi<KnownMembers>, 'getState' | 'getInitialState' | 'subscribe'>
  /** The members of a party as last heard of, the same array until they change; empty when never. */
  of(workspaceId: string): readonly NamedMember[]
  /** Keeps names and roles of a party's members; e-mail addresses are not kept. */
  keep(workspaceId: string, members: readonly MemberResponse[]): void
  /** Forgets who belongs to a party that is removed from this device. */
  forget(workspaceId: string): void
}

/** Starts from what the device remembers. What cannot be kept is asked for again at the next start. */
export function openMemberNames(memory: KeyValue): MemberNames {
  const stored = readJson(memory, storageKey)
  const state = createStore<KnownMembers>(() => (isMembersByWorkspace(stored) ? stored : {}))
  const of = (workspaceId: string) => state.getState()[workspaceId] ?? nobody
  const replace = (members: KnownMembers) => {
    state.setState(members, true)
    memory.write(storageKey, JSON.stringify(members))
  }
  return {
    state,
    of,
    keep(workspaceId, members) {
      const named = members.map(({ userId, displayName, role }) => ({ userId, displayName, role }))
      if (JSON.stringify(named) === JSON.stringify(of(workspaceId))) return
      replace({ ...state.getState(), [workspaceId]: named })
    },
    forget(workspaceId) {
      const { [workspaceId]: forgotten, ...rest } = state.getState()
      if (forgotten !== undefined) replace(rest)
    },
  }
}
