import { expect, test } from 'vitest'
import { english } from './english.ts'
import { german } from './german.ts'
import { writeLetter } from './letter.ts'
import { mailLocale } from './mail-locale.ts'

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['fr-FR, fr', 'en'],
  ['de', 'de'],
  ['DE-ch', 'de'],
  ['en-GB, de;q=0.9', 'en'],
  ['fr, de;q=0.8, en;q=0.5', 'de'],
  ['de;q=0, en;q=0.1', 'en'],
  ['de;q=nonsense', 'en'],
])('a reader who asks for %s is written to in %s', (header, locale) => {
  expect(mailLocale(header)).toBe(locale)
})

test('every letter has its own words in each language, and its link on a line of its own where it needs one', () => {
  const link = 'https://quests.example.org/page#token=x'
  const kinds = Object.keys(english).filter((kind) => kind !== 'footer') as Exclude<keyof typeof english, 'footer'>[]
  for (const kind of kinds) {
    expect(german[kind].subject).not.toBe(english[kind].subject)
    for (const locale of ['en', 'de'] as const) {
      const { text } = writeLetter(kind, { locale, link, home: 'https://quests.example.org' })
      expect(text.split('\n').includes(link), `${kind} ${locale}`).toBe(kind !== 'farewell')
      expect(text).toMatch(/\n-- \nQuestlog .+https:\/\/quests\.example\.org\n$/)
    }
  }
})
