import type { QuestId, RelationId } from './ids.ts'

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

/** So often the newest edges of the circles found are left out before the order is taken as it is. */
const MAX_ROUNDS = 8

/**
 * An order of the quests of some edges: where they have no circle, every edge leads upwards in it; where they have,
 * most edges do, and those that do not are mostly the newest of a circle. In time linear in the edges.
 */
export function likelyOrder(edges: readonly BlocksEdge[]): readonly QuestId[] {
  const edgesFrom = new Map<QuestId, BlocksEdge[]>()
  for (const edge of edges) {
    const known = edgesFrom.get(edge.from)
    if (known === undefined) edgesFrom.set(edge.from, [edge])
    else known.push(edge)
  }
  const leftOut = new Set<BlocksEdge>()
  for (let round = 1; ; round += 1) {
    const search = new DepthFirstSearch(edgesFrom, leftOut, edges.length)
    for (const id of edgesFrom.keys()) search.visit(id)
    if (search.newest.size === 0 || round === MAX_ROUNDS) return search.left.reverse()
    for (const edge of search.newest) leftOut.add(edge)
  }
}

interface Step {
  readonly id: QuestId
  /** The edge it was reached by. */
  readonly by: BlocksEdge | null
  next: number
}

/** Goes through the edges as far as they lead, without recursion: a row of quests may be as long as the log. */
class DepthFirstSearch {
  /** The quests in the order they were left. */
  readonly left: QuestId[] = []
  /** The newest edge of each circle found. */
  readonly newest = new Set<BlocksEdge>()
  readonly #edgesFrom: ReadonlyMap<QuestId, readonly BlocksEdge[]>
  readonly #leftOut: ReadonlySet<BlocksEdge>
  readonly #entered = new Set<QuestId>()
  /** How far along the path each quest of it is. */
  readonly #depth = new Map<QuestId, number>()
  readonly #path: Step[] = []
  /** How many more edges may be looked at for the newest, so that many long circles do not cost their product. */
  #patience: number

  constructor(
    edgesFrom: ReadonlyMap<QuestId, readonly BlocksEdge[]>,
    leftOut: ReadonlySet<BlocksEdge>,
    patience: number,
  ) {
    this.#edgesFrom = edgesFrom
    this.#leftOut = leftOut
    this.#patience = patience
  }

  visit(root: QuestId): void {
    if (!this.#entered.has(root)) this.#enter(root, null)
    for (let top = this.#path.at(-1); top !== undefined; top = this.#path.at(-1)) {
      const edge = this.#edgesFrom.get(top.id)?.[top.next]
      top.next += 1
      if (edge === undefined) this.#leave(top.id)
      else if (this.#leftOut.has(edge)) continue
      else if (!this.#entered.has(edge.to)) this.#enter(edge.to, edge)
      else this.#noteCircle(edge)
    }
  }

  #enter(id: QuestId, by: BlocksEdge | null): void {
    this.#entered.add(id)
    this.#depth.set(id, this.#path.length)
    this.#path.push({ id, by, next: 0 })
  }

  #leave(id: QuestId): void {
    this.#path.pop()
    this.#depth.delete(id)
    this.left.push(id)
  }

  #noteCircle(closing: BlocksEdge): void {
    const start = this.#depth.get(closing.to)
    if (start === undefined) return
    let newest = closing
    for (let at = this.#path.length - 1; at > start && this.#patience > 0; at -= 1) {
      this.#patience -= 1
      const by = this.#path[at]?.by ?? closing
      if (byAge(by, newest) > 0) newest = by
    }
    this.newest.add(newest)
  }
}
