import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DependencyGraph, ignoredEdges } from './dependency-graph.ts'
import { type BlocksEdge, byAge } from './dependency-order.ts'
import { type QuestId, type RelationId, storedId } from './ids.ts'

const RUNS = 400 * Number(import.meta.env.VITE_FUZZ_MULTIPLIER ?? 1)

/** Few quests and few times, so that circles and ties are common. */
const edge: fc.Arbitrary<BlocksEdge> = fc
  .tuple(fc.nat(8), fc.nat(8), fc.nat(4))
  .map(([from, to, createdAt]) => makeEdge(`q${from}`, `q${to}`, createdAt))
const edges = fc.uniqueArray(edge, { selector: ({ id }) => id, maxLength: 40 })

function makeEdge(from: string, to: string, createdAt: number): BlocksEdge {
  const ends = { from: storedId<QuestId>(from), to: storedId<QuestId>(to) }
  return { id: storedId<RelationId>(`blocks.${from}.${to}`), ...ends, createdAt }
}

function leadsTo(among: readonly BlocksEdge[], from: QuestId, to: QuestId): boolean {
  const reached = new Set([from])
  for (const id of reached) for (const each of among) if (each.from === id) reached.add(each.to)
  return reached.has(to)
}

/** The rule word by word. */
function ignoredByRule(all: readonly BlocksEdge[]): readonly string[] {
  const kept: BlocksEdge[] = []
  const ignored: string[] = []
  for (const each of [...all].sort(byAge)) {
    if (leadsTo(kept, each.to, each.from)) ignored.push(each.id)
    else kept.push(each)
  }
  return ignored.sort()
}

const sorted = (ids: Iterable<string>): readonly string[] => [...ids].sort()
const without = (all: readonly BlocksEdge[], ignored: ReadonlySet<string>): readonly BlocksEdge[] =>
  all.filter(({ id }) => !ignored.has(id))

describe('ignored edges', () => {
  it('[R20] are the same wherever the same edges are, in whatever order they came and went', () => {
    const change = fc.record({ edge, isGone: fc.boolean() })
    const batches = fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), { maxLength: 30 })
    fc.assert(
      fc.property(edges, batches, (start, steps) => {
        const graph = new DependencyGraph(start)
        const now = new Map(start.map((each) => [each.id, each]))
        for (const batch of steps) {
          const before = new Set(graph.ignored)
          for (const { edge: each, isGone } of batch) {
            if (isGone) now.delete(each.id)
            else now.set(each.id, each)
          }
          const changed = graph.update(batch.map((each) => ({ id: each.edge.id, edge: now.get(each.edge.id) })))
          expect(sorted(graph.ignored)).toEqual(ignoredByRule([...now.values()]))
          const came = [...graph.ignored].filter((id) => !before.has(id))
          const went = [...before].filter((id) => !graph.ignored.has(id))
          expect(sorted(changed)).toEqual(sorted([...came, ...went]))
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('[R20] are the newest of a circle each, leave none, and none of them could be kept', () => {
    fc.assert(
      fc.property(edges, (all) => {
        const ignored = ignoredEdges(all)
        const kept = without(all, ignored)
        for (const each of kept) expect(leadsTo(kept, each.to, each.from)).toBe(false)
        for (const each of all) {
          const older = kept.filter((other) => byAge(other, each) < 0)
          expect(ignored.has(each.id)).toBe(leadsTo(older, each.to, each.from))
        }
      }),
      { numRuns: RUNS },
    )
  })

  it('[R20] of 100,000 quests in a row, closed to a ring, are the newest edge alone', () => {
    const count = 100_000
    const ring = Array.from({ length: count }, (_, index) =>
      makeEdge(`q${index}`, `q${(index + 1) % count}`, index === 40_000 ? 2 * count : (index * 7919) % count),
    )
    const graph = new DependencyGraph(ring)
    expect([...graph.ignored]).toEqual(['blocks.q40000.q40001'])
    const oldest = ring.find(({ createdAt }) => createdAt === 0)
    expect(oldest && graph.update([{ id: oldest.id, edge: undefined }])).toEqual(['blocks.q40000.q40001'])
    expect(graph.ignored.size).toBe(0)
  })
})
