/** Edges between nodes `0` to `count - 1`; the n-th leads from `from[n]` to `to[n]`. */
export interface NumberedEdges {
  readonly count: number
  readonly from: Int32Array
  readonly to: Int32Array
}

/** The edges by the node they lead from: those of `node` are `edges[starts[node]]` up to `edges[starts[node + 1]]`. */
export interface Outgoing {
  readonly starts: Int32Array
  readonly edges: Int32Array
}

/** Sorts edges by the node they lead from, in linear time. */
export function outgoing({ count, from }: NumberedEdges): Outgoing {
  const starts = new Int32Array(count + 1)
  for (const node of from) starts[node + 1] = at(starts, node + 1) + 1
  for (let node = 0; node < count; node++) starts[node + 1] = at(starts, node + 1) + at(starts, node)
  const next = starts.slice(0, count)
  const edges = new Int32Array(from.length)
  for (let edge = 0; edge < from.length; edge++) {
    const node = at(from, edge)
    const place = at(next, node)
    edges[place] = edge
    next[node] = place + 1
  }
  return { starts, edges }
}

/**
 * The strong component of each node: two nodes share one where each leads to the other. Every edge between two
 * components leads to the smaller number, so where there is no circle the numbers are a topological order from the end.
 * In linear time and without recursion (Tarjan, "Depth-First Search and Linear Graph Algorithms", 1972).
 */
export function strongComponents(graph: NumberedEdges, { starts, edges }: Outgoing = outgoing(graph)): Int32Array {
  const { count, to } = graph
  const component = new Int32Array(count).fill(-1)
  /** The order of discovery from 1 on; 0 for those not found yet. */
  const found = new Int32Array(count)
  const lowest = new Int32Array(count)
  const next = starts.slice(0, count)
  const path = new Int32Array(count)
  const open = new Int32Array(count)
  let pathLength = 0
  let openLength = 0
  let foundCount = 0
  let components = 0

  const enter = (node: number): void => {
    foundCount += 1
    found[node] = foundCount
    lowest[node] = foundCount
    path[pathLength] = node
    pathLength += 1
    open[openLength] = node
    openLength += 1
  }

  const leave = (node: number): void => {
    pathLength -= 1
    if (pathLength > 0) {
      const before = at(path, pathLength - 1)
      lowest[before] = Math.min(at(lowest, before), at(lowest, node))
    }
    if (at(lowest, node) !== at(found, node)) return
    for (let member = -1; member !== node; ) {
      openLength -= 1
      member = at(open, openLength)
      component[member] = components
    }
    components += 1
  }

  for (let root = 0; root < count; root++) {
    if (at(found, root) !== 0) continue
    enter(root)
    while (pathLength > 0) {
      const node = at(path, pathLength - 1)
      const edge = at(next, node)
      if (edge === at(starts, node + 1)) {
        leave(node)
        continue
      }
      next[node] = edge + 1
      const other = at(to, at(edges, edge))
      if (at(found, other) === 0) enter(other)
      else if (at(component, other) === -1) lowest[node] = Math.min(at(lowest, node), at(found, other))
    }
  }
  return component
}

/** An element within the bounds of an array. */
export function at(array: Int32Array, index: number): number {
  return array[index] ?? 0
}
