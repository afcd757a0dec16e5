import { type SectionId, storedId } from '@questlog/shared/domain/kernel/ids'
import type { ReadModelTables } from '../../db/tables/read-model.ts'
import { key } from './column-values.ts'
import type { Indexer } from './indexer.ts'

/** Rows of the sections of projects. */
export const sectionIndexer: Indexer = {
  table: 'sections',
  columns: { project_id: 'text', rank: 'text' },
  row({ workspaceId, state }, id) {
    const section = state.section(storedId<SectionId>(id))
    if (section === undefined) return null
    const record: ReadModelTables['sections']['record'] = { ...section, workspaceId }
    return { record, columns: { project_id: key(record.projectId), rank: key(record.rank) } }
  },
  questOf: () => null,
}
