import { storedId, type TagId } from '@questlog/shared/domain/kernel/ids'
import type { ReadModelTables } from '../../db/tables/read-model.ts'
import { sortableTitle } from './column-values.ts'
import type { Indexer } from './indexer.ts'

/** Rows of tags. */
export const tagIndexer: Indexer = {
  table: 'tags',
  columns: { name: 'text' },
  row({ workspaceId, state }, id) {
    const tag = state.tag(storedId<TagId>(id))
    if (tag === undefined) return null
    const record: ReadModelTables['tags']['record'] = { ...tag, workspaceId }
    return { record, columns: { name: sortableTitle(record.name) } }
  },
  questOf: () => null,
}
