import type { Patch } from '../kernel/record-write.ts'
import {
  defaultOf,
  type FieldTable,
  type FieldValues,
  isKeyed,
  type KeyedType,
  type UnreadableWithout,
  type ValueType,
} from './field.ts'

/** What reads records of one kind: undefined where a field is missing that has no default. */
export type RecordReader<Id, Table, Derived = unknown> = (
  id: Id,
  record: Patch,
) => ({ readonly id: Id } & FieldValues<Table> & Derived) | UnreadableWithout<Table>

/**
 * Makes the reader of a kind. Whatever is missing or unreadable, alone, takes its default; `derived` is what the record
 * does not hold. A read costs what is stored, not what could be: the defaults are copied as one object, and a field that
 * a record does not have is not looked at.
 */
export function recordReader<Id extends string, Table extends FieldTable, Derived extends object = object>(
  table: Table,
  derived?: Derived,
): RecordReader<Id, Table, Derived>
export function recordReader(table: FieldTable, derived?: object): (id: string, record: Patch) => object | undefined {
  const plain = new Map<string, ValueType>()
  const keyed: [name: string, type: KeyedType][] = []
  const byId: [name: string, defaultOf: (id: string) => unknown][] = []
  const needed: string[] = []
  const defaults: [name: string, value: unknown][] = [['id', '']]
  for (const [name, field] of Object.entries(table)) {
    const followsId = !isKeyed(field) && typeof field.default === 'function'
    defaults.push([name, followsId ? undefined : defaultOf(field, '')])
    if (followsId) byId.push([name, (id) => defaultOf(field, id)])
    if (isKeyed(field)) keyed.push([name, field.type])
    else plain.set(name, field.type)
    if (!isKeyed(field) && !('default' in field)) needed.push(name)
  }
  // `Object.fromEntries` makes one that is quick to copy.
  const empty: { [name: string]: unknown } = Object.fromEntries([...defaults, ...Object.entries(derived ?? {})])

  return (id, record) => {
    const values = { ...empty }
    values.id = id
    let keys: Map<string, string[]> | null = null
    for (const path in record) {
      const stored = record[path]
      const type = plain.get(path)
      if (type !== undefined) {
        const value = stored === undefined ? undefined : type.read(stored)
        if (value !== undefined) values[path] = value
      } else if (keyed.length > 0) {
        const end = path.indexOf('/')
        if (end < 0) continue
        keys ??= new Map()
        const field = path.slice(0, end)
        const known = keys.get(field)
        if (known === undefined) keys.set(field, [path.slice(end + 1)])
        else known.push(path.slice(end + 1))
      }
    }
    for (const [name, own] of byId) if (values[name] === undefined) values[name] = own(id)
    if (keys !== null) {
      for (const [name, type] of keyed) {
        const found = keys.get(name)
        if (found !== undefined) values[name] = type.readKeys(record, found, name)
      }
    }
    for (const name of needed) if (values[name] === undefined) return undefined
    return values
  }
}

/**
 * The fields of a record so that its reader gives them back: what it must have, and what differs from the defaults.
 */
export function patchOf<Table extends FieldTable>(
  table: Table,
  record: { readonly id: string } & FieldValues<Table>,
): Patch
export function patchOf(table: FieldTable, record: { readonly id: string }): Patch {
  const patches = Object.entries(table).map(([name, field]): Patch => {
    const value: unknown = Reflect.get(record, name)
    if (isKeyed(field)) return field.type.storeKeys(name, value)
    return field.isRequired === true || value !== defaultOf(field, record.id) ? { [name]: field.type.store(value) } : {}
  })
  return Object.assign({}, ...patches)
}

/** A record's field by itself, as its kind's reader reads it. */
export function readField<Value, const Default>(
  field: { readonly type: ValueType<string, Value>; readonly default: Default },
  record: Patch,
  name: string,
): Value | Default {
  const stored = record[name]
  const value = stored === undefined ? undefined : field.type.read(stored)
  return value === undefined ? field.default : value
}
