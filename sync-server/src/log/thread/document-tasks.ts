import type { RefusalReason } from '@questlog/shared/protocol/documents'
import type { Room } from '@questlog/shared/store/split/slice-struct'
import { splitUpdate } from '@questlog/shared/store/split/split-update'
import * as Y from 'yjs'
import type { ContentBounds } from '../../sync/admission/check-contents.ts'
import { proveUpdate } from '../../sync/admission/prove-update.ts'
import { type CompactDocument, compactUpdates, isFaithful } from '../../sync/compaction/compact-update.ts'
import { encodeFromLog } from '../../sync/documents/encode-from.ts'
import { type RebasedDocument, rebaseUpdates } from '../../sync/epochs/rebase-updates.ts'
import { pastRecords } from '../replicas/past-records.ts'
import { type FoundFaults, findFaults } from '../set-aside/find-faults.ts'
import type { LoggedUpdate } from '../update-log.ts'
import { heapOfUpdate } from '../updates/document-heap.ts'

/**
 * What a document thread can be asked, by name: pure functions of what can be sent between threads. A new task is one
 * more line here; callers get its types.
 */
export const documentTasks = {
  compact: (updates: readonly Uint8Array[]): CompactDocument => compactUpdates(updates),
  prove: (log: readonly Uint8Array[], update: Uint8Array, bounds: ContentBounds): RefusalReason | null =>
    proveUpdate(log, update, bounds),
  merge: (updates: readonly Uint8Array[]): Uint8Array => Y.mergeUpdates([...updates]),
  past: (updates: readonly Uint8Array[]): readonly Uint8Array[] => pastRecords(updates),
  /** All that a log holds from these clocks on. */
  encode: (log: readonly Uint8Array[], from: ReadonlyMap<number, number>): Uint8Array => encodeFromLog(log, from),
  heap: (log: readonly Uint8Array[]): number => log.reduce((sum, update) => sum + heapOfUpdate(update), 0),
  split: (update: Uint8Array, piece: Room): readonly Uint8Array[] =>
    Array.from(splitUpdate(update, piece), (part) => part.update),
  verify: (stored: Uint8Array, original: CompactDocument): boolean => isFaithful(stored, original),
  findFaults: (snapshot: Uint8Array | null, rows: readonly LoggedUpdate[]): FoundFaults => findFaults(snapshot, rows),
  rebase: (updates: readonly Uint8Array[]): RebasedDocument => rebaseUpdates(updates),
}

export type DocumentTasks = typeof documentTasks
