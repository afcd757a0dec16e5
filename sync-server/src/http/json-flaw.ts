/** What is wrong with a JSON text although a parser would take it, and where. */
export interface JsonFlaw {
  readonly path: string
  readonly message: string
}

interface Frame {
  /** The names an object has so far; null in a list. */
  readonly names: Set<string> | null
  at: string | number
}

const MAX_DEPTH = 32
// Assigned to an object they would change what it is, not what it holds.
const REFUSED_NAMES = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Finds what JSON.parse would pass over: names that are there twice, of which it silently keeps the last one; names
 * that reach for an object's prototype; text no database takes (NUL, half of a surrogate pair); and deep nesting.
 * Whether the text is JSON at all is the parser's to say.
 */
export function findJsonFlaw(text: string): JsonFlaw | undefined {
  const frames: Frame[] = []
  for (let index = 0; index < text.length; index += 1) {
    const top = frames.at(-1)
    switch (text[index]) {
      case '"': {
        const end = endOfString(text, index)
        const flaw = stringFlaw(text, index, end, frames)
        if (flaw !== undefined) return flaw
        index = end
        break
      }
      case '{':
      case '[':
        if (frames.length === MAX_DEPTH) return { path: '', message: `is nested deeper than ${MAX_DEPTH}` }
        frames.push(text[index] === '{' ? { names: new Set(), at: '' } : { names: null, at: 0 })
        break
      case '}':
      case ']':
        frames.pop()
        break
      case ',':
        if (typeof top?.at === 'number') top.at += 1
        break
    }
  }
  return undefined
}

function stringFlaw(text: string, start: number, end: number, frames: readonly Frame[]): JsonFlaw | undefined {
  const value = decode(text.slice(start, end + 1))
  if (value === undefined) return undefined
  const frame = frames.at(-1)
  const names = frame?.names ?? null
  if (frame !== undefined && names !== null && isName(text, end)) {
    frame.at = value
    if (names.has(value)) return { path: pathOf(frames), message: 'is there twice' }
    if (REFUSED_NAMES.has(value)) return { path: pathOf(frames), message: 'is not a name that can be used' }
    names.add(value)
  }
  if (!value.isWellFormed()) return { path: pathOf(frames), message: 'holds half of a surrogate pair' }
  return value.includes('\0') ? { path: pathOf(frames), message: 'holds the character U+0000' } : undefined
}

function decode(token: string): string | undefined {
  if (!token.includes('\\')) return token.slice(1, -1)
  try {
    return String(JSON.parse(token))
  } catch {
    // The parser of the whole says what is wrong.
    return undefined
  }
}

function isName(text: string, end: number): boolean {
  for (let index = end + 1; index < text.length; index += 1) {
    const character = text[index]
    if (character !== ' ' && character !== '\n' && character !== '\r' && character !== '\t') return character === ':'
  }
  return false
}

function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1)
  return end === -1 ? text.length : end
}

function isEscaped(text: string, index: number): boolean {
  let backslashes = 0
  while (text[index - 1 - backslashes] === '\\') backslashes += 1
  return backslashes % 2 === 1
}

function pathOf(frames: readonly Frame[]): string {
  return frames.map(({ at }) => at).join('.')
}
