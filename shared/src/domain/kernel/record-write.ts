/** The tables of a workspace document, each one root `Y.Array`. `recordKinds` says what each holds. */
export const TABLE_NAMES = [
  'quests',
  'projects',
  'sections',
  'tags',
  'categories',
  'relations',
  'completions',
  'focus',
  'templates',
  'views',
  'suggestions',
  'awards',
  'settings',
] as const

export type TableName = (typeof TABLE_NAMES)[number]

const tableNames: ReadonlySet<string> = new Set(TABLE_NAMES)

/** Whether a root name is one of the record tables. */
export function isTableName(name: string): name is TableName {
  return tableNames.has(name)
}

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
