import type { Projection } from '@questlog/shared/store/projection'
import type pg from 'pg'
import { openQueries } from '../../db/tables.ts'
import { DELETED_SEQ } from '../delete-documents.ts'
import { createDocumentCipher, type DocumentKey } from '../document-cipher.ts'
import { requireKeys } from '../document-keys.ts'
import { Replica } from '../replicas/replica.ts'
import { createUpdateHistory } from '../update-history.ts'
import type { Seq } from '../update-log.ts'
import { documentOf } from '../workspace-document.ts'

/** A place in a workspace's log: an update of its document in one of its epochs. */
export interface LogPlace {
  readonly epoch: number
  readonly seq: Seq
}

/** A workspace as it stood at a place. */
export interface WorkspaceReading extends LogPlace, Pick<Replica, 'record' | 'ids' | 'note'> {
  /** Records, indexes and counts, as rules and views read them. */
  readonly state: Projection
  /** Gives its memory back; nothing may be asked of it after. */
  close(): void
}

/** The update log as another process reads it, such as a worker. It needs no more than to select from the log's tables. */
export interface LogReader {
  /** Where a workspace's log stands; null where nothing was ever written to it, and where it is deleted. */
  head(workspaceId: string): Promise<LogPlace | null>
  /**
   * The workspace as it stood at a place; null where the log does not reach back that far, or not that far yet. Rejects
   * where a part of the log cannot be read: setting that aside is left to the server.
   */
  read(workspaceId: string, at: LogPlace): Promise<WorkspaceReading | null>
}

/**
 * Opens the log of a database for reading: `keys` are those of `DOCUMENT_KEYS`, the newest first, none where nothing is
 * encrypted. Fails with a `StartError` where they do not open all that the log holds. The pool stays its opener's to
 * close.
 */
export async function openLogReader({
  pool,
  keys,
}: {
  readonly pool: pg.Pool
  readonly keys: readonly DocumentKey[]
}): Promise<LogReader> {
  const cipher = createDocumentCipher(keys)
  await requireKeys(pool, cipher, keys)
  const history = createUpdateHistory(openQueries(pool), cipher)

  return {
    async head(workspaceId) {
      // ';' follows ':' in ASCII: these are the documents of all epochs.
      const { rows } = await pool.query<{ epoch: number; seq: string }>(
        `select epoch, seq from doc_heads where doc >= 'w:' || $1 || ':' and doc < 'w:' || $1 || ';'
          order by epoch desc limit 1`,
        [workspaceId],
      )
      const [row] = rows
      const seq = Number(row?.seq ?? 0)
      return row === undefined || seq === 0 || seq === DELETED_SEQ ? null : { epoch: row.epoch, seq }
    },

    async read(workspaceId, { epoch, seq }) {
      const name = documentOf(workspaceId, epoch)
      const logged = await history.loadAt(name, seq)
      if (logged === null) return null
      const whole = { cut: async (update: Uint8Array) => [update], heap: 0, onGrown: () => undefined }
      const replica = await Replica.load(name, logged, Date.now, whole)
      return {
        epoch,
        seq,
        state: replica.state,
        record: (table, id) => replica.record(table, id),
        ids: (table) => replica.ids(table),
        note: (questId) => replica.note(questId),
        close: () => replica.destroy(),
      }
    },
  }
}
