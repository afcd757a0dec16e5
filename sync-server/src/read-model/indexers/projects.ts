import { type ProjectId, storedId } from '@questlog/shared/domain/kernel/ids'
import type { ReadModelTables } from '../../db/tables/read-model.ts'
import { instant, instantOrNull, key } from './column-values.ts'
import type { Indexer } from './indexer.ts'

/** Rows of projects, those in the Trash included. */
export const projectIndexer: Indexer = {
  table: 'projects',
  columns: { rank: 'text', deleted_at: 'timestamptz' },
  row({ workspaceId, state }, id) {
    const project = state.project(storedId<ProjectId>(id))
    if (project === undefined) return null
    const record: ReadModelTables['projects']['record'] = {
      ...project,
      workspaceId,
      createdAt: instant(project.createdAt),
      archivedAt: instantOrNull(project.archivedAt),
      deletedAt: instantOrNull(project.deletedAt),
    }
    return { record, columns: { rank: key(record.rank), deleted_at: record.deletedAt } }
  },
  questOf: () => null,
}
