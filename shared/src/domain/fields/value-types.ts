import { isIdShaped, type RecordId, storedId } from '../kernel/ids.ts'
import type { TableName } from '../kernel/record-write.ts'
import { isRank } from '../order/rank.ts'
import { parseWhen, type When } from '../time/when.ts'
import { isKnownZone } from '../time/zone.ts'
import { type Checked, invalid } from './checked.ts'
import type { GivenType, KeyedType, ValueType } from './field.ts'

/** One line of text that a person gives. */
export function line(maxLength: number): GivenType<'line', string> {
  return { name: 'line', read: readText, store: same, check: (given) => checkLine(given, maxLength) }
}

/** A text that the app writes. */
export const text: ValueType<'text', string> = { name: 'text', read: readText, store: same }

/** A colour, `#rrggbb` in lower case. */
export const color: GivenType<'color', string> = {
  name: 'color',
  read: readText,
  store: same,
  check: (given) =>
    typeof given === 'string' && /^#[0-9a-f]{6}$/i.test(given)
      ? { ok: true, value: given.toLowerCase() }
      : invalid('malformed'),
}

export interface OptionType<Option extends string | number> extends GivenType<'option', Option> {
  readonly options: readonly Option[]
}

/** One of a few. */
export function option<const Option extends string | number>(options: readonly Option[]): OptionType<Option> {
  const find = (value: unknown) => options.find((each) => each === value)
  return {
    name: 'option',
    options,
    read: find,
    store: same,
    check(given) {
      const found = find(given)
      return found === undefined ? invalid('not-an-option') : { ok: true, value: found }
    },
  }
}

/** Yes or no; whatever is not yes is no. */
export const flag: ValueType<'flag', boolean> = { name: 'flag', read: (stored) => stored === true, store: same }

/** A whole number from the least on; `most` binds only what is given. */
export function count({ least, most }: { readonly least: number; readonly most: number }): GivenType<'count', number> {
  return {
    name: 'count',
    read: (stored) =>
      typeof stored === 'number' && Number.isSafeInteger(stored) && stored >= least ? stored : undefined,
    store: same,
    check(given) {
      if (typeof given !== 'number' || !Number.isInteger(given)) return invalid('not-an-integer')
      return given >= least && given <= most ? { ok: true, value: given } : invalid('out-of-range')
    },
  }
}

// The first and the last moment whose date is one of the years 1 to 9999 in every time zone.
const FIRST_MS = Date.parse('0001-01-02T00:00:00.000Z')
const LAST_MS = Date.parse('9999-12-30T23:59:59.999Z')

/**
 * A moment in milliseconds since the epoch. One that no calendar has is read as the nearest one that every screen and
 * every table can show: its writer meant that something happened.
 */
export const instant: ValueType<'instant', number> = {
  name: 'instant',
  read: (stored) =>
    typeof stored === 'number' && !Number.isNaN(stored) ? Math.min(Math.max(stored, FIRST_MS), LAST_MS) : undefined,
  store: same,
}

/** A date or a time. A zone need not be known to this runtime, unless a person gives it. */
export const when: GivenType<'when', When> = {
  name: 'when',
  read: (stored) => parseWhen(stored) ?? undefined,
  store: (value) => ({ ...value }),
  check: checkWhen,
}

/** What an id names. */
export type IdOf = TableName | 'accounts'

export interface IdType<Id extends RecordId> extends GivenType<'id', Id> {
  readonly of: IdOf
}

/** The id of a record, which may be gone, or of an account. */
export function id<Id extends RecordId>(of: IdOf): IdType<Id> {
  return {
    name: 'id',
    of,
    read: (stored) => (typeof stored === 'string' && stored !== '' ? storedId<Id>(stored) : undefined),
    store: same,
    check: (given) =>
      typeof given === 'string' && isIdShaped(given) ? { ok: true, value: given } : invalid('malformed'),
  }
}

/** A fractional index. */
export const rank: ValueType<'rank', string> = {
  name: 'rank',
  read: (stored) => (typeof stored === 'string' && isRank(stored) ? stored : undefined),
  store: same,
}

export interface IdsType<Id extends RecordId> extends KeyedType<'ids', ReadonlySet<Id>> {
  readonly of: IdOf
}

/** A set of ids, each kept as `<field>/<id>: true`. */
export function ids<Id extends RecordId>(of: IdOf): IdsType<Id> {
  const none: ReadonlySet<Id> = new Set<Id>()
  return {
    name: 'ids',
    of,
    isKeyed: true,
    none,
    readKeys(record, keys, field) {
      const members = new Set<Id>()
      for (const key of keys) if (record[`${field}/${key}`] === true) members.add(storedId<Id>(key))
      return members.size === 0 ? none : members
    },
    storeKeys: (field, members) => Object.fromEntries(Array.from(members, (each) => [`${field}/${each}`, true])),
  }
}

/** Values by id, each kept under `<field>/<id>`. */
export function mapOf<Name extends string, Id extends string, Value>(
  name: Name,
  element: Pick<ValueType<string, Value>, 'read' | 'store'> & { readonly keyOf: (key: string) => Id },
): KeyedType<Name, ReadonlyMap<Id, Value>> {
  const none: ReadonlyMap<Id, Value> = new Map<Id, Value>()
  return {
    name,
    isKeyed: true,
    none,
    readKeys(record, keys, field) {
      const elements = new Map<Id, Value>()
      for (const key of keys) {
        const value = element.read(record[`${field}/${key}`] ?? null)
        if (value !== undefined) elements.set(element.keyOf(key), value)
      }
      return elements.size === 0 ? none : elements
    },
    storeKeys: (field, elements) =>
      Object.fromEntries(Array.from(elements, ([key, value]) => [`${field}/${key}`, element.store(value)])),
  }
}

/**
 * One line of text: trimmed, 1 to `maxLength` characters, no control characters, well-formed (a lone surrogate would
 * reach other devices as another string).
 */
export function checkLine(value: unknown, maxLength: number): Checked<string> {
  if (typeof value !== 'string' || !value.isWellFormed()) return invalid('malformed')
  const trimmed = value.trim()
  if (trimmed === '') return invalid('empty')
  if (/\p{Cc}/u.test(trimmed)) return invalid('control-characters')
  if (trimmed.length > maxLength && [...trimmed].length > maxLength) return invalid('too-long')
  return { ok: true, value: trimmed }
}

/** A date or time that exists, in a zone that is known here. */
export function checkWhen(value: unknown): Checked<{ readonly [key: string]: string }> {
  const read = parseWhen(value)
  if (read === null) return invalid('not-a-date')
  return 'tz' in read && !isKnownZone(read.tz) ? invalid('unknown-zone') : { ok: true, value: { ...read } }
}

function readText(stored: unknown): string | undefined {
  return typeof stored === 'string' ? stored : undefined
}

function same<Value>(value: Value): Value {
  return value
}
