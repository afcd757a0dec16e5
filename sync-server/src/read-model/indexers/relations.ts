import { type RelationId, storedId } from '@questlog/shared/domain/kernel/ids'
import type { ReadModelTables } from '../../db/tables/read-model.ts'
import { instant, key } from './column-values.ts'
import type { Indexer } from './indexer.ts'

/** Rows of relations, those of which an end is gone included. */
export const relationIndexer: Indexer = {
  table: 'relations',
  columns: { kind: 'text', from_id: 'text', to_id: 'text' },
  row({ workspaceId, state }, id) {
    const relation = state.relation(storedId<RelationId>(id))
    if (relation === undefined) return null
    const record: ReadModelTables['relations']['record'] = {
      ...relation,
      workspaceId,
      createdAt: instant(relation.createdAt),
    }
    return { record, columns: { kind: record.kind, from_id: key(record.from), to_id: key(record.to) } }
  },
  questOf: (_id, { from }) => (typeof from === 'string' ? from : null),
}
