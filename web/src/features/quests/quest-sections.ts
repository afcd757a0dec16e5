import type { QuestId } from '@questlog/shared/domain/kernel/ids'
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

/** Sections as one run of rows. Rows are made when asked for: of ten thousand, a screen shows thirty. */
export interface ListRows {
  readonly count: number
  rowAt(index: number): ListRow | undefined
  /** The key of a row without making it: a layout asks for all of them. */
  keyAt(index: number): string | undefined
  isHeading(index: number): boolean
  /** Where a quest's row is, or -1. */
  indexOf(id: QuestId): number
  /** The ids that keys move through, in order. */
  readonly visibleIds: readonly QuestId[]
  /** The runs whose quests can be put in another order. */
  readonly runs: readonly OrderedRun[]
}

const noIds: readonly QuestId[] = []

/** Lays sections out one below the other; a folded one shows its heading alone. */
export function layOutSections(sections: readonly QuestSection[]): ListRows {
  let count = 0
  const blocks = sections.map(({ key, title, ids, collapsed }, section) => {
    const first = count
    const hasHeading = title !== null && ids.length > 0
    const shown = collapsed ? noIds : ids
    count += (hasHeading ? 1 : 0) + shown.length
    return { headingKey: `heading/${key}`, section, firstQuest: first + (hasHeading ? 1 : 0), shown, end: count }
  })
  const blockAt = (index: number) => {
    for (const block of blocks) if (index < block.end) return block
    return undefined
  }
  const filled = blocks.filter(({ shown }) => shown.length > 0)
  return {
    count,
    rowAt(index) {
      const block = blockAt(index)
      if (block === undefined) return undefined
      const { section, headingKey, firstQuest } = block
      if (index < firstQuest) return { kind: 'heading', key: headingKey, section }
      const id = block.shown[index - firstQuest]
      return id === undefined ? undefined : { kind: 'quest', key: id, section, id, position: index - firstQuest + 1 }
    },
    keyAt(index) {
      const block = blockAt(index)
      if (block === undefined) return undefined
      return index < block.firstQuest ? block.headingKey : block.shown[index - block.firstQuest]
    },
    isHeading: (index) => index < (blockAt(index)?.firstQuest ?? 0),
    indexOf(id) {
      for (const { shown, firstQuest } of filled) {
        const at = shown.indexOf(id)
        if (at !== -1) return firstQuest + at
      }
      return -1
    },
    visibleIds: filled.length === 1 ? (filled[0]?.shown ?? noIds) : filled.flatMap(({ shown }) => shown),
    runs: sections.flatMap(({ list, ids }) => (list === null ? [] : [{ list, ids }])),
  }
}
