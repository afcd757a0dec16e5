import { type CategoryId, storedId } from '@questlog/shared/domain/kernel/ids'
import type { ReadModelTables } from '../../db/tables/read-model.ts'
import { key } from './column-values.ts'
import type { Indexer } from './indexer.ts'

/** Rows of categories. */
export const categoryIndexer: Indexer = {
  table: 'categories',
  columns: { rank: 'text' },
  row({ workspaceId, state }, id) {
    const category = state.category(storedId<CategoryId>(id))
    if (category === undefined) return null
    const record: ReadModelTables['categories']['record'] = { ...category, workspaceId }
    return { record, columns: { rank: key(record.rank) } }
  },
  questOf: () => null,
}
