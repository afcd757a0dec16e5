import type pg from 'pg'
import type { Logger } from 'pino'
import { isDatabaseUnavailable } from '../../db/unavailable.ts'
import { type DocumentCipher, plainStorage } from '../document-cipher.ts'
import type { Examine } from '../examine.ts'
import { UnreadableRow } from '../postgres-log.ts'
import { backgroundThreadLimits, createDocumentThread } from '../thread/document-thread.ts'
import type { Seq } from '../update-log.ts'
import type { FaultReason } from './fault.ts'
import { type FoundFaults, findFaults, findFaultsTask } from './find-faults.ts'
import { readFaultsAt, readStored, type StoredDocument } from './read-rows.ts'
import { replaceSnapshot, setRowsAside, setSnapshotAside } from './record-faults.ts'

/** Looks for what keeps a document from being loaded, and sets it aside. */
export interface LogExaminer {
  readonly examine: Examine
  close(): Promise<void>
}

export interface LogExaminerDeps {
  readonly pool: pg.Pool
  readonly cipher?: DocumentCipher
  readonly logger: Logger
  /** Called after each change: a document in memory at an earlier revision must be read again. */
  readonly onRevised: (document: string, revision: number) => void
  /** When the process stops: examinations reject with its reason then. */
  readonly stopping?: AbortSignal
}

/** Smaller work takes a few milliseconds at most, less than handing it to a thread. */
const INLINE_BYTES = 64 * 1024

/** Each examination finds some faults of one kind; readers ask again until they succeed. */
export function createLogExaminer(deps: LogExaminerDeps): LogExaminer {
  const { pool, logger, stopping } = deps
  const cipher = deps.cipher ?? plainStorage
  const thread = createDocumentThread(backgroundThreadLimits, stopping)

  const judge = async ({ snapshot, rows }: StoredDocument): Promise<FoundFaults> => {
    const bytes = rows.reduce((sum, row) => sum + row.bytes.length, snapshot?.length ?? 0)
    return bytes <= INLINE_BYTES ? findFaults(snapshot, rows) : thread.run(findFaultsTask, snapshot, rows)
  }

  const recorded = async (
    document: string,
    revision: Promise<number | null>,
    what: Readonly<Record<string, unknown>>,
  ): Promise<true> => {
    const reached = await revision
    if (reached !== null) {
      logger.error({ document, revision: reached, ...what }, 'a part of a log was set aside: it cannot be taken in')
      deps.onRevised(document, reached)
    }
    return true
  }

  return {
    async examine(document, failure) {
      stopping?.throwIfAborted()
      if (isDatabaseUnavailable(failure)) return false
      const stored = await readStored(pool, cipher, document)
      if (stored === null) return false
      const judged = { document, snapshotSeq: stored.snapshotSeq, revision: stored.revision }
      const setSnapshot = (reason: FaultReason, seq: Seq = stored.snapshotSeq): Promise<true> =>
        recorded(document, setSnapshotAside(pool, judged, seq, reason), { snapshot: seq, reason })
      const setRows = (rows: StoredDocument['faults']): Promise<true> =>
        recorded(document, setRowsAside(pool, cipher, judged, rows), { rows })

      if (stored.snapshotFault !== null) return setSnapshot(stored.snapshotFault)
      if (stored.faults.length > 0) return setRows(stored.faults)
      const found = await judge(stored)
      if (found.snapshot !== null) return setSnapshot(found.snapshot)
      if (found.rows.length > 0) return setRows(found.rows)
      if (found.withoutPending === null) {
        // Readers of the past read what lies before the snapshot.
        if (!(failure instanceof UnreadableRow)) return false
        const { seq } = failure
        const past = await readFaultsAt(pool, cipher, document, seq)
        if (past.update !== null) return setRows([{ seq, reason: past.update }])
        return past.snapshot === null ? false : setSnapshot(past.snapshot, seq)
      }
      const snapshot = { seq: stored.head, bytes: found.withoutPending }
      return recorded(document, replaceSnapshot(pool, cipher, judged, snapshot), {
        snapshot: stored.snapshotSeq,
        reason: 'incomplete',
      })
    },

    close: () => thread.close(),
  }
}
