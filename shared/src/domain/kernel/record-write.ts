/** The tables of a workspace document, each one root `Y.Array`. */
export type TableName =
  | 'quests'
  | 'projects'
  | 'sections'
  | 'tags'
  | 'categories'
  | 'relations'
  | 'completions'
  | 'focus'
  | 'templates'
  | 'views'
  | 'suggestions'
  | 'awards'
  | 'settings'

/** A JSON value; what a field may hold. */
export type FieldValue =
  | null
  | boolean
  | number
  | string
  | readonly FieldValue[]
  | { readonly [key: string]: FieldValue }

/** Changed fields by path: `title`, `tags/<id>`, `steps/<id>/done`. A null clears the field. */
export type Patch = { readonly [path: string]: FieldValue }

/** One record's part of a command: what the store turns into one entry. */
export interface RecordWrite {
  readonly table: TableName
  readonly id: string
  readonly patch: Patch
}
