import type { FieldValue, Patch } from '../kernel/record-write.ts'
import type { Checked } from './checked.ts'

/** A form of value that stands in one field: how it is read from a record and stored in it. */
export interface ValueType<Name extends string = string, Value = unknown> {
  readonly name: Name
  /** The value that is stored; undefined where what is stored is none. */
  read(stored: FieldValue): Value | undefined
  store(value: Value): FieldValue
}

/** One that a person gives: checked then, and cleaned where cleaning applies. */
export interface GivenType<Name extends string = string, Value = unknown> extends ValueType<Name, Value> {
  check(given: unknown): Checked<FieldValue>
}

/** A form of value whose elements are fields of their own, `<field>/<key>`: they merge one by one. */
export interface KeyedType<Name extends string = string, Value = unknown> {
  readonly name: Name
  readonly isKeyed: true
  readonly none: Value
  /** The elements of a record, by what follows `<field>/` in its paths. */
  readKeys(record: Patch, keys: readonly string[], field: string): Value
  storeKeys(field: string, value: Value): Patch
}

interface Common {
  /** Whether a record is a fragment without it, and not shown [R8]. */
  readonly isRequired?: true
}

/**
 * A value under the field's name. Where nothing readable is stored, it has its default, or the one that follows from the
 * record's id; without a default the record cannot be read at all.
 */
export interface PlainField extends Common {
  readonly type: ValueType
  readonly default?: unknown
}

export interface KeyedField extends Common {
  readonly type: KeyedType
}

export type Field = PlainField | KeyedField
/** The fields of one kind of record. */
export type FieldTable = { readonly [field: string]: Field }

/** What a form of value is read as. */
export type TypeValue<Type> = Type extends { readonly isKeyed: true; readonly none: infer Value }
  ? Value
  : Type extends ValueType<string, infer Value>
    ? Value
    : never

type DefaultOf<Each> = Each extends { readonly default: (id: string) => infer Value }
  ? Value
  : Each extends { readonly default: infer Value }
    ? Value
    : never

/** What the fields of a kind are read as. */
export type FieldValues<Table> = {
  readonly [Name in keyof Table]: Table[Name] extends { readonly type: infer Type }
    ? TypeValue<Type> | DefaultOf<Table[Name]>
    : never
}

/** The fields of a table that have something in common, by name. */
export type NamesOf<Table, Trait> = {
  [Name in keyof Table]: Table[Name] extends Trait ? Name : never
}[keyof Table] &
  string

/** `undefined` where a field of a table has no default, else nothing. */
export type UnreadableWithout<Table> = {
  [Name in keyof Table]: Table[Name] extends { readonly default: unknown } | KeyedField ? never : undefined
}[keyof Table]

/** The names of a table's fields, in its order. */
export function fieldNames<Table extends FieldTable>(table: Table): readonly (keyof Table & string)[] {
  return Object.keys(table)
}

/** The names of those fields of a table that say something of themselves, in its order. */
export function namesWith<Table extends FieldTable, Key extends string, const Value>(
  table: Table,
  key: Key,
  value: Value,
): readonly NamesOf<Table, { readonly [Each in Key]: Value }>[]
export function namesWith(table: FieldTable, key: string, value: unknown): readonly string[] {
  return Object.entries(table).flatMap(([name, field]) => (Reflect.get(field, key) === value ? [name] : []))
}

/** Whether a field's elements are fields of their own. */
export function isKeyed(field: Field): field is KeyedField {
  return 'isKeyed' in field.type
}

/** A field's value where nothing is stored. */
export function defaultOf(field: Field, id: string): unknown {
  if (isKeyed(field)) return field.type.none
  return typeof field.default === 'function' ? field.default(id) : field.default
}

/** Checks a value that a person gives a field; null where that means none. */
export function checkGiven(
  field: { readonly type: GivenType; readonly default?: unknown },
  given: unknown,
): Checked<FieldValue> {
  return given === null && field.default === null ? { ok: true, value: null } : field.type.check(given)
}

/** Those fields of a table that say something of themselves. */
export function fieldsWith<Table extends FieldTable, Key extends string, const Value>(
  table: Table,
  key: Key,
  values: readonly Value[],
): Pick<Table, NamesOf<Table, { readonly [Each in Key]: Value }>>
export function fieldsWith(table: FieldTable, key: string, values: readonly unknown[]): object {
  return Object.fromEntries(Object.entries(table).filter(([, field]) => values.includes(Reflect.get(field, key))))
}
