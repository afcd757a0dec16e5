import { type QuestId, type RelationId, storedId } from '../kernel/ids.ts'
import type { RelationKind } from './relation-fields.ts'

/** The longest id of a quest that can be related, by what a record's id may take. */
const MAX_END_LENGTH = 58

/** Whether a quest's id is short enough for the id of a relation. Those made by this app are. */
export function isRelatable(id: QuestId): boolean {
  return id.length <= MAX_END_LENGTH
}

/** The two ends of a relation as its record holds them: of a kind that holds both ways, in the order of their ids. */
export function relationEnds(
  kind: RelationKind,
  from: QuestId,
  to: QuestId,
): { readonly from: QuestId; readonly to: QuestId } {
  return kind === 'blocks' || from < to ? { from, to } : { from: to, to: from }
}

/**
 * The id of a relation: two devices that relate the same quests offline write the same record. No quest's id has a dot,
 * so that no two relations share one.
 */
export function relationIdOf(kind: RelationKind, from: QuestId, to: QuestId): RelationId {
  const ends = relationEnds(kind, from, to)
  return storedId(`${kind}.${ends.from}.${ends.to}`)
}

/** The first end of a relation, from its id. */
export function fromOfRelation(id: string): string | null {
  return id.split('.')[1] ?? null
}
