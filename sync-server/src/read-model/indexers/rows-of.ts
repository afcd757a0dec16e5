import type { FieldTable } from '@questlog/shared/domain/fields/field'
import { type FieldsOf, type ReadTable, readRecord, recordKinds } from '@questlog/shared/domain/kinds/record-kinds'
import type { WireValues } from '@questlog/shared/protocol/field-schemas'
import type { IndexedRow, Indexer } from './indexer.ts'
import { wireValues } from './wire-values.ts'

type Represented<Table extends ReadTable> = WireValues<FieldsOf<Table>>

/**
 * The indexer of a kind whose rows follow from its record alone: the representation from the table of its fields, and
 * the columns that lists filter and order by from that.
 */
export function rowsOf<Table extends ReadTable>(
  table: Table,
  columns: Indexer['columns'],
  row: (record: Represented<Table>) => Omit<IndexedRow, 'record'> & { readonly record?: object },
): Indexer {
  return {
    table,
    columns,
    row({ workspaceId, state }, id) {
      const fields = state.fieldsOf(table, id)
      const record = fields === undefined ? undefined : readRecord(table, id, fields)
      if (record === undefined) return null
      const represented = represent(table, record)
      const { record: own = represented, columns: values } = row(represented)
      return { record: { ...own, id, workspaceId }, columns: values }
    },
  }
}

function represent<Table extends ReadTable>(table: Table, record: object): Represented<Table>
function represent(table: ReadTable, record: object): object {
  const fields: FieldTable = recordKinds[table].fields
  return wireValues(fields, record)
}
