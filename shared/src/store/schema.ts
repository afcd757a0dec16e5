import type { TableName } from '../domain/kernel/record-write.ts'
import type { FoldedRecord } from './fold.ts'

/** What a program must at least understand to read, and to write, documents made by this one. */
export interface SchemaVersions {
  readonly reader: number
  readonly writer: number
}

export const SCHEMA_VERSIONS: SchemaVersions = { reader: 1, writer: 1 }

/** The fields without which a record is a fragment, and invisible. Where none are named, any field will do. */
export const REQUIRED_FIELDS: { readonly [Table in TableName]: readonly string[] } = {
  quests: ['title', 'createdAt'],
  projects: ['name', 'createdAt'],
  sections: ['projectId', 'name'],
  tags: ['name'],
  categories: ['name'],
  relations: ['kind', 'from', 'to'],
  completions: ['questId', 'occurrence', 'at', 'day'],
  focus: [],
  templates: ['name'],
  views: ['name'],
  suggestions: ['kind'],
  awards: ['name'],
  settings: [],
}

export const TABLE_NAMES: readonly TableName[] = Object.keys(REQUIRED_FIELDS).filter(isTableName)

/** Whether a root name is one of the record tables. */
export function isTableName(name: string): name is TableName {
  return Object.hasOwn(REQUIRED_FIELDS, name)
}

/** What this program may do with a document whose server asks for these versions. */
export function accessFor(required: SchemaVersions): 'read-write' | 'read-only' | 'none' {
  if (required.reader > SCHEMA_VERSIONS.reader) return 'none'
  return required.writer > SCHEMA_VERSIONS.writer ? 'read-only' : 'read-write'
}

/** Whether a fold is a record a person can see. */
export function isVisible(table: TableName, record: FoldedRecord): boolean {
  const required = REQUIRED_FIELDS[table]
  if (required.length === 0) return Object.keys(record).length > 0
  for (const path of required) {
    if (!Object.hasOwn(record, path) || record[path] === null) return false
  }
  return true
}
