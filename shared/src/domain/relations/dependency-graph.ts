import type { QuestId, RelationId } from '../kernel/ids.ts'
import type { BlocksEdge } from './dependency-order.ts'
import { ignoredEdges } from './ignored-edges.ts'

/** A relation as it is now; without an edge where it is gone. */
export interface EdgeChange {
  readonly id: RelationId
  readonly edge: BlocksEdge | undefined
}

/** More new edges than these are decided with all others. */
const ONE_BY_ONE = 32

/**
 * The `blocks` relations of a log, and which of them are ignored because they close a cycle. From the oldest on, an edge
 * is ignored if it closes a cycle with those kept before it: the same ones wherever the same edges are, the newest of
 * their cycles, and none that could be kept as well.
 *
 * A new edge costs what lies ahead of it; all are decided again where a cycle comes or goes.
 */
export class DependencyGraph {
  readonly #edges = new Map<RelationId, BlocksEdge>()
  #ignored: Set<RelationId>
  /** The edges that count, by the quest they lead from; gathered when a single edge first asks for them. */
  #next: Map<QuestId, Set<BlocksEdge>> | null = null

  constructor(edges: Iterable<BlocksEdge>) {
    for (const edge of edges) this.#edges.set(edge.id, edge)
    this.#ignored = ignoredEdges(this.#edges.values())
  }

  get ignored(): ReadonlySet<RelationId> {
    return this.#ignored
  }

  /** Takes edges in and out; the relations that came to be ignored or to count again. */
  update(changes: Iterable<EdgeChange>): readonly RelationId[] {
    const before = new Set(this.#ignored)
    const added = new Map<RelationId, BlocksEdge>()
    let isStale = false
    for (const { id, edge } of changes) {
      const known = this.#edges.get(id)
      if (isSameEdge(known, edge)) continue
      added.delete(id)
      // What a counting edge closed a cycle with may count now.
      if (known !== undefined && !this.#takeOut(known) && this.#ignored.size > 0) isStale = true
      if (edge !== undefined) {
        this.#edges.set(id, edge)
        added.set(id, edge)
      }
    }
    // Edges that close no cycle with those that count change nothing for the others, however old they are.
    if (isStale || (added.size > 0 && this.#closesCycle([...added.values()]))) {
      this.#next = null
      this.#ignored = ignoredEdges(this.#edges.values())
    }
    return [...symmetricDifference(before, this.#ignored)]
  }

  /** Takes an edge out; whether it was ignored. */
  #takeOut(edge: BlocksEdge): boolean {
    this.#edges.delete(edge.id)
    this.#next?.get(edge.from)?.delete(edge)
    return this.#ignored.delete(edge.id)
  }

  /** Lets new edges count, unless they are many or close a cycle. */
  #closesCycle(added: readonly BlocksEdge[]): boolean {
    if (added.length > ONE_BY_ONE) return true
    if (this.#next === null) this.#next = this.#gather()
    else for (const edge of added) addTo(this.#next, edge)
    const next = this.#next
    return added.some(({ from, to }) => {
      const ahead = new Set([to])
      // A set is visited in the order of insertion, what is added meanwhile included.
      for (const id of ahead) for (const edge of next.get(id) ?? []) ahead.add(edge.to)
      return ahead.has(from)
    })
  }

  #gather(): Map<QuestId, Set<BlocksEdge>> {
    const next = new Map<QuestId, Set<BlocksEdge>>()
    for (const edge of this.#edges.values()) if (!this.#ignored.has(edge.id)) addTo(next, edge)
    return next
  }
}

function addTo(next: Map<QuestId, Set<BlocksEdge>>, edge: BlocksEdge): void {
  const known = next.get(edge.from)
  if (known === undefined) next.set(edge.from, new Set([edge]))
  else known.add(edge)
}

function isSameEdge(a: BlocksEdge | undefined, b: BlocksEdge | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  return a.from === b.from && a.to === b.to && a.createdAt === b.createdAt
}

function* symmetricDifference<Member>(a: ReadonlySet<Member>, b: ReadonlySet<Member>): IterableIterator<Member> {
  for (const member of a) if (!b.has(member)) yield member
  for (const member of b) if (!a.has(member)) yield member
}
