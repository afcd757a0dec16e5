const SUSPECT = /\\u(?:0000|[dD][89a-fA-F])/

/**
 * A value as JSON that Postgres takes. It holds neither NUL nor lone surrogates; a device may have written either, and
 * no record may stop the rows of all others. They become U+FFFD.
 */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value)
  return SUSPECT.test(json) ? JSON.stringify(cleaned(value)) : json
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed().replaceAll('\0', '\u{fffd}')
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [cleaned(name), cleaned(member)]))
}
