import type { Account } from '@questlog/shared/client/rest/account'
import type { ApiKeys } from '@questlog/shared/client/rest/api-keys'
import type { AssignedQuests } from '@questlog/shared/client/rest/assigned-quests'
import type { Parties } from '@questlog/shared/client/rest/parties'
import type { PasskeyError } from '@questlog/shared/client/rest/sign-in-methods'
import type { Workspace, WorkspaceRef } from '@questlog/shared/client/workspace/workspace'
import type { Result } from '@questlog/shared/domain/kernel/result'
import type { Role } from '@questlog/shared/protocol/workspaces'
import { createContext, useContext, useMemo } from 'react'
import { type StoreApi, useStore } from 'zustand'
import type { MessageKey } from '../i18n/translate.ts'
import { WorkspaceContext } from '../session/workspace-context.ts'
import { unsavedElsewhere } from './device-log-list.ts'
import { type LogStanding, standingOf } from './log-standing.ts'
import type { OpenError } from './open-error.ts'

export interface Person {
  readonly id: string
  readonly email: string
  readonly displayName: string
}

/** A log kept on this device, and whose it is; null while it belongs to nobody's account. */
export interface DeviceLog {
  readonly ref: WorkspaceRef
  readonly owner: Person | null
  /** What the server did not have when this device last looked; 0 while the log belongs to nobody's account. */
  readonly unsavedChanges: number
}

export interface SessionState {
  /** Null until the local store is open. */
  readonly workspace: Workspace | null
  readonly openError: OpenError | null
  readonly logs: readonly DeviceLog[]
  readonly person: Person | null
  /** The person's workspaces as the server told them last; null until it did. */
  readonly workspaces: readonly WorkspaceRef[] | null
  /** After signing in: the log that could be merged into the account's, a local one or an earlier account's. */
  readonly mergeOffer: DeviceLog | null
  /** Switches to a new version of the app; null while there is none. */
  readonly applyUpdate: (() => void) | null
}

export interface SignUpInput {
  readonly email: string
  readonly password: string
  readonly displayName: string
  /** Whether the local log becomes the account's, or stays apart. */
  readonly claimsLocalLog: boolean
}

export interface SignInInput {
  readonly email: string
  readonly password: string
}

/** Whether a local log's quests join the account's, or stay where they are. */
export type MergeAnswer = 'merge' | 'keep-apart'

/** Why an account action failed, as what to tell the person. */
export interface AccountFailure {
  readonly message: MessageKey
  /** To be sent back with a code, where the account has a second factor and the first was right. */
  readonly challenge?: string
}

/** Everything screens ask of the session: which log is open, and whose. */
export interface Session {
  readonly state: StoreApi<SessionState>
  /** What is asked of the server alone, and needs it. */
  readonly rest: {
    readonly parties: Parties
    readonly apiKeys: ApiKeys
    readonly assigned: AssignedQuests
    /** For what only some screens ask, so that it is fetched with them. */
    readonly account: Pick<Account, 'send' | 'adopt' | 'logout' | 'signIn' | 'resume'>
  }
  /** Asks the server for the person's workspaces and takes over their names and roles. */
  refreshWorkspaces(): Promise<Result<null, AccountFailure>>
  /** Shows one of the person's workspaces; one that is new to this device needs the server. */
  openWorkspace(id: string): Promise<Result<null, AccountFailure>>
  /** Takes a workspace the server has just told of among the person's, and shows it unless they are a guest there. */
  adopt(ref: WorkspaceRef): Promise<void>
  /** Asks who belongs to the party on screen: names are kept for when the server is away, and people come and go. */
  rememberMembers(): void
  /** Shows the person's own log; the one on screen stays on this device. */
  showOwn(): Promise<void>
  /** Removes the log on screen from this device and shows the person's own. */
  removeShown(): Promise<void>
  /** Removes the log on screen from this device, with what was never sent, and fetches it anew. */
  fetchShownAnew(): Promise<void>
  /**
   * Sends what the log on screen holds to the server and then loads it again from there. Answers whether the server has
   * all of it; nothing is removed before that.
   */
  loadShownAgain(): Promise<boolean>
  signUp(input: SignUpInput): Promise<Result<null, AccountFailure>>
  signIn(input: SignInInput): Promise<Result<null, AccountFailure>>
  /** Goes on with a sign-in that was asked for in another way: a second factor, a passkey, a provider. */
  signInBy(
    asked: Promise<Result<Person, PasskeyError>>,
    /** What becomes of a local log, where that was asked before; `mergeOffer` asks otherwise. */
    localLog?: MergeAnswer,
  ): Promise<Result<null, AccountFailure>>
  /** Removes a person's logs from this device, with what was never sent, and shows another. */
  removeLogsOf(personId: string): Promise<void>
  /** Ends the session here; the account's logs stay on this device or are removed. */
  signOut(data: 'keep' | 'remove'): Promise<void>
  /** Answers the merge offer: the local log's quests join the account's, or stay where they are. */
  answerMergeOffer(answer: MergeAnswer): Promise<Result<null, AccountFailure>>
  /**
   * Shows the person's own log and merges another log of this device into it. The other is gone afterwards, unless it
   * is of somebody else's account.
   */
  mergeIn(documentName: string): Promise<Result<null, AccountFailure>>
  /** Shows another log of this device. */
  show(documentName: string): Promise<void>
  /** Removes a log that is not on screen from this device. */
  remove(documentName: string): Promise<void>
  /** Tries again to open the local store after it failed. */
  reopen(): Promise<void>
  /** Tries again to reach the server, also after a refusal. */
  retrySync(): void
  /** From now on sends what waits in logs of the signed-in person that are not on screen; called again, it looks again. */
  sendWaiting(): void
}

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
