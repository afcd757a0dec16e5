import type { Database } from '../db/tables.ts'
import { appendInTransaction } from '../sync/log/append-transaction.ts'
import type { DocumentCipher } from '../sync/log/document-cipher.ts'
import type { Seq } from '../sync/log/update-log.ts'
import type { Written } from '../sync/replicas/replica.ts'
import type { LiveWorkspace } from './live-workspace.ts'
import { writeBatch } from './projecting/write-batch.ts'
import type { Committed, WorkspaceSeq, WriteRequest } from './workspace-store.ts'

interface CommitDeps {
  readonly db: Database
  readonly cipher?: DocumentCipher
  readonly announce: (document: string, seq: Seq) => void
}

interface Change {
  readonly live: LiveWorkspace
  readonly written: Written
}

/**
 * Appends what was written on workspaces to their logs, with its rows and whatever else the request has, in one
 * transaction. `moved` where somebody else appended first. Unless it is committed, the workspaces must be dropped.
 */
export async function commitDrafts<Answer, Refusal>(
  deps: CommitDeps,
  lives: readonly LiveWorkspace[],
  request: WriteRequest<Answer, Refusal>,
  answer: Answer,
): Promise<Committed<Answer> | 'moved'> {
  const changes = lives.flatMap((live): Change[] => {
    const written = live.replica.takeWritten()
    return written === null ? [] : [{ live, written }]
  })
  const seqs = new Map<string, WorkspaceSeq>(lives.map((live) => [live.workspaceId, live.placeOf(live.seq)]))
  for (const { live } of changes) seqs.set(live.workspaceId, live.placeOf(live.seq + 1))
  const committed: Committed<Answer> = { answer, seqs }
  if (changes.length > 0 || request.inTransaction !== undefined) {
    const isCommitted = await inOneTransaction(deps, changes, request, committed)
    if (!isCommitted) return 'moved'
  }
  for (const { live, written } of changes) {
    live.replica.advance(written)
    deps.announce(live.replica.name, live.seq)
  }
  return committed
}

/** Undoes a transaction that came too late. */
class Moved extends Error {}

async function inOneTransaction<Answer, Refusal>(
  { db, cipher }: CommitDeps,
  changes: readonly Change[],
  { userId, inTransaction }: WriteRequest<Answer, Refusal>,
  committed: Committed<Answer>,
): Promise<boolean> {
  try {
    await db.transaction().execute(async (transaction) => {
      const appended = await appendInTransaction(
        transaction,
        changes.map(({ live, written }) => ({ ...written, document: live.replica.name, after: live.seq, userId })),
        cipher,
      )
      if (!appended.ok) throw new Moved()
      for (const { live, written } of changes) {
        const row = appended.value.get(live.replica.name)
        if (row === undefined) throw new Error(`the append to ${live.replica.name} was not answered`)
        const batch = live.tell(written, row.seq, userId, row.at)
        const hasMoved = await writeBatch(transaction, live, batch, { from: live.seq, to: row.seq })
        if (!hasMoved) throw new Moved()
      }
      await inTransaction?.(transaction, committed)
    })
    return true
  } catch (error) {
    if (error instanceof Moved) return false
    throw error
  }
}

// Serialization failure, deadlock, lock not available: undone as a whole.
const transient = /^(?:40001|40P01|55P03)$/
const NOT_NULL_VIOLATION = '23502'

/** Whether a transaction was undone for a reason that another try does not meet again. */
export function isWorthAnotherTry(error: unknown): boolean {
  const { code, table } = error as { code?: unknown; table?: unknown }
  if (typeof code !== 'string') return false
  // A user's device happens to have the client id that the replica drew; the next one draws another.
  return transient.test(code) || (code === NOT_NULL_VIOLATION && table === 'doc_clients')
}
