import type { StoreApi } from 'zustand/vanilla'
import type { Result } from '../../domain/kernel/result.ts'
import type { KeyValue } from '../ports/key-value.ts'
import type { StorageKeeping } from '../ports/storage-keeping.ts'
import type { Account } from '../rest/account.ts'
import type { ApiKeys } from '../rest/api-keys.ts'
import type { AssignedQuests } from '../rest/assigned-quests.ts'
import type { Parties } from '../rest/parties.ts'
import type { PasskeyError } from '../rest/sign-in-methods.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import type { DeviceLog, Person } from './device-log.ts'
import type { MemberNames } from './member-names.ts'
import type { OpenError } from './open-error.ts'
import type { SessionFailure } from './session-failure.ts'

export interface SessionState {
  /** Null until the local store is open. */
  readonly workspace: Workspace | null
  readonly openError: OpenError | null
  readonly logs: readonly DeviceLog[]
  readonly person: Person | null
  /** The person's workspaces as the server listed them last; null until it did. */
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

/** Everything screens ask of the session: which log is open, and whose. */
export interface Session {
  readonly state: StoreApi<SessionState>
  /** What this window keeps until it is closed, over a reload too: what the person has in hand. */
  readonly windowMemory: KeyValue
  readonly storage: StorageKeeping
  /** Who belongs to the parties of this device. */
  readonly members: MemberNames
  /** What is asked of the server alone, and needs it. */
  readonly rest: {
    readonly parties: Parties
    readonly apiKeys: ApiKeys
    readonly assigned: AssignedQuests
    /** For what only some screens ask, so that it is fetched with them. */
    readonly account: Pick<Account, 'send' | 'adopt' | 'logout' | 'signIn' | 'resume'>
  }
  /** Asks the server for the person's workspaces and takes over their names and roles. */
  refreshWorkspaces(): Promise<Result<null, SessionFailure>>
  /** Shows one of the person's workspaces; one that is new to this device needs the server. */
  openWorkspace(id: string): Promise<Result<null, SessionFailure>>
  /** Adds a workspace that the server has just named to the person's, and shows it unless they are a guest there. */
  adopt(ref: WorkspaceRef): Promise<void>
  /** Asks who belongs to the party on screen: names are kept for when the server is away, and people come and go. */
  rememberMembers(): void
  /** Shows the person's own log; the one on screen stays on this device. */
  showOwn(): Promise<void>
  /** Removes the log on screen from this device and shows the person's own. */
  removeShown(): Promise<void>
  /** Removes the log on screen from this device, with what was never sent, and fetches it again. */
  fetchShownAnew(): Promise<void>
  /**
   * Sends what the log on screen holds to the server and then loads it again from there. Answers whether the server has
   * all of it; nothing is removed before that.
   */
  loadShownAgain(): Promise<boolean>
  signUp(input: SignUpInput): Promise<Result<null, SessionFailure>>
  signIn(input: SignInInput): Promise<Result<null, SessionFailure>>
  /** Goes on with a sign-in that was asked for in another way: a second factor, a passkey, a provider. */
  signInBy(
    asked: Promise<Result<Person, PasskeyError>>,
    /** What becomes of a local log, where that was asked before; `mergeOffer` asks otherwise. */
    localLog?: MergeAnswer,
  ): Promise<Result<null, SessionFailure>>
  /** Removes a person's logs from this device, with what was never sent, and shows another. */
  removeLogsOf(personId: string): Promise<void>
  /** Ends the session here; the account's logs stay on this device or are removed. */
  signOut(data: 'keep' | 'remove'): Promise<void>
  /** Answers the merge offer: the local log's quests join the account's, or stay where they are. */
  answerMergeOffer(answer: MergeAnswer): Promise<Result<null, SessionFailure>>
  /**
   * Shows the person's own log and merges another log of this device into it. The other is gone afterwards, unless it
   * is of somebody else's account.
   */
  mergeIn(documentName: string): Promise<Result<null, SessionFailure>>
  /** Takes the log on screen back to where the server has it, should that be an earlier document, with all it holds. */
  bringBack(): Promise<Result<null, SessionFailure>>
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
