import type { HistoryItem } from '@questlog/shared/client/changes/merge-activity'
import { NOTES_PATH } from '@questlog/shared/client/ports/change-log'
import { isTableName } from '@questlog/shared/domain/kernel/record-write'
import type { RestoreRequest } from '@questlog/shared/protocol/restore'
import type { Projection } from '@questlog/shared/store/projection'

/** A restore that a person may ask for. */
export interface PutBack {
  readonly request: Pick<RestoreRequest, 'at' | 'records'>
  /** What comes back, in words; null for the whole log. */
  readonly what: string | null
  /** When the moment was, in milliseconds. */
  readonly momentMs: number
  /** Where the focus goes once it is done, since the button is gone then. */
  readonly focusBack: () => void
}

/** Whether a change took something away: it removed a record or most of a note, or put something into the Trash. */
export function isRemoval({ change, path, after }: HistoryItem): boolean {
  return change === 'removed' || (change === 'changed' && path === 'deletedAt' && after !== null)
}

/**
 * The request that puts back what a change removed, and notes that it changed in any way, since no history has their
 * text. Null if nothing is gone, or the server does not know the change.
 */
export function putBackRequest(item: HistoryItem, projection: Pick<Projection, 'fieldsOf'>): PutBack['request'] | null {
  const { change, seq, table, id, path } = item
  if (seq === null || !isTableName(table)) return null
  const isThere = projection.fieldsOf(table, id) !== undefined
  const at = seq - 1
  if (path === NOTES_PATH) return isThere ? { at, records: [{ table: 'notes', id }] } : null
  return isThere || path !== null || change !== 'removed' ? null : { at, records: [{ table, id }] }
}

/** The moment of the log at a change: before one that removed something, after any other; null if nobody knows. */
export function momentOf(item: HistoryItem): number | null {
  if (item.seq === null) return null
  return isRemoval(item) ? item.seq - 1 : item.seq
}

/** The history of a log without what a restore did to single records: a restore is one step in it. */
export function asOneStep(items: readonly HistoryItem[]): readonly HistoryItem[] {
  const restores = new Set(items.filter(isRestore).map(({ seq }) => seq))
  if (restores.size === 0) return items
  return items.filter((item) => isRestore(item) || item.seq === null || !restores.has(item.seq))
}

/** Whether an item says that the log, or some of it, was put back. */
export function isRestore({ table }: HistoryItem): boolean {
  return table === 'workspace'
}
