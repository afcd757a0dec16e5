import { expect, test } from 'vitest'
import { compareNames, foldText, isFoundIn, isSameName } from './fold-text.ts'

test.each([
  ['Creme', 'crème brûlée'],
  ['crème', 'Creme'],
  ['caf\u00e9', 'Cafe\u0301 Central'],
  ['Cafe\u0301', 'CAF\u00c9'],
  ['grosse', 'Große Wäsche'],
  ['GROSSE', 'große'],
  ['straße', 'STRASSE'],
  ['βορρας', 'Βορράς'],
  ['ΒΟΡΡΑΣ', 'βορράς'],
  ['βορρα', 'ΒΟΡΡΆΣ'],
  ['елка', 'Ёлка'],
  ['ёлка', 'елка'],
  ['invoice', 'INVOICE'],
  ['istanbul', 'İstanbul'],
  ['isparta', 'Isparta'],
  ['diyarbakir', 'Diyarbakır'],
  ['oeuvre', 'Œuvre'],
  ['file', 'ﬁle'],
  ['tm', 'Questlog™'],
  ['ガイド', 'ｶﾞｲﾄﾞ'],
  ['محمد', 'مُحَمَّد'],
])('“%s” finds “%s”', (typed, text) => {
  expect(isFoundIn(typed, text)).toBe(true)
})

test.each([
  ['ион', 'йон'],
  ['कम', 'किम'],
  ['かい', 'がい'],
])('“%s” is not “%s”: there a mark makes another letter', (typed, text) => {
  expect(isFoundIn(typed, text)).toBe(false)
})

test('a folded text stays as it is when it is folded again', () => {
  for (const text of ['Große Wäsche', 'İstanbul', 'Βορράς', 'Ёлка', 'ｶﾞｲﾄﾞ', '𝐇ello ℌ', 'ΟΔΟΣ ΑΣ', 'lone \ud800']) {
    const folded = foldText(text)
    expect(foldText(folded)).toBe(folded)
  }
})

test('names stand where a person looks for them', () => {
  const names = ['Zebra', 'Äpfel', 'Ähre', 'übung', 'Udo', 'Érik', 'eva', 'Ключ', 'Ёж', 'Ель']
  expect(names.toSorted(compareNames)).toEqual([
    'Ähre',
    'Äpfel',
    'Érik',
    'eva',
    'übung',
    'Udo',
    'Zebra',
    'Ёж',
    'Ель',
    'Ключ',
  ])
})

test('names that differ in case and encoding alone are one, those with other accents are not', () => {
  expect(isSameName('Caf\u00e9', 'CAFE\u0301')).toBe(true)
  expect(isSameName('Invoice', 'INVOICE')).toBe(true)
  expect(isSameName('ano', 'año')).toBe(false)
})

test('the letters of Western Europe fold alike alone and beside others', () => {
  const letters = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code))
  for (const first of letters) {
    for (const second of letters) {
      const text = first + second
      expect(foldText(`${text} я`)).toBe(`${foldText(text)} я`)
    }
  }
})
