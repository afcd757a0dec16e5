import type { QuestId } from '@questlog/shared/domain/ids'
import type { OrderedRun } from './reorder.ts'

/** A headed run of quests in a list. */
export interface QuestSection {
  readonly key: string
  /** Null: the list's only run, without a heading of its own. */
  readonly title: string | null
  readonly ids: readonly QuestId[]
  readonly tone?: 'danger'
  /** The order its quests can be put in, or null where the order is not the person's. */
  readonly list: OrderedRun['list'] | null
  readonly collapsed?: boolean
  readonly onToggle?: () => void
}

export type ListRow =
  | { readonly kind: 'heading'; readonly key: string; readonly section: number }
  | {
      readonly kind: 'quest'
      readonly key: string
      readonly section: number
      readonly id: QuestId
      /** From 1, within its section. */
      readonly position: number
    }

/** The sections as one run of rows, with the ids that keys move through and the runs that can be reordered. */
export function flattenSections(sections: readonly QuestSection[]): {
  readonly rows: readonly ListRow[]
  readonly visibleIds: readonly QuestId[]
  readonly runs: readonly OrderedRun[]
} {
  const rows: ListRow[] = []
  const visibleIds: QuestId[] = []
  const runs: OrderedRun[] = []
  sections.forEach(({ key, title, ids, list, collapsed }, section) => {
    if (title !== null && ids.length > 0) rows.push({ kind: 'heading', key: `heading/${key}`, section })
    if (list !== null) runs.push({ list, ids })
    if (collapsed) return
    ids.forEach((id, index) => {
      rows.push({ kind: 'quest', key: id, section, id, position: index + 1 })
      visibleIds.push(id)
    })
  })
  return { rows, visibleIds, runs }
}
