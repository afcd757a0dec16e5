import type { ReadTable } from '@questlog/shared/domain/kinds/record-kinds'
import type { Indexer } from '../indexers/indexer.ts'
import { INDEXERS } from '../indexers/indexers.ts'

/** The statements that write rows of one kind of record. */
export interface RowStatements {
  /** Takes the workspace's id, and rows as a JSON array. */
  readonly upsert: string
  /** Takes the workspace's id, and ids. */
  readonly remove: string
}

// `/` stands in no word that is searched for. The workspace is a word like the others, so that one index serves both.
const searchVector = `array_to_tsvector(array['/' || $1]) || setweight(questlog_words(fresh.title_words), 'A')
  || setweight(questlog_words(fresh.note_words), 'B')`

const statements = new Map<ReadTable, RowStatements>(INDEXERS.map((indexer) => [indexer.table, statementsOf(indexer)]))

/** The statements of a table. */
export function rowStatements(table: ReadTable): RowStatements {
  const found = statements.get(table)
  if (found === undefined) throw new Error(`nothing is written to ${table}`)
  return found
}

function statementsOf({ table, columns, words }: Indexer): RowStatements {
  const isSearched = words !== undefined
  const plain = ['seq', 'record', ...Object.keys(columns)]
  const written = isSearched ? [...plain, 'search'] : plain
  const types = Object.entries({ id: 'text', seq: 'bigint', record: 'jsonb', ...columns })
  const inputs = isSearched ? [...types, ['title_words', 'text'], ['note_words', 'text']] : types
  const values = plain.map((column) => `fresh.${column}`)
  // Words are only sent where they may have changed: to stem a long note in every language takes its time.
  const search = `case when fresh.title_words is null then old.search else ${searchVector} end`
  return {
    upsert: `insert into ${table} (workspace_id, id, ${written.join(', ')})
      select $1, fresh.id, ${[...values, ...(isSearched ? [search] : [])].join(', ')}
      from json_to_recordset($2::json) as fresh(${inputs.map(([name, type]) => `${name} ${type}`).join(', ')})
      ${isSearched ? `left join ${table} old on old.workspace_id = $1 and old.id = fresh.id` : ''}
      on conflict (workspace_id, id) do update set ${written.map((column) => `${column} = excluded.${column}`).join(', ')}`,
    remove: `delete from ${table} where workspace_id = $1 and id = any($2::text[])`,
  }
}
