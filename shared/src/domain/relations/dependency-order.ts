import type { QuestId, RelationId } from '../kernel/ids.ts'

/** A `blocks` relation: `to` waits for `from`. */
export interface BlocksEdge {
  readonly id: RelationId
  readonly from: QuestId
  readonly to: QuestId
  readonly createdAt: number
}

/** Orders relations from the oldest on, those of one time by id. */
export function byAge(a: Omit<BlocksEdge, 'from' | 'to'>, b: Omit<BlocksEdge, 'from' | 'to'>): number {
  return a.createdAt - b.createdAt || (a.id === b.id ? 0 : a.id < b.id ? -1 : 1)
}
