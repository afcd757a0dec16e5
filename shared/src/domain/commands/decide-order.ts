import type { QuestId } from '../kernel/ids.ts'
import type { RecordWrite } from '../kernel/record-write.ts'
import { err, ok, type Result } from '../kernel/result.ts'
import { type Ranked, ranksForInsert } from '../order/ranked-insert.ts'
import { firstWhere, neighbourhood } from '../order/ranked-neighbours.ts'
import {
  comparePositions,
  type ListPosition,
  type TodayKey,
  type TodaySection,
  todayRankOf,
  todaySectionOf,
  todaySections,
} from '../quest/lists.ts'
import type { Quest } from '../quest/quest.ts'
import type { DecideContext, LogState } from '../state/log-state.ts'
import { dayAt } from '../time/day.ts'
import type { CommandError } from './command-error.ts'
import type { Command, Place } from './commands.ts'
import { editable } from './decide-quest.ts'

type Decision = Result<readonly RecordWrite[], CommandError>

/**
 * Puts a quest between two neighbours of its list, or of its section of Today. It goes right after `after`, else right
 * before `before`, else to the end; a neighbour that is no longer in the list still marks a place by its rank.
 */
export function reorderQuest(
  state: LogState,
  command: Extract<Command, { kind: 'reorderQuest' }>,
  context: DecideContext,
): Decision {
  const quest = editable(state, command.id)
  if (!quest.ok) return quest
  const order = command.list === 'today' ? todayOrder : listOrder
  const others =
    command.list === 'today'
      ? othersInSection(state, quest.value, command.place, context)
      : othersInList(state, quest.value)
  const index = indexOf(state, command.place, others, order)
  if (index === null) {
    return err({ code: 'not-found', table: 'quests', id: command.place.after ?? command.place.before ?? '' })
  }
  if (standsBetween(quest.value, others.at(index - 1), others.at(index), order)) return ok([])
  const near = neighbourhood(others.length, index, (each) => rankedAt(others, each, order))
  const ranks = ranksForInsert(near.ranked, near.index, command.id, context.random)
  return ok(ranks.map(({ id, rank }) => ({ table: 'quests', id, patch: { [order.field]: rank } })))
}

interface Order {
  readonly field: 'rank' | 'todayRank'
  readonly rankOf: (quest: Quest) => string
}

const listOrder: Order = { field: 'rank', rankOf: (quest) => quest.rank }
const todayOrder: Order = { field: 'todayRank', rankOf: todayRankOf }

/** The neighbours in order, the quest itself left out. Each is read when asked for: a list may hold every quest. */
interface Others {
  readonly length: number
  /** Undefined beyond either end. */
  at(index: number): Quest | undefined
}

function othersInList(state: LogState, quest: Quest): Others {
  const { projectId } = quest
  const ids = state.list(projectId === null ? { kind: 'inbox' } : { kind: 'project', projectId })
  const own = firstWhere(0, ids.length, (index) => {
    const member = state.quest(ids[index] ?? quest.id)
    return member === undefined || compareIn(listOrder, member, quest) >= 0
  })
  return withoutOwn(state, ids, ids[own] === quest.id ? own : null)
}

/** Those of the quest's section of Today, or of that of the place where the quest is in none. */
function othersInSection(
  state: LogState,
  quest: Quest,
  place: Place,
  { now, tz, dayStartHour }: DecideContext,
): Others {
  const key: TodayKey = { kind: 'today', day: dayAt(now, tz, dayStartHour), tz }
  const [after, before] = [place.after, place.before].map((id) => (id === null ? undefined : state.quest(id)))
  const found = [quest, after, before].map((each) => sectionOf(each, key, now)).find((section) => section !== null)
  const ids = todaySections(state, key, now)[found ?? 'overdue']
  const own = ids.indexOf(quest.id)
  return withoutOwn(state, ids, own < 0 ? null : own)
}

function sectionOf(quest: Quest | undefined, key: TodayKey, now: number): TodaySection | null {
  return quest === undefined || quest.deletedAt !== null ? null : todaySectionOf(quest, key, now)
}

function withoutOwn(state: LogState, ids: readonly QuestId[], own: number | null): Others {
  const length = ids.length - (own === null ? 0 : 1)
  return {
    length,
    at(index) {
      const id = index < 0 || index >= length ? undefined : ids[own !== null && index >= own ? index + 1 : index]
      return id === undefined ? undefined : state.quest(id)
    },
  }
}

function indexOf(state: LogState, place: Place, others: Others, order: Order): number | null {
  if (place.after === null && place.before === null) return others.length
  const after = indexOfNeighbour(state, place.after, others, order)
  if (after !== null) return after.isMember ? after.index + 1 : after.index
  return indexOfNeighbour(state, place.before, others, order)?.index ?? null
}

function indexOfNeighbour(
  state: LogState,
  id: QuestId | null,
  others: Others,
  order: Order,
): { readonly index: number; readonly isMember: boolean } | null {
  const neighbour = id === null ? undefined : state.quest(id)
  if (neighbour === undefined) return null
  const index = firstWhere(0, others.length, (each) => {
    const other = others.at(each)
    return other === undefined || compareIn(order, other, neighbour) >= 0
  })
  return { index, isMember: others.at(index)?.id === id }
}

function rankedAt(others: Others, index: number, order: Order): Ranked | undefined {
  const other = others.at(index)
  return other === undefined ? undefined : { id: other.id, rank: order.rankOf(other) }
}

function compareIn(order: Order, a: Quest, b: Quest): number {
  return comparePositions(at(order, a), a.id, at(order, b), b.id)
}

function at(order: Order, quest: Quest): ListPosition {
  return { group: 0, rank: order.rankOf(quest) }
}

function standsBetween(quest: Quest, below: Quest | undefined, above: Quest | undefined, order: Order): boolean {
  return (
    (below === undefined || compareIn(order, below, quest) < 0) &&
    (above === undefined || compareIn(order, quest, above) < 0)
  )
}
