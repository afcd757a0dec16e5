import type { Command, CommandError, Place } from './commands.ts'
import { dayAt } from './day.ts'
import { editable } from './decide-quest.ts'
import type { QuestId } from './ids.ts'
import { comparePositions, type ListKey, type ListPosition, positionIn, todayRankOf } from './lists.ts'
import type { DecideContext, LogState } from './log-state.ts'
import type { Quest } from './quest.ts'
import { type Ranked, ranksForInsert } from './ranked-insert.ts'
import { firstWhere, neighbourhood } from './ranked-neighbours.ts'
import type { RecordWrite } from './record-write.ts'
import { err, ok, type Result } from './result.ts'

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
  const order =
    command.list === 'today' ? todayOrder(state, quest.value, command.place, context) : listOrder(quest.value)
  const others = othersInOrder(state, quest.value, order)
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
  readonly key: ListKey
  readonly field: 'rank' | 'todayRank'
  readonly rankOf: (quest: Quest) => string
  /** Only neighbours of this group count. */
  readonly group: number
}

/** The neighbours in order, the quest itself left out. Each is read when asked for: a list may hold every quest. */
interface Others {
  readonly length: number
  /** Undefined beyond either end. */
  at(index: number): Quest | undefined
}

function listOrder(quest: Quest): Order {
  const key: ListKey = quest.projectId === null ? { kind: 'inbox' } : { kind: 'project', projectId: quest.projectId }
  return { key, field: 'rank', rankOf: (other) => other.rank, group: 0 }
}

/** Within the quest's section of Today, or that of the place where the quest is in none. */
function todayOrder(state: LogState, quest: Quest, place: Place, context: DecideContext): Order {
  const day = dayAt(context.now, context.tz, context.dayStartHour)
  const key: ListKey = { kind: 'today', day, tz: context.tz }
  const [after, before] = [place.after, place.before].map((id) => (id === null ? undefined : state.quest(id)))
  const positions = [quest, after, before].map((each) => (each === undefined ? null : positionIn(each, key)))
  const group = positions.find((position) => position !== null)?.group ?? 0
  return { key, field: 'todayRank', rankOf: todayRankOf, group }
}

function othersInOrder(state: LogState, quest: Quest, order: Order): Others {
  const ids = state.list(order.key)
  const positionAt = (index: number): ListPosition | null => {
    const member = state.quest(ids[index] ?? quest.id)
    return member === undefined ? null : positionIn(member, order.key)
  }
  const groupAt = (index: number): number => positionAt(index)?.group ?? 0
  const start = firstWhere(0, ids.length, (index) => groupAt(index) >= order.group)
  const end = firstWhere(start, ids.length, (index) => groupAt(index) > order.group)
  const own = firstWhere(start, end, (index) => {
    const member = state.quest(ids[index] ?? quest.id)
    return member === undefined || compareIn(order, member, quest) >= 0
  })
  const isMember = own < end && ids[own] === quest.id
  return {
    length: end - start - (isMember ? 1 : 0),
    at(index) {
      const place = start + index
      const id = index < 0 ? undefined : ids[isMember && place >= own ? place + 1 : place]
      return id === undefined || index >= this.length ? undefined : state.quest(id)
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
