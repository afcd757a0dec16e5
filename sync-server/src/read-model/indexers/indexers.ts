import { categoryIndexer } from './categories.ts'
import { completionIndexer } from './completions.ts'
import type { Indexer } from './indexer.ts'
import { projectIndexer } from './projects.ts'
import { questIndexer } from './quests.ts'
import { relationIndexer } from './relations.ts'
import { sectionIndexer } from './sections.ts'
import { tagIndexer } from './tags.ts'
import { templateIndexer } from './templates.ts'

/** Every kind of record the read model has rows of. */
export const INDEXERS: readonly Indexer[] = [
  questIndexer,
  projectIndexer,
  sectionIndexer,
  tagIndexer,
  categoryIndexer,
  templateIndexer,
  relationIndexer,
  completionIndexer,
]

/**
 * Counted up when rows come out differently from the same log: a workspace whose rows are of an older version is
 * projected anew before it is next read.
 */
export const ROWS_VERSION = 3
