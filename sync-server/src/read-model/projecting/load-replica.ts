import { type Kysely, sql } from 'kysely'
import { payerOf } from '../../access/payer-of.ts'
import type { Tables } from '../../db/tables.ts'
import { Replica } from '../../log/replicas/replica.ts'
import { NoMemory, REPLICA_SHARE, type Slot } from '../../log/replicas/replicas.ts'
import type { DocumentThread } from '../../log/thread/document-thread.ts'
import type { UpdateHistory } from '../../log/update-history.ts'
import type { Seq } from '../../log/update-log.ts'
import { EMPTY_DOCUMENT, EXPECTED_HEAP_PER_BYTE } from '../../log/updates/document-heap.ts'
import { heapOfLarge, piecesOfLogged } from '../../log/updates/pieces.ts'
import type { MemoryBudget } from '../../memory/memory-budget.ts'
import type { LiveWorkspace } from './live-workspace.ts'

export interface ReplicaDeps {
  readonly historyOf: (db: Kysely<Tables>) => UpdateHistory
  readonly memory: MemoryBudget
  readonly now: () => number
  readonly thread: DocumentThread
  /** Aborts what takes long, with its reason, when the process stops. */
  readonly stopping: AbortSignal
}

/**
 * A document as it was at a seq, in memory that is counted in its slot before it is used; null if that was trimmed.
 * Throws `NoMemory` if there is none. A caller that fails afterwards drops the slot.
 */
export async function loadReplica(
  deps: ReplicaDeps,
  slot: Slot<LiveWorkspace>,
  { db, name, seq }: { readonly db: Kysely<Tables>; readonly name: string; readonly seq: Seq },
): Promise<Replica | null> {
  const expected = (await bytesUpTo(db, name, seq)) * EXPECTED_HEAP_PER_BYTE
  const holding = deps.memory.reserve(await payerOf(db, name), EMPTY_DOCUMENT + expected * REPLICA_SHARE)
  if (holding === null) throw new NoMemory()
  slot.holding = holding
  const logged = await deps.historyOf(db).loadAt(name, seq)
  if (logged === null) return null
  const heap = await heapOfLarge(logged, deps.thread)
  if (!holding.extend((heap - expected) * REPLICA_SHARE)) throw new NoMemory()
  return Replica.load(name, logged, deps.now, {
    heap,
    cut(update) {
      deps.stopping.throwIfAborted()
      return piecesOfLogged(update, deps.thread)
    },
    onGrown: (bytes) => holding.grow(bytes * REPLICA_SHARE),
  })
}

/** At most the encoded bytes of what `loadAt` reads. */
async function bytesUpTo(db: Kysely<Tables>, name: string, seq: Seq): Promise<number> {
  const { rows } = await sql<{ bytes: string }>`
    with start as (
      select coalesce(max(snapshot.seq), 0) as seq from doc_snapshots snapshot
      join doc_heads head on head.doc = snapshot.doc and snapshot.seq <= head.snapshot_seq
      where snapshot.doc = ${name} and snapshot.seq <= ${seq}
    )
    select coalesce((select octet_length(bytes) from doc_snapshots where doc = ${name} and seq = start.seq), 0)
      + coalesce((select sum(octet_length(bytes)) from doc_updates
        where doc = ${name} and seq > start.seq and seq <= ${seq}), 0) as bytes
    from start`.execute(db)
  return Number(rows[0]?.bytes ?? 0)
}
