import type { ReadTable } from '@questlog/shared/domain/kinds/record-kinds'
import type { Projection } from '@questlog/shared/store/projection'

/** A workspace as indexers see it. */
export interface WorkspaceView {
  readonly workspaceId: string
  readonly state: Projection
  note(questId: string): string
}

/** What Postgres takes as the value of a column, as JSON. */
export type ColumnValue = string | number | boolean | null | readonly string[]

/** A row without its place: the REST representation, and what lists filter and order by. */
export interface IndexedRow {
  readonly record: object
  readonly columns: { readonly [column: string]: ColumnValue }
}

/** Makes the rows of one kind of record. */
export interface Indexer {
  readonly table: ReadTable
  /** Columns besides the common ones, with their SQL types. */
  readonly columns: { readonly [column: string]: 'text' | 'text[]' | 'boolean' | 'smallint' | 'timestamptz' }
  /** The row of a record as it is now; null where there is none to show. Pure. */
  row(view: WorkspaceView, id: string): IndexedRow | null
  /** What full-text search finds a row by, words separated by spaces; only for tables with a `search` column. */
  words?(view: WorkspaceView, id: string): { readonly title: string; readonly note: string }
}
