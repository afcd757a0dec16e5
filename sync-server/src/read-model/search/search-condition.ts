import { type RawBuilder, sql } from 'kysely'
import { searchWords } from './search-words.ts'

/** A query of more words than anybody types costs more than it is worth; those after are not looked at. */
const MOST_WORDS = 16
const MOST_UNITS = 1_000
const WORKSPACE_ID = /^[0-9A-Za-z]+$/

/**
 * The condition on `quests` for a search in some workspaces: every word is in the title or the notes, in any form of it
 * in the languages known, the last one possibly unfinished. One index serves all of it. A text without any letter or
 * digit finds nothing.
 */
export function searchCondition(workspaceIds: readonly string[], text: string): RawBuilder<boolean> {
  const query = searchQuery(workspaceIds, text)
  if (query === null) return sql<boolean>`false`
  // Said a second time, to be known to the planner: few quests are read one by one faster than an index is asked.
  return sql<boolean>`(quests.workspace_id = any(${[...workspaceIds]}::text[]) and quests.search @@ (${query}))`
}

/** How well a quest fits a search, for ordering: words in titles count more. Null for a text without words. */
export function searchRank(workspaceIds: readonly string[], text: string): RawBuilder<number> | null {
  const query = searchQuery(workspaceIds, text)
  return query === null ? null : sql<number>`ts_rank(quests.search, (${query}))`
}

function searchQuery(workspaceIds: readonly string[], text: string): RawBuilder<unknown> | null {
  const words = searchWords(text.slice(0, MOST_UNITS)).slice(0, MOST_WORDS)
  const last = words.at(-1)
  const places = workspaceIds.filter((id) => WORKSPACE_ID.test(id)).map((id) => `'/${id}'`)
  if (last === undefined || places.length === 0) return null
  const parts = words.slice(0, -1).map((word) => sql`questlog_word(${word})`)
  const begun = sql`(to_tsquery('pg_catalog.simple', ${`${last}:*`}) || questlog_word(${last}))`
  return sql.join([sql`${places.join(' | ')}::tsquery`, ...parts, begun], sql` && `)
}
