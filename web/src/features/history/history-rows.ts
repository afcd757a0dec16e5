import type { HistoryItem } from '@questlog/shared/client/changes/merge-activity'

/** A line of a history: the day and author of those below, or one change in words. */
export type HistoryRow =
  | { readonly kind: 'heading'; readonly key: string; readonly at: number; readonly author: string }
  | { readonly kind: 'change'; readonly key: string; readonly item: HistoryItem; readonly text: string }

/**
 * Lays changes out under a heading wherever the day or the author differs from the one above. What has no words, since
 * only the app cares about it, is left out.
 */
export function layOutHistory(
  items: readonly HistoryItem[],
  words: {
    readonly describe: (item: HistoryItem) => string | null
    readonly author: (item: HistoryItem) => string
    /** The local date, `YYYY-MM-DD`. */
    readonly dayOf: (at: number) => string
  },
): readonly HistoryRow[] {
  const rows: HistoryRow[] = []
  let group: string | null = null
  for (const item of items) {
    const text = words.describe(item)
    if (text === null) continue
    const author = words.author(item)
    const next = `${words.dayOf(item.at)} ${author}`
    if (next !== group) rows.push({ kind: 'heading', key: `heading ${item.key}`, at: item.at, author })
    group = next
    rows.push({ kind: 'change', key: item.key, item, text })
  }
  return rows
}
