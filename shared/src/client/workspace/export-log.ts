import type * as Y from 'yjs'
import type { FieldValue, TableName } from '../../domain/kernel/record-write.ts'
import { TABLE_NAMES } from '../../domain/kernel/record-write.ts'
import type { QuestDocument } from '../../store/quest-document.ts'
import type { SetAsideEntry } from '../sync/set-aside.ts'

/** A whole log as plain JSON: every visible record by table and id, and every note. */
export interface ExportedLog {
  readonly format: 'questlog-json'
  readonly version: 1
  /** Milliseconds since the epoch. */
  readonly exportedAt: number
  readonly workspace: { readonly id: string; readonly name: string; readonly kind: 'personal' | 'party' }
  readonly records: Readonly<Partial<Record<TableName, readonly ExportedRecord[]>>>
  /** Markdown by quest id. */
  readonly notes: Readonly<Record<string, string>>
  /** What could not be read and was set aside; absent where nothing was. */
  readonly setAside?: readonly SetAsideEntry[]
}

/** What an export tells besides the document. */
export interface ExportDetails extends Pick<ExportedLog, 'exportedAt' | 'workspace'> {
  readonly setAside?: readonly SetAsideEntry[]
}

/** Fields by path, `tags/<id>` and `steps/<id>` included; cleared fields are absent. */
export interface ExportedRecord {
  readonly id: string
  readonly fields: Readonly<Record<string, FieldValue>>
}

const NOTE_PREFIX = 'note:'

/** Writes out a log, ordered by id and path so that equal logs give equal files. Empty tables and notes are left out. */
export function exportLog(document: QuestDocument, details: ExportDetails): ExportedLog {
  const { setAside = [], ...about } = details
  const records: Partial<Record<TableName, readonly ExportedRecord[]>> = {}
  for (const table of TABLE_NAMES) {
    const exported = exportTable(document, table)
    if (exported.length > 0) records[table] = exported
  }
  const log: ExportedLog = { format: 'questlog-json', version: 1, ...about, records, notes: exportNotes(document.doc) }
  return setAside.length === 0 ? log : { ...log, setAside }
}

function exportTable(document: QuestDocument, table: TableName): ExportedRecord[] {
  return [...document.ids(table)].sort().flatMap((id) => {
    const record = document.record(table, id)
    return record === undefined ? [] : [{ id, fields: inPathOrder(record) }]
  })
}

function exportNotes(doc: Y.Doc): Record<string, string> {
  const notes: Record<string, string> = {}
  const names = [...doc.share.keys()].filter((name) => name.startsWith(NOTE_PREFIX)).sort()
  for (const name of names) {
    const text = doc.getText(name).toString()
    if (text !== '') notes[name.slice(NOTE_PREFIX.length)] = text
  }
  return notes
}

function inPathOrder(record: Readonly<Record<string, FieldValue>>): Record<string, FieldValue> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
}
