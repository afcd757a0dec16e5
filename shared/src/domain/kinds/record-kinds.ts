import { questIdOfCompletion } from '../completions/completion.ts'
import { completionFields, readCompletion } from '../completions/completion-fields.ts'
import { type FieldTable, namesWith } from '../fields/field.ts'
import {
  categoryFields,
  projectFields,
  readCategory,
  readProject,
  readSection,
  readTag,
  sectionFields,
  tagFields,
} from '../groups/group-fields.ts'
import { storedId } from '../kernel/ids.ts'
import { isTableName, type Patch, TABLE_NAMES, type TableName } from '../kernel/record-write.ts'
import { readQuest } from '../quest/quest.ts'
import { questFields } from '../quest/quest-fields.ts'
import { readRelation, relationFields } from '../relations/relation-fields.ts'
import { fromOfRelation } from '../relations/relation-id.ts'
import { readTemplate, templateFields } from '../templates/template.ts'

/** A kind of record that this version reads. */
interface ReadKind {
  readonly fields: FieldTable
  /** Undefined for one that this version cannot read. */
  readonly read: (id: never, record: Patch) => { readonly id: string } | undefined
  /** The field that names one for a person. */
  readonly namedBy: 'title' | 'name' | null
  /** What a restore of the whole log does with one made since: marks it in a field of time, clears it, or nothing. */
  readonly takenBackBy: 'deletedAt' | 'voided' | 'clearing' | null
  /** The field by which quests hold one; removing it takes it off them [R23], and putting it back puts it on again. */
  readonly heldBy: 'tags' | 'sectionId' | 'categoryId' | null
  /** The quest that its changes are shown with, from its id and those of its fields that are known. */
  readonly questOf: (id: string, fields: Patch) => string | null
}

/** A kind that this version keeps and merges, and does not read. */
interface KeptKind {
  readonly requires: readonly string[]
}

const none = { namedBy: null, takenBackBy: null, heldBy: null, questOf: () => null } as const
const named = { ...none, namedBy: 'name' } as const

/** Every kind of record by its table. Whatever else lists kinds derives from this, or does not compile without one. */
export const recordKinds = {
  quests: {
    ...none,
    fields: questFields,
    read: readQuest,
    namedBy: 'title',
    takenBackBy: 'deletedAt',
    questOf: (id) => id,
  },
  projects: { ...named, fields: projectFields, read: readProject, takenBackBy: 'deletedAt' },
  sections: { ...named, fields: sectionFields, read: readSection, heldBy: 'sectionId' },
  tags: { ...named, fields: tagFields, read: readTag, heldBy: 'tags' },
  categories: { ...named, fields: categoryFields, read: readCategory, heldBy: 'categoryId' },
  relations: {
    ...none,
    fields: relationFields,
    read: readRelation,
    takenBackBy: 'clearing',
    questOf: (id, { from }) => (typeof from === 'string' ? from : fromOfRelation(id)),
  },
  completions: {
    ...none,
    fields: completionFields,
    read: readCompletion,
    takenBackBy: 'voided',
    questOf: questIdOfCompletion,
  },
  focus: { requires: [] },
  templates: { ...named, fields: templateFields, read: readTemplate },
  views: { requires: ['name'] },
  suggestions: { requires: ['kind'] },
  awards: { requires: ['name'] },
  settings: { requires: [] },
} as const satisfies { readonly [Table in TableName]: ReadKind | KeptKind }

type RecordKinds = typeof recordKinds

/** The tables whose records this version reads. */
export type ReadTable = { [Table in TableName]: RecordKinds[Table] extends ReadKind ? Table : never }[TableName]

/** A record as its kind's reader gives it. */
export type RecordOf<Table extends ReadTable> = Exclude<ReturnType<RecordKinds[Table]['read']>, undefined>

/** Whether a table is of a kind that this version reads. */
export function isReadTable(table: string): table is ReadTable {
  return isTableName(table) && 'fields' in recordKinds[table]
}

export const READ_TABLES: readonly ReadTable[] = TABLE_NAMES.filter(isReadTable)

/** The fields without which a record is a fragment, and invisible. Where there are none, any field will do. */
export function requiredFields(table: TableName): readonly string[] {
  const kind: ReadKind | KeptKind = recordKinds[table]
  return 'requires' in kind ? kind.requires : namesWith(kind.fields, 'isRequired', true)
}

type TypesIn<Table> = {
  [Name in keyof Table]: Table[Name] extends { readonly type: infer Type } ? Type : never
}[keyof Table]

/** Every form of value that a field of some kind has. */
export type AnyFieldType = { [Table in ReadTable]: TypesIn<RecordKinds[Table]['fields']> }[ReadTable]
/** The names of these forms. */
export type FieldTypeName = AnyFieldType['name']

/** A record of a kind from its fields, as `recordKinds` reads it. */
export function readRecord<Table extends ReadTable>(
  table: Table,
  id: string,
  record: Patch,
): RecordOf<Table> | undefined
export function readRecord(table: ReadTable, id: string, record: Patch): object | undefined {
  const read: (id: never, record: Patch) => object | undefined = recordKinds[table].read
  return read(storedId<never>(id), record)
}

/** The fields of a kind. */
export type FieldsOf<Table extends ReadTable> = RecordKinds[Table]['fields']
