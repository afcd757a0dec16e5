import type { QuestId, RelationId } from '../kernel/ids.ts'
import { type BlocksEdge, byAge } from './dependency-order.ts'
import { at, type NumberedEdges, outgoing, strongComponents } from './strong-components.ts'

/**
 * Those of the edges that every client ignores: from the oldest on, an edge is ignored if it closes a circle with those
 * kept before it. What is kept has no circle.
 *
 * An edge whose ends are in no circle of all edges is kept at once. Of the rest the older half is decided first, then
 * the younger, each on the circles that are left with it; edges between few quests are decided together, by which of
 * those the kept edges lead to which. So circles that do not hang together cost no more than sorting, and the worst
 * knot of m edges takes some m² / 32 steps. `together`, 2 to 1024, is how many ends those may have; it changes only the
 * time it takes.
 */
export function ignoredEdges(edges: Iterable<BlocksEdge>, together = MAX_ENDS): Set<RelationId> {
  const all = [...edges].sort(byAge)
  const numbers = new Map<QuestId, number>()
  const numberOf = (id: QuestId): number => {
    const known = numbers.get(id)
    if (known !== undefined) return known
    numbers.set(id, numbers.size)
    return numbers.size - 1
  }
  const from = Int32Array.from(all, (edge) => numberOf(edge.from))
  const to = Int32Array.from(all, (edge) => numberOf(edge.to))
  const knot = new Knot({ count: numbers.size, from, to }, together)
  knot.decide({ kept: [], due: [...all.keys()] })
  const ignored = new Set<RelationId>()
  for (const [index, { id }] of all.entries()) if (knot.isIgnored[index] === 1) ignored.add(id)
  return ignored
}

/** Edges to decide after others that are kept; both in the order of their age. */
interface Task {
  readonly kept: readonly number[]
  readonly due: readonly number[]
}

const MAX_ENDS = 1024
const WORDS = MAX_ENDS / 32

/** Edges in the order of their age, being decided. */
class Knot {
  readonly isIgnored: Uint8Array
  readonly #all: NumberedEdges
  readonly #together: number
  /** The number of a node in the part looked at, plus one; all 0 in between. */
  readonly #part: Int32Array

  constructor(all: NumberedEdges, together: number) {
    this.#all = all
    this.#together = together
    this.isIgnored = new Uint8Array(all.from.length)
    this.#part = new Int32Array(all.count)
  }

  decide(task: Task): void {
    for (const circle of this.#circles(task)) {
      const { kept, due } = circle
      if (this.#decideTogether(circle)) continue
      const middle = due.length >> 1
      const older = due.slice(0, middle)
      this.#decideHalf({ kept, due: older })
      const stillKept = older.filter((edge) => this.isIgnored[edge] === 0)
      this.#decideHalf({ kept: [...kept, ...stillKept], due: due.slice(middle) })
    }
  }

  #decideHalf(task: Task): void {
    if (!this.#decideTogether(task)) this.decide(task)
  }

  /** The edges inside each strong component, where there is something to decide. */
  #circles({ kept, due }: Task): readonly Task[] {
    const part = this.#partOf(due, kept)
    const component = strongComponents(part)
    const circles = new Map<number, { kept: number[]; due: number[] }>()
    let name = -1
    let circle = { kept: [] as number[], due: [] as number[] }
    for (let index = 0; index < part.from.length; index++) {
      const here = at(component, at(part.from, index))
      if (here !== at(component, at(part.to, index))) continue
      if (here !== name) {
        name = here
        circle = circles.get(name) ?? { kept: [], due: [] }
        circles.set(name, circle)
      }
      if (index < due.length) circle.due.push(due[index] ?? 0)
      else circle.kept.push(kept[index - due.length] ?? 0)
    }
    return [...circles.values()].filter((each) => each.due.length > 0)
  }

  /** Decides edges that have few ends; false for more. */
  #decideTogether({ kept, due }: Task): boolean {
    const ends = this.#partOf(due).count
    if (ends > this.#together) return false
    // The ends come first, under the same numbers.
    const part = this.#partOf(due, kept)
    // Bit n of a node: the n-th end leads to it, over edges that are kept.
    const bits = new Int32Array(part.count * WORDS)
    for (let end = 0; end < ends; end++) bits[end * WORDS + (end >> 5)] = 1 << (end & 31)
    spread({ count: part.count, from: part.from.subarray(due.length), to: part.to.subarray(due.length) }, bits)
    for (let index = 0; index < due.length; index++) {
      const [from, to] = [at(part.from, index), at(part.to, index)]
      if (hasBit(bits, from, to)) this.isIgnored[due[index] ?? 0] = 1
      else if (!hasBit(bits, to, from)) {
        for (let end = 0; end < ends; end++) if (hasBit(bits, end, to)) join(bits, end, from)
      }
    }
    return true
  }

  /** Some of the edges, with their nodes numbered from 0 on as they come. */
  #partOf(first: readonly number[], second: readonly number[] = []): NumberedEdges {
    const from = new Int32Array(first.length + second.length)
    const to = new Int32Array(from.length)
    let count = 0
    const numberOf = (node: number): number => {
      const known = at(this.#part, node)
      if (known > 0) return known - 1
      count += 1
      this.#part[node] = count
      return count - 1
    }
    for (let index = 0; index < from.length; index++) {
      const edge = (index < first.length ? first[index] : second[index - first.length]) ?? 0
      from[index] = numberOf(at(this.#all.from, edge))
      to[index] = numberOf(at(this.#all.to, edge))
    }
    for (const edges of [first, second]) {
      for (const edge of edges) {
        this.#part[at(this.#all.from, edge)] = 0
        this.#part[at(this.#all.to, edge)] = 0
      }
    }
    return { count, from, to }
  }
}

/** Hands the bits of each node on to all it leads to, in a graph without circles. */
function spread(graph: NumberedEdges, bits: Int32Array): void {
  const { starts, edges } = outgoing(graph)
  const places = strongComponents(graph, { starts, edges })
  const order = new Int32Array(graph.count)
  for (let node = 0; node < graph.count; node++) order[graph.count - 1 - at(places, node)] = node
  for (const node of order) {
    for (let edge = at(starts, node); edge < at(starts, node + 1); edge++)
      join(bits, at(graph.to, at(edges, edge)), node)
  }
}

function join(bits: Int32Array, into: number, from: number): void {
  const [start, fromStart] = [into * WORDS, from * WORDS]
  for (let word = 0; word < WORDS; word++) bits[start + word] = at(bits, start + word) | at(bits, fromStart + word)
}

function hasBit(bits: Int32Array, node: number, bit: number): boolean {
  return (at(bits, node * WORDS + (bit >> 5)) & (1 << (bit & 31))) !== 0
}
