import type { TableName } from '@questlog/shared/domain/kernel/record-write'
import { isTableName } from '@questlog/shared/domain/kernel/record-write'
import type { FoldedRecord } from '@questlog/shared/store/fold'
import { type PastItem, pastRecords, pastTask } from '../log/replicas/past-records.ts'
import type { DocumentThread } from '../log/thread/document-thread.ts'
import type { LoggedDocument } from '../log/update-log.ts'
import { pause } from './pause.ts'

/** A workspace as it was: its records by table and id, and its notes by quest. */
export interface Past {
  readonly records: ReadonlyMap<TableName, ReadonlyMap<string, FoldedRecord>>
  readonly notes: ReadonlyMap<string, string>
}

/** A smaller document is read in a few milliseconds, less than handing it to a thread takes. */
const INLINE_BYTES = 64 * 1024

/** Reads a document as the log had it. A large one is read in a thread, and taken over in pieces. */
export async function readPast(logged: LoggedDocument, thread: DocumentThread): Promise<Past> {
  const tail = logged.tail.map(({ bytes }) => bytes)
  const updates = logged.snapshot === null ? tail : [logged.snapshot, ...tail]
  const bytes = updates.reduce((sum, update) => sum + update.length, 0)
  const pieces = bytes <= INLINE_BYTES ? pastRecords(updates) : await thread.run(pastTask, updates)
  const records = new Map<TableName, Map<string, FoldedRecord>>()
  const notes = new Map<string, string>()
  const decoder = new TextDecoder()
  for (const piece of pieces) {
    // Written by this server a moment ago.
    for (const item of JSON.parse(decoder.decode(piece)) as readonly PastItem[]) {
      const [table, id, value] = item
      if (typeof value === 'string') notes.set(id, value)
      else if (isTableName(table)) {
        const known = records.get(table) ?? new Map<string, FoldedRecord>()
        records.set(table, known.set(id, value))
      }
    }
    await pause()
  }
  return { records, notes }
}

/** A record as it was; undefined where there was none. */
export function pastRecord(past: Past, table: TableName, id: string): FoldedRecord | undefined {
  return past.records.get(table)?.get(id)
}
