import type { CommandError } from '@questlog/shared/domain/commands/command-error'
import type { Command } from '@questlog/shared/domain/commands/commands'
import type { RecordWrite, TableName } from '@questlog/shared/domain/kernel/record-write'
import type { Result } from '@questlog/shared/domain/kernel/result'
import type { FoldedRecord } from '@questlog/shared/store/fold'
import type { Projection } from '@questlog/shared/store/projection'
import type { Transaction } from 'kysely'
import type { Tables } from '../db/tables.ts'

/**
 * A place in a workspace's history: how many updates its log held then. It only grows, also when the document moves to
 * a new epoch, whose own numbering starts again.
 */
export type WorkspaceSeq = number

/** How the rest of the server reads and writes workspaces: through tables that follow the log, and through the log. */
export interface WorkspaceStore {
  /**
   * After it, the tables hold at least every edit acknowledged before the call. Workspaces that do not exist are passed
   * over. Like every method it throws `Stopping` where it takes long and the process stops; nothing of a write is kept then.
   */
  catchUp(workspaceIds: readonly string[]): Promise<void>
  /**
   * All or nothing, durable when it resolves, one after the other per workspace. It is in the tables then, and on its way
   * to every open device. However often others write, it gets its turn: `unavailable` is only for a workspace that is not
   * there or is being rebuilt. Rejects when the database fails; then it may have been written.
   */
  write<Answer, Refusal>(
    request: WriteRequest<Answer, Refusal>,
  ): Promise<Result<Committed<Answer>, Refusal | WriteFailure>>
  /** Rebuilds a workspace's rows from its log; activity from before the log's beginning stays. */
  rebuild(workspaceId: string): Promise<void>
  /** Waits for what is under way and forgets all documents; nothing may be asked for after it. */
  close(): Promise<void>
}

/** Why a write that was decided is not committed. Nothing of it is, in any of its workspaces. */
export type WriteFailure = 'unavailable' | 'workspace-full'

export interface WriteRequest<Answer, Refusal> {
  /** One, or two for moving between workspaces. */
  readonly workspaceIds: readonly string[]
  /** The author in the log and in the activity. */
  readonly userId: string
  /** The author's IANA time zone, for the day a completion counts for; UTC where it is unknown. */
  readonly tz?: string
  /** Decides and writes. Called again when somebody else's edit came in between, so it must not act elsewhere. */
  readonly run: (drafts: Drafts) => Result<Answer, Refusal> | Promise<Result<Answer, Refusal>>
  /** More rows for the same transaction; what it throws undoes the write. Called once an attempt. */
  readonly inTransaction?: (transaction: Transaction<Tables>, committed: Committed<Answer>) => Promise<void>
}

/** The drafts of a write by workspace. */
export interface Drafts {
  /** The draft of a workspace of the request; throws for any other. */
  get(workspaceId: string): Draft
}

export interface Committed<Answer> {
  readonly answer: Answer
  /** Where each workspace stands with this write. */
  readonly seqs: ReadonlyMap<string, WorkspaceSeq>
}

/** A workspace as a write finds it, and takes it on; nothing of it is seen by others before it is committed. */
export interface Draft {
  readonly workspaceId: string
  /** Where it stands; a write that changes anything brings it to `seq + 1`. */
  readonly seq: WorkspaceSeq
  /** What `decide` reads; up to date after every dispatch. */
  readonly state: Projection
  /** Decides a command and writes what it comes to. */
  dispatch(command: Command): Result<void, CommandError>
  /** Writes what no command covers. The caller answers for the values. */
  write(writes: readonly RecordWrite[]): void
  /** A record's fields by flat path; undefined where it lacks what its table requires. */
  record(table: TableName, id: string): FoldedRecord | undefined
  /** A record's fields that are not cleared, also where it lacks what its table requires. */
  fields(table: TableName, id: string): FoldedRecord
  /** The ids of a table's records, in no particular order. */
  ids(table: TableName): Iterable<string>
  note(questId: string): string
  /** Sets a note by the smallest edit of its text, so that edits elsewhere in it survive the merge. */
  setNote(questId: string, text: string): void
  /** The same for many. */
  setNotes(notes: Iterable<readonly [questId: string, text: string]>): void
  /** After a lot was written: a thread puts it together as one update, so that nobody waits for it here. */
  joinWritten(join: (parts: readonly Uint8Array[]) => Promise<Uint8Array>): Promise<void>
  /** Writes records of another workspace here under their own ids, quests with their notes; they stay there. */
  copyFrom(other: Draft, records: readonly { readonly table: TableName; readonly id: string }[]): void
}
