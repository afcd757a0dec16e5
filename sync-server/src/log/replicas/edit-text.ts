import type * as Y from 'yjs'

/** Makes a text the one wanted by one deletion and one insertion: what both begin and end with stays as it is. */
export function editText(text: Y.Text, wanted: string): void {
  const current = text.toString()
  const shorter = Math.min(current.length, wanted.length)
  let start = 0
  while (start < shorter && current[start] === wanted[start]) start += 1
  // A surrogate pair is edited whole: half of one is no text.
  if (isHighSurrogate(current.charCodeAt(start - 1))) start -= 1
  let end = 0
  while (end < shorter - start && current[current.length - 1 - end] === wanted[wanted.length - 1 - end]) end += 1
  if (isLowSurrogate(current.charCodeAt(current.length - end))) end -= 1
  const removed = current.length - end - start
  if (removed > 0) text.delete(start, removed)
  const inserted = wanted.slice(start, wanted.length - end)
  if (inserted !== '') text.insert(start, inserted)
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000
}
