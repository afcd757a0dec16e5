import { foldText } from '@questlog/shared/domain/kernel/fold-text'

const WORD = /[\p{L}\p{N}\p{M}]+/gu
/** Scripts written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
/** One of their characters with its marks, or a stretch of anything else. */
const UNSPACED_CHARACTER = new RegExp(`(${UNSPACED.source})[\\p{M}ー]*|[^${UNSPACED.source.slice(1)}+`, 'gu')

/**
 * The words of a text as they are searched by: folded, in the order of the text. In scripts that
 * put no spaces between words, every two neighbouring characters are a word, and so is the last one.
 */
export function searchWords(text: string): readonly string[] {
  const words: string[] = []
  for (const [word] of foldText(text).matchAll(WORD)) {
    if (UNSPACED.test(word)) words.push(...pairs(word))
    else words.push(word)
  }
  return words
}

function pairs(word: string): readonly string[] {
  const found: string[] = []
  let last: string | null = null
  for (const [part, unspaced] of word.matchAll(UNSPACED_CHARACTER)) {
    if (last !== null) found.push(unspaced === undefined ? last : last + part)
    if (unspaced === undefined) found.push(part)
    last = unspaced === undefined ? null : part
  }
  if (last !== null) found.push(last)
  return found
}
