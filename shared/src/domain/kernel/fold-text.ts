/** Marks that only accent a letter. Elsewhere they mean more: vowels in Indic scripts, another letter in Cyrillic. */
const ACCENTED = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Arabic}\p{Script=Hebrew}])\p{M}+/gu
/** Letters that are two, or another, without an accent to take off. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ё: 'е',
  ς: 'σ',
}
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu')

/**
 * A text as it is looked for and sorted by, the same on every device and on the server, whatever their language: without
 * letter case, accents and the ways to encode a letter. Folded texts compare by code unit.
 */
export function foldText(text: string): string {
  if (/^[ -~]*$/.test(text)) return text.toLowerCase()
  if (!/^[\0-\xff]*$/.test(text)) return withoutAccents(text)
  return text.toLowerCase().replace(/[\x80-\xff]/g, (letter) => latin1[letter.charCodeAt(0) - 0x80] ?? letter)
}

function withoutAccents(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFKD')
    .toLowerCase()
    .replace(ACCENTED, '$1')
    .normalize('NFC')
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
}

/** Those of Western Europe, each as it folds: a look is five times as fast, and such texts are many. */
const latin1 = Array.from({ length: 0x80 }, (_, index) => withoutAccents(String.fromCharCode(0x80 + index)))

/** Whether a person who types a text means another, or a part of it. */
export function isFoundIn(typed: string, text: string): boolean {
  return foldText(text).includes(foldText(typed))
}

/** Whether two names are one, whatever their letter case and encoding; with other accents they are two: ano and año. */
export function isSameName(a: string, b: string): boolean {
  return a.normalize('NFC').toLowerCase() === b.normalize('NFC').toLowerCase()
}

/** Orders names as people look for them. */
export function compareNames(a: string, b: string): number {
  const [foldedA, foldedB] = [foldText(a), foldText(b)]
  return foldedA === foldedB ? 0 : foldedA < foldedB ? -1 : 1
}
