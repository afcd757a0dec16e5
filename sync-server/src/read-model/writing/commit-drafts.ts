import { appendInTransaction } from '../../log/append-transaction.ts'
import type { DocumentCipher } from '../../log/document-cipher.ts'
import type { Written } from '../../log/replicas/replica.ts'
import type { LiveWorkspace } from '../projecting/live-workspace.ts'
import { writeBatch } from '../projecting/write-batch.ts'
import type { RowsTarget } from '../projecting/write-rows.ts'
import type { Committed, WorkspaceSeq, WriteRequest } from '../workspace-store.ts'

/** What a write comes to, decided and not yet committed. Unless it is committed, the workspaces must be dropped. */
export interface DecidedWrite<Answer> {
  readonly changes: readonly Change[]
  readonly committed: Committed<Answer>
}

interface Change {
  readonly live: LiveWorkspace
  readonly written: Written
}

/** Takes what was written on workspaces, with where it brings them. */
export function takeDrafts<Answer>(lives: readonly LiveWorkspace[], answer: Answer): DecidedWrite<Answer> {
  const changes = lives.flatMap((live): Change[] => {
    const written = live.replica.takeWritten()
    return written === null ? [] : [{ live, written }]
  })
  const seqs = new Map<string, WorkspaceSeq>(lives.map((live) => [live.workspaceId, live.placeOf(live.seq)]))
  for (const { live } of changes) seqs.set(live.workspaceId, live.placeOf(live.seq + 1))
  return { changes, committed: { answer, seqs } }
}

/** Thrown where somebody else appended first: the transaction is to be undone, and the write decided again. */
export class Moved extends Error {
  override readonly name = 'Moved'
}

/** Appends a decided write to its logs, with its rows and whatever else the request has; throws `Moved`. */
export async function writeDrafts<Answer, Refusal>(
  target: RowsTarget,
  { changes, committed }: DecidedWrite<Answer>,
  { userId, inTransaction }: WriteRequest<Answer, Refusal>,
  cipher: DocumentCipher | undefined,
): Promise<void> {
  const { transaction } = target
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
    const hasMoved = await writeBatch(target, live, batch, { from: live.seq, to: row.seq })
    if (!hasMoved) throw new Moved()
  }
  await inTransaction?.(transaction, committed)
}

// Serialization failure, deadlock, lock not available: undone as a whole.
const transient = /^(?:40001|40P01|55P03)$/
const NOT_NULL_VIOLATION = '23502'

/** Whether a transaction was undone for a reason that another try does not meet again. */
export function isWorthAnotherTry(error: unknown): boolean {
  if (error instanceof Moved) return true
  const { code, table } = error as { code?: unknown; table?: unknown }
  if (typeof code !== 'string') return false
  // A user's device happens to have the client id that the replica drew; the next one draws another.
  return transient.test(code) || (code === NOT_NULL_VIOLATION && table === 'doc_clients')
}
