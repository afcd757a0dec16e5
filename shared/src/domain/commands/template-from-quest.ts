import type { QuestId } from '../kernel/ids.ts'
import type { LogState } from '../state/log-state.ts'
import type { TemplateRelation } from '../templates/template.ts'

/**
 * The quests that a template made from this one holds: itself, then its sub-quests of every depth in their order,
 * parents before children; those in the Trash and the cancelled left out.
 */
export function questsForTemplate(state: Pick<LogState, 'quest' | 'list'>, id: QuestId): readonly QuestId[] {
  const children = new Map<QuestId, QuestId[]>()
  for (const childId of state.list({ kind: 'all' })) {
    const quest = state.quest(childId)
    if (quest === undefined || quest.parentId === null || quest.status === 'cancelled') continue
    const siblings = children.get(quest.parentId)
    if (siblings === undefined) children.set(quest.parentId, [childId])
    else siblings.push(childId)
  }
  const ids = new Set([id])
  // A set is visited in the order of insertion, what is added meanwhile included.
  for (const parent of ids) for (const child of children.get(parent) ?? []) ids.add(child)
  return [...ids]
}

/** The relations among quests by their places; those that are ignored because they close a cycle left out. */
export function relationsAmong(
  state: Pick<LogState, 'relationsOf' | 'isIgnored'>,
  ids: readonly QuestId[],
): readonly TemplateRelation[] {
  const places = new Map(ids.map((id, place) => [id, place]))
  return ids.flatMap((id, from) =>
    state.relationsOf(id).flatMap((relation): readonly TemplateRelation[] => {
      const to = places.get(relation.to)
      // Each relation is met at both its ends, and taken at one.
      if (relation.from !== id || to === undefined || state.isIgnored(relation.id)) return []
      return [{ kind: relation.kind, from, to }]
    }),
  )
}
