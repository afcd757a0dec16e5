import { err, ok, type Result } from '@questlog/shared/domain/kernel/result'
import type { Restorable, RestoreCounts, Restored } from '@questlog/shared/protocol/restore'
import { sql } from 'kysely'
import { payerOf } from '../access/payer-of.ts'
import type { Database } from '../db/tables.ts'
import { NoMemory } from '../log/replicas/replicas.ts'
import type { LogExaminer } from '../log/set-aside/log-examiner.ts'
import { pastFaults } from '../log/set-aside/past-faults.ts'
import { type DocumentThread, ThreadFailure } from '../log/thread/document-thread.ts'
import type { UpdateHistory } from '../log/update-history.ts'
import { EMPTY_DOCUMENT } from '../log/updates/document-heap.ts'
import { heapOfLarge } from '../log/updates/pieces.ts'
import type { MemoryBudget } from '../memory/memory-budget.ts'
import { WORKSPACE } from '../read-model/projecting/activity.ts'
import type { Draft, WorkspaceSeq } from '../read-model/workspace-store.ts'
import { readBroughtBack } from './brought-back.ts'
import { findMoment, type Moment, type MomentDeps } from './find-moment.ts'
import { type Past, readPast } from './past.ts'
import { firstUnknown, planRecords } from './plan-records.ts'
import { planWorkspace } from './plan-workspace.ts'
import type { RestorePlan } from './restore-plan.ts'

export interface RestoreDeps extends MomentDeps {
  readonly history: UpdateHistory
  readonly thread: DocumentThread
  readonly memory: MemoryBudget
  /** Sets aside the parts of a log that cannot be read. */
  readonly examine: LogExaminer['examine']
  /** Ends what takes long when the process stops. */
  readonly stopping: AbortSignal
}

/** A moment with the workspace as it was then, in memory that is counted until it is released. */
export interface LoadedMoment extends Moment {
  readonly past: Past
  release(): void
}

/** Why nothing can be put back to a moment. */
export type MomentFailure = 'gone' | 'ahead'

/**
 * Loads a workspace as it was, without the parts of its log that cannot be read. Its rows must have caught up with the
 * log. Throws `NoMemory` if there is none.
 */
export async function loadMoment(
  deps: RestoreDeps,
  workspaceId: string,
  at: number | string,
): Promise<Result<LoadedMoment, MomentFailure>> {
  const found = await findMoment(deps, workspaceId, at)
  if (!found.ok) return found
  const { document, documentSeq } = found.value
  const examine = async (name: string, failure: unknown): Promise<boolean> =>
    !isOurs(failure) && (await deps.examine(name, failure))
  return pastFaults(examine, document, async () => {
    const logged = await deps.history.loadAt(document, documentSeq)
    if (logged === null) return err('gone')
    const bytes = EMPTY_DOCUMENT + (await heapOfLarge(logged, deps.thread))
    const holding = deps.memory.reserve(await payerOf(deps.db, document), bytes)
    if (holding === null) throw new NoMemory()
    try {
      const past = await readPast(logged, deps.thread)
      return ok({ ...found.value, past, release: () => holding.release() })
    } catch (error) {
      holding.release()
      throw error
    }
  })
}

/** Whether a failure says nothing about the log: there was no memory, or no time. */
export function isOurs(failure: unknown): boolean {
  return failure instanceof NoMemory || (failure instanceof ThreadFailure && failure.reason !== 'threw')
}

/**
 * Plans how to put back a workspace or some of its records; fails with the index of a record that was not there then.
 */
export async function planRestore(
  deps: RestoreDeps,
  draft: Draft,
  moment: LoadedMoment,
  records: readonly Restorable[] | undefined,
): Promise<Result<RestorePlan, number>> {
  const broughtBack = await readBroughtBack(deps.db, draft.workspaceId, moment.seq)
  const context = { past: moment.past, broughtBack, now: deps.now() }
  if (records === undefined) return ok(await planWorkspace(draft, context))
  const unknown = firstUnknown(records, context)
  return unknown === null ? ok(await planRecords(draft, records, context)) : err(unknown)
}

/** Its line comes before everything that its update did. */
const FIRST_TOLD = 2 ** 31 - 1
const RECORDS_TOLD = 100

/** Adds to the activity that a workspace was put back, as part of the transaction that did it. */
export async function tellRestore(
  transaction: Database,
  restored: Restored,
  by: { readonly userId: string; readonly records: readonly Restorable[] | undefined },
): Promise<void> {
  const { workspaceId, seq, moment, tables } = restored
  const records = by.records === undefined ? null : by.records.slice(0, RECORDS_TOLD)
  const changes = Object.values(tables).reduce((sum, counts) => sum + totalOf(counts), 0)
  const after = JSON.stringify({ ...moment, records, tables, changes })
  await sql`insert into activity (workspace_id, seq, n, at, user_id, change, kind, record_id, field, after)
    values (${workspaceId}, ${seq}, ${FIRST_TOLD}, now(), ${by.userId}, 'changed', ${WORKSPACE}, ${workspaceId},
      'moment', ${after}::jsonb)`.execute(transaction)
}

function totalOf({ returned, changed, trashed, removed }: RestoreCounts): number {
  return returned + changed + trashed + removed
}

/** The answer to a restore. */
export function restoredOf(
  { workspaceId, seq: before }: Pick<Draft, 'workspaceId' | 'seq'>,
  { seq: momentSeq, at }: Moment,
  plan: RestorePlan,
  seq: WorkspaceSeq,
  dryRun: boolean,
): Restored {
  const moment = { seq: momentSeq, at: at?.toISOString() ?? null }
  return { workspaceId, seq, before, moment, dryRun, tables: plan.tables }
}
