import { expect, test } from 'vitest'
import { searchWords } from './search-words.ts'

test.each([
  ['Café Zürich, ÉTÉ!', ['cafe', 'zurich', 'ete']],
  ['Straße ŒUVRE smørrebrød Łódź', ['strasse', 'oeuvre', 'smorrebrod', 'lodz']],
  ['release/v1.2 foo@bar.com it’s', ['release', 'v1', '2', 'foo', 'bar', 'com', 'it', 's']],
  ['ёлка и йод', ['елка', 'и', 'йод']],
  ['Αθήνα ΟΔΟΣ', ['αθηνα', 'οδοσ']],
  ['हिन्दी', ['हिन्दी']],
  ['مُحَمَّد', ['محمد']],
  ['한국어 문서', ['한국어', '문서']],
])('the words of %s are without case and accents, but with what other marks mean', (text, words) => {
  expect(searchWords(text)).toEqual(words)
})

test.each([
  ['会議室', ['会議', '議室', '室']],
  ['第3章abc', ['第', '3', '章', 'abc']],
  ['ｶﾞｲﾄﾞ', ['ガイ', 'イド', 'ド']],
  ['ภาษา', expect.arrayContaining(['ภา'])],
])('where nothing separates words, every two characters of %s are one', (text, words) => {
  expect(searchWords(text)).toEqual(words)
})

test('there are no words in signs alone', () => {
  expect(searchWords(' —!? 🎉 \u{0}')).toEqual([])
})
