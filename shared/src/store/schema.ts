import { TABLE_NAMES, type TableName } from '../domain/kernel/record-write.ts'
import { requiredFields } from '../domain/kinds/record-kinds.ts'
import type { FoldedRecord } from './fold.ts'

/** What a program must at least understand to read, and to write, documents made by this one. */
export interface SchemaVersions {
  readonly reader: number
  readonly writer: number
}

export const SCHEMA_VERSIONS: SchemaVersions = { reader: 1, writer: 1 }

/** By table: asked of every record of a document that is loaded. */
const required = new Map(TABLE_NAMES.map((table) => [table, requiredFields(table)]))

/** What this program may do with a document whose server asks for these versions. */
export function accessFor(required: SchemaVersions): 'read-write' | 'read-only' | 'none' {
  if (required.reader > SCHEMA_VERSIONS.reader) return 'none'
  return required.writer > SCHEMA_VERSIONS.writer ? 'read-only' : 'read-write'
}

/** Whether a fold is a record a person can see. */
export function isVisible(table: TableName, record: FoldedRecord): boolean {
  const paths = required.get(table) ?? []
  if (paths.length === 0) return Object.keys(record).length > 0
  for (const path of paths) {
    if (!Object.hasOwn(record, path) || record[path] === null) return false
  }
  return true
}
