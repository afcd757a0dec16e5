import type { Ranked } from './ranked-insert.ts'

/** The first index from `start` where a condition holds that holds of all after it; `end` where it never does. */
export function firstWhere(start: number, end: number, holds: (index: number) => boolean): number {
  let [low, high] = [start, end]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

/**
 * What lies around an index of a long list, of which members are read one by one: the run of equal ranks there, and
 * one more on either side, which is all that `ranksForInsert` looks at.
 */
export function neighbourhood(
  length: number,
  index: number,
  rankedAt: (index: number) => Ranked | undefined,
): { readonly ranked: readonly Ranked[]; readonly index: number } {
  const rank = rankedAt(index - 1)?.rank
  let first = Math.max(index - 1, 0)
  while (first > 0 && rankedAt(first)?.rank === rank) first -= 1
  let end = index
  while (end < length && rankedAt(end)?.rank === rank) end += 1
  const ranked: Ranked[] = []
  for (let each = first; each <= end; each += 1) {
    const member = rankedAt(each)
    if (member !== undefined) ranked.push(member)
  }
  return { ranked, index: index - first }
}
