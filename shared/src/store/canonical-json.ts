import type { FieldValue } from '../domain/kernel/record-write.ts'

/** JSON with object keys in UTF-16 order and no spaces: equal values give equal strings on every device. */
export function canonicalJson(value: FieldValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`)
  return `{${members.join(',')}}`
}

/** The total order that settles equal stamps: by canonical JSON, in UTF-16 code units. */
export function compareValues(a: FieldValue, b: FieldValue): number {
  if (Object.is(a, b)) return 0
  const left = canonicalJson(a)
  const right = canonicalJson(b)
  return left < right ? -1 : left > right ? 1 : 0
}

function isArray(value: FieldValue): value is readonly FieldValue[] {
  return Array.isArray(value)
}
