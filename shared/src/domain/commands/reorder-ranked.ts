import type { RecordWrite } from '../kernel/record-write.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { type Ranked, ranksForInsert } from '../order/ranked-insert.ts'
import type { CommandError } from './command-error.ts'

type RankedTable = 'projects' | 'sections' | 'categories'

/** What is to stand where: right after `after`, else right before `before`, else at the end. */
export interface NewPlace {
  readonly id: string
  readonly after: string | null
  readonly before: string | null
}

/** The ranks to write so that one record of a short list stands at its new place among the others, given in order. */
export function reorderRanked(
  table: RankedTable,
  others: readonly Ranked[],
  place: NewPlace,
  random: () => number,
): Result<readonly RecordWrite[], CommandError> {
  const after = others.findIndex((other) => other.id === place.after)
  const before = others.findIndex((other) => other.id === place.before)
  if (after === -1 && before === -1 && (place.after !== null || place.before !== null)) {
    return err({ code: 'not-found', table, id: place.after ?? place.before ?? '' })
  }
  const index = after !== -1 ? after + 1 : before !== -1 ? before : others.length
  const ranks = ranksForInsert(others, index, place.id, random)
  return ok(ranks.map(({ id, rank }) => ({ table, id, patch: { rank } })))
}

/** The records of ids, in their order, without one of them. */
export function rankedOthers<Id extends string>(
  ids: readonly Id[],
  without: Id,
  get: (id: Id) => Ranked | undefined,
): readonly Ranked[] {
  return ids.flatMap((id) => (id === without ? [] : (get(id) ?? [])))
}
