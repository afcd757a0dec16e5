import type { FieldValue, RecordWrite, TableName } from '@questlog/shared/domain/kernel/record-write'
import type { RestoreCounts } from '@questlog/shared/protocol/restore'
import { compareValues } from '@questlog/shared/store/canonical-json'
import { type FoldedRecord, valueIn } from '@questlog/shared/store/fold'
import type { Draft } from '../read-model/workspace-store.ts'
import { type Past, pastRecord } from './past.ts'

/** What must be written so that a workspace, or part of it, is as it was. */
export interface RestorePlan {
  readonly writes: readonly RecordWrite[]
  /** The texts of notes by quest. */
  readonly notes: ReadonlyMap<string, string>
  readonly tables: Readonly<Record<string, RestoreCounts>>
}

type Workspace = Pick<Draft, 'record' | 'fields' | 'ids' | 'note'>

/** Gathers a plan record by record: only what is different now is written, and counted. */
export class PlanBuilder implements RestorePlan {
  readonly writes: RecordWrite[] = []
  readonly notes = new Map<string, string>()
  readonly tables: Record<string, RestoreCounts> = {}
  readonly #past: Past
  readonly #now: Workspace

  constructor(past: Past, now: Workspace) {
    this.#past = past
    this.#now = now
  }

  /** Puts a record that was there back with exactly the fields it had. */
  putBack(table: TableName, id: string): void {
    const was = pastRecord(this.#past, table, id)
    if (was === undefined) return
    // A record that is gone may have left fields behind, which would show again with the others.
    const patch = patchTo(was, this.#now.fields(table, id))
    this.write({ table, id, patch }, this.#now.record(table, id) === undefined ? 'returned' : 'changed')
  }

  /** Puts a note back to the text it had. */
  putNoteBack(questId: string): void {
    const was = (this.#past.notes.get(questId) ?? '').toWellFormed()
    if (this.#now.note(questId) === was) return
    this.notes.set(questId, was)
    if (this.#now.record('quests', questId) !== undefined) this.#count('notes', 'changed')
  }

  /** Clears a record that an earlier restore brought back, a quest with its notes. */
  clear(table: TableName, id: string): void {
    if (this.#now.record(table, id) === undefined) return
    this.write({ table, id, patch: patchTo({}, this.#now.fields(table, id)) }, 'removed')
    if (table === 'quests' && this.#now.note(id) !== '') this.notes.set(id, '')
  }

  /** Adds a write, unless it changes nothing. */
  write(write: RecordWrite, outcome: keyof RestoreCounts): void {
    if (Object.keys(write.patch).length === 0) return
    this.writes.push(write)
    this.#count(write.table, outcome)
  }

  #count(table: string, outcome: keyof RestoreCounts): void {
    const counts = this.tables[table] ?? { returned: 0, changed: 0, trashed: 0, removed: 0 }
    this.tables[table] = { ...counts, [outcome]: counts[outcome] + 1 }
  }
}

/** The patch that turns the fields of one record into those of another. */
function patchTo(wanted: FoldedRecord, fields: FoldedRecord): RecordWrite['patch'] {
  const patch: { [path: string]: FieldValue } = {}
  for (const path of Object.keys(wanted)) {
    const value = valueIn(wanted, path)
    if (compareValues(valueIn(fields, path), value) !== 0) patch[path] = value
  }
  for (const path of Object.keys(fields))
    if (valueIn(wanted, path) === null && valueIn(fields, path) !== null) patch[path] = null
  return patch
}
