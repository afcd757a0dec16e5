import type { Stamp } from './stamp.ts'

/**
 * How much older than its entry each field is, in the order of the patch: differences of stamps in base 36,
 * separated by commas; one that equals the former is left out, and what is missing at the end is zero. One text, because Yjs decodes a text of this length
 * faster than it does two numbers.
 */
export type Ages = string

/** Writes the stamps of fields as ages of an entry. */
export function agesOf(stamps: readonly Stamp[], entryStamp: Stamp): Ages {
  return stamps
    .map((stamp, index) => (index > 0 && stamp === stamps[index - 1] ? '' : (entryStamp - stamp).toString(36)))
    .join(',')
}

/** Reads ages back as stamps. */
export function stampsOf(ages: Ages, entryStamp: Stamp): Stamp[] {
  let stamp = entryStamp
  return ages.split(',').map((age) => {
    if (age !== '') stamp = entryStamp - Number.parseInt(age, 36)
    return stamp
  })
}

/** Whether a value is the ages of at most so many fields, none of them younger than the entry or before all time. */
export function isAges(value: unknown, fields: number, entryStamp: Stamp): value is Ages {
  if (typeof value !== 'string' || value === '' || value.startsWith(',')) return false
  let count = 1
  let age = 0
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index)
    if (code === COMMA) {
      count += 1
      age = 0
      continue
    }
    const digit = digitOf(code)
    if (digit < 0) return false
    age = age * 36 + digit
    if (age >= entryStamp) return false
  }
  return count <= fields
}

const COMMA = 0x2c

/** The value of a base-36 digit in lower case, or -1. */
function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  return code >= 0x61 && code <= 0x7a ? code - 0x57 : -1
}
