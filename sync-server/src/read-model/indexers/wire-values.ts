import { type FieldTable, type FieldValues, fieldNames, type TypeValue } from '@questlog/shared/domain/fields/field'
import type { AnyFieldType } from '@questlog/shared/domain/kinds/record-kinds'
import type { PlainName, readSchemas, WireValues } from '@questlog/shared/protocol/field-schemas'
import type { z } from 'zod'
import { instant } from './column-values.ts'

type ValueNamed<Name> = TypeValue<Extract<AnyFieldType, { readonly name: Name }>>
type ToWire = { readonly [Name in PlainName]: (value: ValueNamed<Name>) => z.infer<(typeof readSchemas)[Name]> }

/** How REST answers with a value of each form. */
const toWire: ToWire = {
  line: same,
  text: same,
  color: same,
  flag: same,
  count: same,
  instant,
  when: same,
  id: same,
  rank: same,
  ids: (members) => Array.from<string>(members).sort(),
  recurrence: (recurrence) => ({ ...recurrence, exdates: [...recurrence.exdates] }),
  reminders: elements,
  steps: (steps) => Array.from(steps, ([id, { text, done, rank }]) => ({ id, text, done, rank })),
  attachments: elements,
  source: same,
  workspacesLeft: (left) =>
    [...left]
      .sort(([a, atA], [b, atB]) => atA - atB || (a < b ? -1 : 1))
      .map(([workspaceId, at]) => ({ workspaceId, at: instant(at) })),
}

const byName = new Map<string, (value: never) => unknown>(Object.entries(toWire))

/** The fields of a record as REST answers with them. */
export function wireValues<Table extends FieldTable>(table: Table, record: FieldValues<Table>): WireValues<Table>
export function wireValues(table: FieldTable, record: object): object
export function wireValues(table: FieldTable, record: object): object {
  return Object.fromEntries(
    fieldNames(table).map((name) => {
      const value: unknown = Reflect.get(record, name)
      const convert: ((value: never) => unknown) | undefined = byName.get(table[name]?.type.name ?? '')
      return [name, value === null || convert === undefined ? value : Reflect.apply(convert, undefined, [value])]
    }),
  )
}

function same<Value>(value: Value): Value {
  return value
}

/** The elements of a map by id, each with its id. */
function elements<Element extends object>(map: ReadonlyMap<string, Element>): (Element & { readonly id: string })[] {
  const sorted = [...map].sort(([a], [b]) => (a < b ? -1 : 1))
  return sorted.map(([id, element]) => ({ ...element, id }))
}
