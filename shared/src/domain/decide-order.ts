import type { Command, CommandError, Place } from './commands.ts'
import { dayAt } from './day.ts'
import { editable } from './decide-quest.ts'
import type { QuestId } from './ids.ts'
import { comparePositions, type ListKey, type ListPosition, positionIn, todayRankOf } from './lists.ts'
import type { DecideContext, LogState } from './log-state.ts'
import type { Quest } from './quest.ts'
import { ranksForInsert } from './ranked-insert.ts'
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
  const order = command.list === 'today' ? todayOrder(quest.value, context) : listOrder(quest.value)
  const others = othersInOrder(state, quest.value, order)
  const index = indexOf(state, command.place, others, order)
  if (index === null) {
    return err({ code: 'not-found', table: 'quests', id: command.place.after ?? command.place.before ?? '' })
  }
  if (standsBetween(quest.value, others[index - 1], others[index], order)) return ok([])
  const ranked = others.map((other) => ({ id: other.id, rank: order.rankOf(other) }))
  const ranks = ranksForInsert(ranked, index, command.id, context.random)
  return ok(ranks.map(({ id, rank }) => ({ table: 'quests', id, patch: { [order.field]: rank } })))
}

interface Order {
  readonly key: ListKey
  readonly field: 'rank' | 'todayRank'
  readonly rankOf: (quest: Quest) => string
  /** Only neighbours of this group count; null: of any. */
  readonly group: number | null
}

function listOrder(quest: Quest): Order {
  const key: ListKey = quest.projectId === null ? { kind: 'inbox' } : { kind: 'project', projectId: quest.projectId }
  return { key, field: 'rank', rankOf: (other) => other.rank, group: null }
}

function todayOrder(quest: Quest, context: DecideContext): Order {
  const day = dayAt(context.now, context.tz, context.dayStartHour)
  const key: ListKey = { kind: 'today', day, tz: context.tz }
  return { key, field: 'todayRank', rankOf: todayRankOf, group: positionIn(quest, key)?.group ?? null }
}

function othersInOrder(state: LogState, quest: Quest, order: Order): readonly Quest[] {
  const others: Quest[] = []
  for (const id of state.list(order.key)) {
    const other = id === quest.id ? undefined : state.quest(id)
    if (other === undefined) continue
    if (order.group === null || positionIn(other, order.key)?.group === order.group) others.push(other)
  }
  return others
}

function indexOf(state: LogState, place: Place, others: readonly Quest[], order: Order): number | null {
  if (place.after === null && place.before === null) return others.length
  const after = indexOfNeighbour(state, place.after, others, order)
  if (after !== null) return after.isMember ? after.index + 1 : after.index
  return indexOfNeighbour(state, place.before, others, order)?.index ?? null
}

function indexOfNeighbour(
  state: LogState,
  id: QuestId | null,
  others: readonly Quest[],
  order: Order,
): { readonly index: number; readonly isMember: boolean } | null {
  const neighbour = id === null ? undefined : state.quest(id)
  if (neighbour === undefined) return null
  const index = others.findIndex((other) => compareIn(order, other, neighbour) >= 0)
  if (index === -1) return { index: others.length, isMember: false }
  return { index, isMember: others[index]?.id === id }
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
