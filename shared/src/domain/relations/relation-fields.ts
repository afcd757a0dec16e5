import type { FieldTable, FieldValues } from '../fields/field.ts'
import { recordReader } from '../fields/read-record.ts'
import { id, instant, option } from '../fields/value-types.ts'
import type { QuestId, RelationId, UserId } from '../kernel/ids.ts'
import type { Patch } from '../kernel/record-write.ts'

/** `blocks`: `to` waits until `from` is done. The others hold both ways. */
export const RELATION_KINDS = ['blocks', 'relates', 'duplicates'] as const
export type RelationKind = (typeof RELATION_KINDS)[number]

export const relationFields = {
  kind: { type: option(RELATION_KINDS), isRequired: true },
  from: { type: id<QuestId>('quests'), isRequired: true },
  to: { type: id<QuestId>('quests'), isRequired: true },
  createdAt: { type: instant, default: 0 },
  createdBy: { type: id<UserId>('accounts'), default: null },
} as const satisfies FieldTable

/** How two quests stand to each other. Either may be in the Trash, or gone. */
export interface Relation extends FieldValues<typeof relationFields> {
  readonly id: RelationId
}

const read = recordReader<RelationId, typeof relationFields>(relationFields)

/** Reads a relation from its fields; undefined unless it is of a known kind and between two quests. */
export function readRelation(relationId: RelationId, record: Patch): Relation | undefined {
  const relation = read(relationId, record)
  return relation === undefined || relation.from === relation.to ? undefined : relation
}
