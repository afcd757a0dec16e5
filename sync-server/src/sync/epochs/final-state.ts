import * as Y from 'yjs'
import type { Database } from '../../db/tables.ts'
import type { LogExaminer } from '../../log/set-aside/log-examiner.ts'
import { pastFaults } from '../../log/set-aside/past-faults.ts'
import type { UpdateHistory } from '../../log/update-history.ts'

export interface FinalStateDeps {
  readonly db: Database
  readonly history: UpdateHistory
  /** Sets aside the parts of a log that cannot be read. */
  readonly examine: LogExaminer['examine']
}

/**
 * A document as its epoch ended, as one update; null while that epoch is the current one, and once it is no longer
 * kept.
 */
export async function readFinalState(
  { db, history, examine }: FinalStateDeps,
  document: string,
): Promise<Uint8Array | null> {
  const head = await db
    .selectFrom('doc_heads')
    .select('final_seq')
    .where('doc', '=', document)
    .where('ended_at', 'is not', null)
    .executeTakeFirst()
  if (head === undefined) return null
  const loaded = await pastFaults(examine, document, () => history.loadAt(document, Number(head.final_seq)))
  if (loaded === null) return null
  const { snapshot, tail } = loaded
  if (snapshot !== null && tail.length === 0) return snapshot
  return Y.mergeUpdates([...(snapshot === null ? [] : [snapshot]), ...tail.map(({ bytes }) => bytes)])
}
