import type { HistoryItem } from '@questlog/shared/client/changes/merge-activity'
import type { SeenChange } from '@questlog/shared/client/ports/change-log'
import type { ToldChange } from '@questlog/shared/client/rest/activity'

/** What has been fetched of a list of changes, the latest first, and whether it goes on. */
export interface Source<Change> {
  readonly changes: readonly Change[]
  readonly hasMore: boolean
}

/** Where one of the two goes on, what is earlier than its last change waits until the rest of it is there. */
export function withoutFrayedEnd(
  items: readonly HistoryItem[],
  local: Source<Pick<SeenChange, 'at'>>,
  told: Source<Pick<ToldChange, 'at'>>,
): readonly HistoryItem[] {
  const ends = [
    local.hasMore ? (local.changes.at(-1)?.at ?? 0) : 0,
    told.hasMore ? Date.parse(told.changes.at(-1)?.at ?? '') || 0 : 0,
  ]
  const end = Math.max(...ends)
  return end === 0 ? items : items.filter(({ at }) => at >= end)
}
