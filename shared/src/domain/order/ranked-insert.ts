import { rankBetween, ranksBetween } from './rank.ts'

/** A member of an ordered list. */
export interface Ranked {
  readonly id: string
  readonly rank: string
}

/**
 * The ranks to write so that `id` stands in `others` (in order, without it) before the one at `index`. Usually its own
 * alone. Where both neighbours have one rank, which devices that choose the same can cause, nothing fits between, and
 * the smaller side of that run moves apart too.
 */
export function ranksForInsert(
  others: readonly Ranked[],
  index: number,
  id: string,
  random: () => number,
): readonly Ranked[] {
  const below = others[index - 1]
  const above = others[index]
  if (below === undefined || above === undefined || below.rank < above.rank) {
    return [{ id, rank: rankBetween(below?.rank ?? null, above?.rank ?? null, random) }]
  }
  let first = index - 1
  while (first > 0 && others[first - 1]?.rank === below.rank) first--
  let end = index + 1
  while (others[end]?.rank === below.rank) end++
  if (end - index <= index - first) {
    const moved = [id, ...others.slice(index, end).map((other) => other.id)]
    return paired(moved, ranksBetween(below.rank, others[end]?.rank ?? null, moved.length, random))
  }
  const moved = [...others.slice(first, index).map((other) => other.id), id]
  return paired(moved, ranksBetween(others[first - 1]?.rank ?? null, below.rank, moved.length, random))
}

function paired(ids: readonly string[], ranks: readonly string[]): readonly Ranked[] {
  return ids.map((id, index) => ({ id, rank: ranks[index] ?? '' }))
}
