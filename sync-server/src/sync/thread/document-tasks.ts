import type { RefusalReason } from '@questlog/shared/protocol/documents'
import type { ContentBounds } from '../admission/check-contents.ts'
import { proveUpdate } from '../admission/prove-update.ts'
import { type CompactDocument, compactUpdates, isFaithful } from '../compaction/compact-update.ts'
import { type RebasedDocument, rebaseUpdates } from '../epochs/rebase-updates.ts'
import type { LoggedUpdate } from '../log/update-log.ts'
import { pastRecords } from '../replicas/past-records.ts'
import { type FoundFaults, findFaults } from '../set-aside/find-faults.ts'

/**
 * What a document thread can be asked, by name: pure functions of what can be sent between threads. A new task is one
 * more line here; whoever asks gets its types.
 */
export const documentTasks = {
  compact: (updates: readonly Uint8Array[]): CompactDocument => compactUpdates(updates),
  prove: (log: readonly Uint8Array[], update: Uint8Array, bounds: ContentBounds): RefusalReason | null =>
    proveUpdate(log, update, bounds),
  past: (updates: readonly Uint8Array[]): readonly Uint8Array[] => pastRecords(updates),
  verify: (stored: Uint8Array, original: CompactDocument): boolean => isFaithful(stored, original),
  findFaults: (snapshot: Uint8Array | null, rows: readonly LoggedUpdate[]): FoundFaults => findFaults(snapshot, rows),
  rebase: (updates: readonly Uint8Array[]): RebasedDocument => rebaseUpdates(updates),
}

export type DocumentTasks = typeof documentTasks
