import type { ReadTable } from '@questlog/shared/domain/kinds/record-kinds'
import { key, sortableTitle } from './column-values.ts'
import type { Indexer } from './indexer.ts'
import { questIndexer } from './quests.ts'
import { rowsOf } from './rows-of.ts'
import { templateIndexer } from './templates.ts'

/** The rows of every kind of record that this version reads; what is in the Trash, undone or half gone included. */
const indexers: { readonly [Table in ReadTable]: Indexer } = {
  quests: questIndexer,
  projects: rowsOf('projects', { rank: 'text', deleted_at: 'timestamptz' }, ({ rank, deletedAt }) => ({
    columns: { rank: key(rank), deleted_at: deletedAt },
  })),
  sections: rowsOf('sections', { project_id: 'text', rank: 'text' }, ({ projectId, rank }) => ({
    columns: { project_id: key(projectId), rank: key(rank) },
  })),
  tags: rowsOf('tags', { name: 'text' }, ({ name }) => ({ columns: { name: sortableTitle(name) } })),
  categories: rowsOf('categories', { rank: 'text' }, ({ rank }) => ({ columns: { rank: key(rank) } })),
  templates: templateIndexer,
  relations: rowsOf('relations', { kind: 'text', from_id: 'text', to_id: 'text' }, ({ kind, from, to }) => ({
    columns: { kind, from_id: key(from), to_id: key(to) },
  })),
  completions: rowsOf(
    'completions',
    { quest_id: 'text', at: 'timestamptz', day: 'text', voided: 'boolean' },
    ({ voided: voidedAt, ...record }) => ({
      record: { ...record, voidedAt },
      columns: { quest_id: key(record.questId), at: record.at, day: key(record.day), voided: voidedAt !== null },
    }),
  ),
}

/** Every kind of record the read model has rows of. */
export const INDEXERS: readonly Indexer[] = Object.values(indexers)

/**
 * Counted up when rows come out differently from the same log: a workspace whose rows are of an older version is
 * projected again before it is next read.
 */
export const ROWS_VERSION = 3
