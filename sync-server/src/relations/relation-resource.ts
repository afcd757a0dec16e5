import { type QuestId, storedId } from '@questlog/shared/domain/kernel/ids'
import { relationIdOf } from '@questlog/shared/domain/relations/relation-id'
import { recordIdSchema } from '@questlog/shared/protocol/record-ids'
import { createRelationSchema } from '@questlog/shared/protocol/record-writes'
import { relationSchema } from '@questlog/shared/protocol/records'
import { relationKindSchema } from '@questlog/shared/protocol/value-schemas'
import { sql } from 'kysely'
import { locateRecord } from '../records/find-record.ts'
import type { RecordDeps } from '../records/record-deps.ts'
import { filteredBy, madeOf, type RecordResource } from '../records/record-resource.ts'

/** How quests stand to each other. */
export function relationResource(deps: RecordDeps): RecordResource {
  return {
    table: 'relations',
    one: 'Relation',
    many: 'Relations',
    schema: relationSchema,
    list: {
      summary: 'Relations, of a quest or of all',
      sort: { column: 'id', type: 'text' },
      filters: filteredBy(
        {
          quest: recordIdSchema.optional().meta({ description: 'At either end.' }),
          kind: relationKindSchema.optional(),
        },
        ({ quest, kind }) => [
          ...(quest === undefined ? [] : [sql`(relations.from_id = ${quest} or relations.to_id = ${quest})`]),
          ...(kind === undefined ? [] : [sql`relations.kind = ${kind}`]),
        ],
      ),
    },
    create: {
      summary: 'Relate two quests of a workspace',
      description: 'What is related already stays as it is. A `blocks` that would close a circle is refused with it.',
      refuses: ['trashed', 'cycle', 'workspace-full'],
      ...madeOf(createRelationSchema, async ({ kind, ...ends }, request) => {
        const [from, to] = [storedId<QuestId>(ends.from), storedId<QuestId>(ends.to)]
        return {
          workspaceId: await locateRecord(deps, request, 'quests', from),
          id: relationIdOf(kind, from, to),
          command: { kind: 'relate', relation: kind, from, to },
          fieldOf: (_table, id) => (id === from ? 'from' : 'to'),
        }
      }),
    },
    remove: {
      summary: 'Remove a relation',
      refuses: ['precondition-failed'],
      command: (id) => ({ kind: 'unrelate', id: storedId(id) }),
    },
  }
}
