const NOTE = /^note:[\w:.-]{1,128}$/
const TABLE = /^[a-z][A-Za-z0-9]{0,63}$/

/** What a root type of a document holds by its name: a note's text, or entries of a table, known or not. Null for neither. */
export function rootKind(name: string): 'note' | 'table' | null {
  if (NOTE.test(name)) return 'note'
  return TABLE.test(name) ? 'table' : null
}
