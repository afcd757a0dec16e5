import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { StoreApi } from 'zustand/vanilla'
import type { CommandError } from '../../domain/commands/command-error.ts'
import type { Command } from '../../domain/commands/commands.ts'
import type { QuestId } from '../../domain/kernel/ids.ts'
import type { Result } from '../../domain/kernel/result.ts'
import type { Reverted } from '../../store/history.ts'
import type { MergeNotes } from '../../store/merge-notes.ts'
import type { Projection } from '../../store/projection.ts'
import type { MergeReport, WriteReceipt } from '../../store/quest-document.ts'
import type { ChangeLog } from '../ports/change-log.ts'
import type { LocalStoreError } from '../ports/local-store.ts'
import type { ConnectOptions } from '../sync/connect-options.ts'
import type { SetAsideEntry } from '../sync/set-aside.ts'
import type { SharedStatus } from '../sync/shared-status.ts'
import type { SyncStatus } from '../sync/sync-status.ts'
import type { WorkspaceRef } from '../workspace-ref.ts'
import type { ExportedLog } from './export-log.ts'

export interface WorkspaceState {
  readonly sync: SyncStatus
  /** What the local store last failed with: edits since may not be on this device's disk. */
  readonly storageError: LocalStoreError | null
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** How many unreadable entries were skipped. */
  readonly problems: number
  /**
   * True for viewers, for whoever lost their role, until they are let in again, and for clients too old to write what
   * the server now keeps. What was written before stays, is counted and can be exported.
   */
  readonly readOnly: boolean
  /**
   * Set once the server has moved this workspace to a new document: a workspace open on it, to which everything here
   * was carried and which is on disk. From then on commands given here are carried out there. Keep its `ref`, show and
   * connect it, then `destroy` this one.
   */
  readonly successor: Workspace | null
}

/** One open workspace: local from the first moment, in sync once connected. */
export interface Workspace {
  readonly ref: WorkspaceRef
  readonly projection: Projection
  readonly state: StoreApi<WorkspaceState>
  /** For persistence, tabs and the note editor's binding. Records are written by `dispatch` alone. */
  readonly doc: Y.Doc
  /** What this device saw happen, also in earlier sessions. It outlives `destroy`: a workspace may go on in another document. */
  readonly changes: ChangeLog
  /** Decides the command on the present state and writes it in one transaction. */
  dispatch(command: Command): Result<WriteReceipt, CommandError>
  /** Takes back this session's latest command and says which; null when there is none or the workspace is read-only. */
  undo(): Reverted<Command> | null
  /** Does again what the latest undo took back, and says which command that was. */
  redo(): Reverted<Command> | null
  note(questId: QuestId): Y.Text
  awareness(): Awareness
  /** Resolves when everything so far is on this device's disk; rejects with a `LocalStoreFailure`. */
  flush(): Promise<void>
  /** Starts syncing and keeps at it; called again, it tries at once, also after a refusal. */
  connect(options: ConnectOptions): void
  disconnect(): void
  /**
   * For when the server holds something else than this device (`content-differs`), or refuses edits under the ids they
   * have here (`foreign-client-id`): merges what is here into a fresh copy from the server. Answers whether the server
   * has committed all of it, so that this device may load that copy in place of its own. Starts by itself on a
   * difference.
   */
  rescue(options: ConnectOptions): Promise<boolean>
  /** Calls back now and on each change with what other tabs need; returns an unsubscribe. */
  shareStatus(listener: (status: SharedStatus) => void): () => void
  /** Shows the standing of another tab, which owns the socket; null returns to this tab's own. */
  followStatus(status: SharedStatus | null): void
  /** How many entries can neither be read nor were ever sent: the server refuses the log's edits because of them. */
  countUnreadable(): number
  /**
   * Takes these entries out of the log, for this device to keep, and goes on syncing; how many. Rejects with a
   * `LocalStoreFailure`, nothing removed, where they cannot be kept.
   */
  setAsideUnreadable(): Promise<number>
  /** What was set aside of this log on this device. */
  setAside(): readonly SetAsideEntry[]
  /** Keeps what was set aside of a copy of this log that is gone. */
  keepSetAside(entries: readonly SetAsideEntry[]): Promise<void>
  /** All records and notes as plain JSON, in a stable order, and what was set aside. */
  exportLog(): ExportedLog
  /**
   * Merges another open log in, its history with it; idempotent, and on disk when resolved. The other stays as it is.
   * `notes` says how to merge the notes if the other is an earlier epoch of this one.
   */
  mergeFrom(other: Workspace, notes?: MergeNotes): Promise<MergeReport>
  /**
   * Carries what only this earlier epoch holds over to a later one (R33); idempotent, and on disk when resolved. Rejects
   * with `MoveDelayed` where that is not possible yet.
   */
  carryTo(later: Workspace): Promise<void>
  /**
   * Whether this document is joined, here or in the tab that owns the socket, and all that the server announced is
   * here.
   */
  isJoined(): boolean
  /** Flushes, stops syncing and releases everything. */
  close(): Promise<void>
  /**
   * Closes and removes the workspace from this device; not before its successor, if it has one, has everything. That
   * must still be open.
   */
  destroy(): Promise<void>
}
