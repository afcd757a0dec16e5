/**
 * Checks of values that this app wrote itself: to this device, to another tab, or on the wire. They are needed before
 * the first paint, for which a schema library would be too much.
 */
export type Guard<Value> = (value: unknown) => value is Value
/** What a guard lets through. */
export type Guarded<Checked> = Checked extends Guard<infer Value> ? Value : never
type Shape = { readonly [key: string]: Guard<unknown> }

export const isString: Guard<string> = (value) => typeof value === 'string'
export const isBoolean: Guard<boolean> = (value) => typeof value === 'boolean'
/** A finite number. */
export const isNumber: Guard<number> = (value): value is number => Number.isFinite(value)
/** A whole number that is exact. */
export const isInteger: Guard<number> = (value): value is number => Number.isSafeInteger(value)
/** A whole number, zero or more. */
export const isCount: Guard<number> = (value): value is number => isInteger(value) && value >= 0
export const isAnything: Guard<unknown> = (_value): _value is unknown => true

/** One of the given strings. */
export function isOneOf<const Option extends string>(options: readonly Option[]): Guard<Option> {
  return (value): value is Option => options.some((option) => option === value)
}

export function isNullOr<Value>(guard: Guard<Value>): Guard<Value | null> {
  return (value): value is Value | null => value === null || guard(value)
}

/** For a field that may be missing. */
export function isMissingOr<Value>(guard: Guard<Value>): Guard<Value | undefined> {
  return (value): value is Value | undefined => value === undefined || guard(value)
}

export function isEither<First, Second>(first: Guard<First>, second: Guard<Second>): Guard<First | Second> {
  return (value): value is First | Second => first(value) || second(value)
}

export function isArrayOf<Value>(guard: Guard<Value>): Guard<Value[]> {
  return (value): value is Value[] => Array.isArray(value) && value.every(guard)
}

export function isPairOf<Value>(guard: Guard<Value>): Guard<[Value, Value]> {
  return (value): value is [Value, Value] => Array.isArray(value) && value.length === 2 && value.every(guard)
}

/** An object with any keys, whose values are all alike. */
export function isRecordOf<Value>(guard: Guard<Value>): Guard<{ [key: string]: Value }> {
  return (value): value is { [key: string]: Value } => isObject(value) && Object.values(value).every(guard)
}

/** An object whose fields pass their guards; further fields are passed over. */
export function isShape<Fields extends Shape>(fields: Fields): Guard<{ [Key in keyof Fields]: Guarded<Fields[Key]> }> {
  return (value): value is { [Key in keyof Fields]: Guarded<Fields[Key]> } =>
    isObject(value) && Object.entries(fields).every(([key, guard]) => guard(value[key]))
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
