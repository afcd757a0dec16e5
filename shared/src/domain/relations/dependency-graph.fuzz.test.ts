import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type QuestId, type RelationId, storedId } from '../kernel/ids.ts'
import { DependencyGraph } from './dependency-graph.ts'
import { type BlocksEdge, byAge } from './dependency-order.ts'
import { ignoredEdges } from './ignored-edges.ts'

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
        // As in a knot too large to be decided at once.
        for (const together of [2, 4]) expect(ignoredEdges(all, together)).toEqual(ignored)
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

  it('[R20] are found in a knot of thousands of random edges', () => {
    const quests = 3_000
    const random = seeded(7)
    const knot = new Map<string, BlocksEdge>()
    while (knot.size < 15_000) {
      const each = makeEdge(`q${random(quests)}`, `q${random(quests)}`, random(1_000_000))
      knot.set(each.id, each)
    }
    const all = [...knot.values()]
    const ignored = ignoredEdges(all)
    const kept = without(all, ignored)
    expect(hasCircle(kept)).toBe(false)
    const some = all.filter(({ id }) => ignored.has(id)).filter((_, index) => index % 1_000 === 0)
    expect(some.length).toBeGreaterThan(2)
    for (const each of some) {
      const older = kept.filter((other) => byAge(other, each) < 0)
      expect(hasCircle(older)).toBe(false)
      expect(hasCircle([...older, each])).toBe(true)
    }
  })

  it('[R20] are those of many rings that hang on one row of 30,000 quests', () => {
    const row = Array.from({ length: 30_000 }, (_, n) => makeEdge(`q${n}`, `q${n + 1}`, n))
    const back = Array.from({ length: 600 }, (_, n) => makeEdge(`q${(n + 1) * 50}`, `q${n * 47}`, 200_000 + n))
    const graph = new DependencyGraph([...back, ...row])
    expect(graph.ignored).toEqual(new Set(back.map(({ id }) => id)))
    // Without its first quest's edge the row no longer leads to the end of the ring that began there.
    expect(graph.update([{ id: storedId('blocks.q0.q1'), edge: undefined }])).toEqual([back[0]?.id])
  })

  it('[R20] of a hub of 50,000 edges come and go at once', () => {
    const spokes = Array.from({ length: 50_000 }, (_, n) =>
      makeEdge(n % 2 ? 'hub' : `q${n}`, n % 2 ? `q${n}` : 'hub', n),
    )
    const graph = new DependencyGraph(spokes)
    expect(graph.update([{ id: storedId('blocks.q1.q0'), edge: makeEdge('q1', 'q0', 200_000) }])).toEqual([
      'blocks.q1.q0',
    ])
    const changed = graph.update(spokes.map(({ id }) => ({ id, edge: undefined })))
    expect([changed, graph.ignored.size]).toEqual([['blocks.q1.q0'], 0])
  })
})

/** Whole numbers below a bound (mulberry32). */
function seeded(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound)
  }
}

/** Whether edges have a circle: taking away again and again what nothing leads to leaves some. */
function hasCircle(all: readonly BlocksEdge[]): boolean {
  const next = Map.groupBy(all, ({ from }) => from)
  const leading = new Map<QuestId, number>()
  for (const { to } of all) leading.set(to, (leading.get(to) ?? 0) + 1)
  const free = [...next.keys()].filter((id) => !leading.has(id))
  let taken = 0
  for (const id of free) {
    for (const { to } of next.get(id) ?? []) {
      taken += 1
      const left = (leading.get(to) ?? 0) - 1
      leading.set(to, left)
      if (left === 0) free.push(to)
    }
  }
  return taken < all.length
}
