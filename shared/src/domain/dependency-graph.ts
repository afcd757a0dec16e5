import { type BlocksEdge, byAge, likelyOrder } from './dependency-order.ts'
import type { QuestId, RelationId } from './ids.ts'

/** A relation as it is now; without an edge where it is gone. */
export interface EdgeChange {
  readonly id: RelationId
  readonly edge: BlocksEdge | undefined
}

interface Node {
  /** Every edge that counts leads from a smaller place to a greater one. */
  place: number
  readonly next: Node[]
  readonly previous: Node[]
}

/**
 * The `blocks` relations of a log, and which of them are ignored because they close a cycle. From the oldest on, an edge
 * is ignored if it closes a cycle with those kept before it: the same ones wherever the same edges are, the newest of
 * their cycles, and none that could be kept as well.
 *
 * Kept current by a topological order that an edge rearranges only between its ends (Pearce and Kelly, "A Dynamic
 * Topological Sort Algorithm for Directed Acyclic Graphs", 2006); it is built anew where a cycle comes or goes.
 */
export class DependencyGraph {
  readonly #edges = new Map<RelationId, BlocksEdge>()
  readonly #nodes = new Map<QuestId, Node>()
  #ignored = new Set<RelationId>()
  #nextPlace = 0

  constructor(edges: Iterable<BlocksEdge>) {
    for (const edge of edges) this.#edges.set(edge.id, edge)
    this.#build()
  }

  get ignored(): ReadonlySet<RelationId> {
    return this.#ignored
  }

  /** Takes edges in and out; the relations that came to be ignored or to count again. */
  update(changes: Iterable<EdgeChange>): readonly RelationId[] {
    const before = new Set(this.#ignored)
    let isStale = false
    for (const { id, edge } of changes) {
      const known = this.#edges.get(id)
      if (isSameEdge(known, edge)) continue
      if (known !== undefined) {
        this.#edges.delete(id)
        if (!this.#ignored.delete(id)) {
          this.#unlink(known)
          // An edge it closed a cycle with may count now.
          if (this.#ignored.size > 0) isStale = true
        }
      }
      if (edge === undefined) continue
      this.#edges.set(id, edge)
      // An edge that closes no cycle with those that count changes nothing for the others, however old it is.
      if (!isStale && !this.#link(edge)) isStale = true
    }
    if (isStale) this.#build()
    return [...symmetricDifference(before, this.#ignored)]
  }

  #build(): void {
    this.#nodes.clear()
    this.#ignored = new Set()
    const edges = [...this.#edges.values()]
    // Made in this order, the quests get ascending places, and without a circle every edge leads upwards at once.
    for (const id of likelyOrder(edges)) this.#node(id)
    for (const edge of edges.sort(byAge)) if (!this.#link(edge)) this.#ignored.add(edge.id)
  }

  /** Lets an edge count; false where that would close a cycle. */
  #link({ from, to }: BlocksEdge): boolean {
    const [first, second] = [this.#node(from), this.#node(to)]
    if (second.place <= first.place && !putInOrder(first, second)) return false
    first.next.push(second)
    second.previous.push(first)
    return true
  }

  #unlink({ from, to }: BlocksEdge): void {
    const [first, second] = [this.#node(from), this.#node(to)]
    takeOut(first.next, second)
    takeOut(second.previous, first)
    for (const [id, node] of [
      [from, first],
      [to, second],
    ] as const) {
      if (node.next.length === 0 && node.previous.length === 0) this.#nodes.delete(id)
    }
  }

  #node(id: QuestId): Node {
    const known = this.#nodes.get(id)
    if (known !== undefined) return known
    const node: Node = { place: this.#nextPlace, next: [], previous: [] }
    this.#nextPlace += 1
    this.#nodes.set(id, node)
    return node
  }
}

/** Those of the edges that every client ignores; what is left has no cycle. */
export function ignoredEdges(edges: Iterable<BlocksEdge>): ReadonlySet<RelationId> {
  return new DependencyGraph(edges).ignored
}

/** Rearranges the nodes between two so that `first` stands before `second`; false where `second` leads to `first`. */
function putInOrder(first: Node, second: Node): boolean {
  const [lowest, highest] = [second.place, first.place]
  const ahead = reach(
    second,
    (node) => node.next,
    (node) => node.place <= highest,
  )
  if (ahead.has(first)) return false
  const behind = reach(
    first,
    (node) => node.previous,
    (node) => node.place >= lowest,
  )
  const nodes = [...[...behind].sort(byPlace), ...[...ahead].sort(byPlace)]
  const places = nodes.map(({ place }) => place).sort((a, b) => a - b)
  nodes.forEach((node, index) => {
    node.place = places[index] ?? node.place
  })
  return true
}

function reach(start: Node, neighbours: (node: Node) => readonly Node[], isWithin: (node: Node) => boolean): Set<Node> {
  const seen = new Set([start])
  // A set is visited in the order of insertion, what is added meanwhile included.
  for (const node of seen) for (const other of neighbours(node)) if (isWithin(other)) seen.add(other)
  return seen
}

function takeOut(nodes: Node[], node: Node): void {
  const index = nodes.indexOf(node)
  if (index >= 0) nodes.splice(index, 1)
}

function byPlace(a: Node, b: Node): number {
  return a.place - b.place
}

function isSameEdge(a: BlocksEdge | undefined, b: BlocksEdge | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return a.from === b.from && a.to === b.to && a.createdAt === b.createdAt
}

function* symmetricDifference<Member>(a: ReadonlySet<Member>, b: ReadonlySet<Member>): IterableIterator<Member> {
  for (const member of a) if (!b.has(member)) yield member
  for (const member of b) if (!a.has(member)) yield member
}
