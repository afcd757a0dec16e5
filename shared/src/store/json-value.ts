import type { FieldValue } from '../domain/kernel/record-write.ts'

export const MAX_VALUE_DEPTH = 16

/** Thrown for a value handed to the store that is not JSON: a bug in the caller, never a person's mistake. */
export class NotJsonError extends TypeError {}

/**
 * The characters a JSON value takes, roughly; -1 if it is not JSON or nests deeper than `MAX_VALUE_DEPTH`.
 * Yjs carries more than JSON (undefined, bytes, bigints, NaN), which no field may hold.
 */
export function jsonSize(value: unknown, depth = 0): number {
  if (value === null) return 4
  switch (typeof value) {
    case 'boolean':
      return 5
    case 'number':
      return Number.isFinite(value) ? 8 : -1
    case 'string':
      return value.length + 2
    case 'object':
      return depth >= MAX_VALUE_DEPTH ? -1 : membersSize(value, depth + 1)
    default:
      return -1
  }
}

/** Whether a value is an object written as `{…}`: no array, no bytes, no class instance. */
export function isPlainObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

/**
 * A copy the caller cannot change afterwards. Lone surrogates become U+FFFD and the negative zero zero,
 * so that the writer holds the very value its peers read.
 */
export function copyJson(value: FieldValue): FieldValue {
  if (typeof value === 'string') return value.toWellFormed()
  // JSON has no negative zero.
  if (value === 0) return 0
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(copyJson)
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key.toWellFormed(), copyJson(member)]))
}

function membersSize(value: object, depth: number): number {
  if (Array.isArray(value)) return elementsSize(value, depth)
  if (!isPlainObject(value)) return -1
  let size = 2
  for (const key in value) {
    const memberSize = jsonSize(value[key], depth)
    // Yjs' own encoding would take such a key for the prototype.
    if (memberSize < 0 || key === '__proto__') return -1
    size += key.length + memberSize + 4
  }
  return size
}

function elementsSize(values: readonly unknown[], depth: number): number {
  let size = 2
  for (const value of values) {
    const elementSize = jsonSize(value, depth)
    if (elementSize < 0) return -1
    size += elementSize + 1
  }
  return size
}
