import { storedId, type TagId } from '@questlog/shared/domain/ids'
import type { TagResponse } from '@questlog/shared/protocol/records'
import { sortableTitle } from './column-values.ts'
import type { Indexer } from './indexer.ts'

/** Rows of tags. */
export const tagIndexer: Indexer = {
  table: 'tags',
  columns: { name: 'text' },
  row({ workspaceId, state }, id) {
    const tag = state.tag(storedId<TagId>(id))
    if (tag === undefined) return null
    const record: TagResponse = { ...tag, workspaceId }
    return { record, columns: { name: sortableTitle(record.name) } }
  },
  questOf: () => null,
}
