import type { FieldValue, RecordWrite, TableName } from '../kernel/record-write.ts'
import type { LogState } from './log-state.ts'

/** The write that clears every field of a record, those this version does not know included; none where it is not there. */
export function clearedRecord(state: Pick<LogState, 'fieldsOf'>, table: TableName, id: string): readonly RecordWrite[] {
  const fields = state.fieldsOf(table, id)
  if (fields === undefined) return []
  const patch: { [path: string]: FieldValue } = {}
  for (const path of Object.keys(fields)) patch[path] = null
  return [{ table, id, patch }]
}
