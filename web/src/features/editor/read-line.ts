/** A text of one line; null where nothing is left of it. */
export function readLine(text: string): string | null {
  return text.replace(/\s*\n\s*/g, ' ').trim() || null
}
